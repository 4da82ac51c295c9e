"""The exact request of a picture, to look at and to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from studio.domain import money
from studio.domain.job import Job
from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words
from studio.workflows.export_request import Form, written

NAMES = {Form.JSON: "JSON", Form.CURL: "curl", Form.PYTHON: "Python"}
FORMS = tuple(NAMES)


class RequestScreen(Dialog[None]):
    """What one Job sends, in three forms. `copy` puts a text on the clipboard and says so in the given words."""

    title_text = "The exact request"
    hint = "← → another form · y copies it · ↑ ↓ scroll · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,tab", "turn(1)", "Next form", id="request.next", priority=True),
        Binding("left,shift+tab", "turn(-1)", "Form before", id="request.previous", priority=True),
        Binding("y,c", "copy", "Copy", id="request.copy"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    RequestScreen {
        & > .dialog-panel { width: 100; height: 90%; }
        #request-forms { height: 1; margin-bottom: 1; }
        VerticalScroll { height: 1fr; }
        #request-text { height: auto; width: 100%; }
    }
    """

    def __init__(self, job: Job, copy: Callable[[str, str], None]) -> None:
        super().__init__()
        self._job = job
        self._copy = copy
        self._form = Form.JSON

    def body(self) -> Iterable[Widget]:
        """Whose request it is, the forms, the text."""
        request = self._job.request
        priced = f"{plain(self._job.pose)} · {plain(request.endpoint)} · {money.shown(self._job.estimate)}"
        yield words(priced, muted=True)
        yield Static(id="request-forms")
        with VerticalScroll(can_focus=True):
            yield Static("", markup=False, id="request-text")

    def on_mount(self) -> None:
        """JSON first; the arrows scroll."""
        self.query_one(VerticalScroll).focus()
        self._show()

    def action_turn(self, by: int) -> None:
        """Another form, round and round."""
        self._form = FORMS[(FORMS.index(self._form) + by) % len(FORMS)]
        self._show()

    def action_copy(self) -> None:
        """The shown form, whole, onto the clipboard."""
        self._copy(
            written(self._job.request, self._form), f"Copied the request as {NAMES[self._form]}, without the key"
        )

    def _show(self) -> None:
        line = Text("  ").join(
            Text(f" {name} ", style="reverse bold" if form is self._form else "") for form, name in NAMES.items()
        )
        self.query_one("#request-forms", Static).update(line)
        self.query_one("#request-text", Static).update(
            Text(plain(written(self._job.request, self._form), lines=True, limit=100_000))
        )
        self.query_one(VerticalScroll).scroll_home(animate=False)
