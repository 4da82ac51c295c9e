"""Writing a setting that is a text or a list of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static, TextArea

from studio.domain.errors import UsageError
from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.run_line import escaped


class SettingTextScreen(Dialog[str]):
    """Gives the text once `keep` took it; what that raises is said, and the text stays open."""

    hint = "ctrl+s keeps it · esc leaves it as it was"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", "Keep", priority=True, id="text.keep")]
    DEFAULT_CSS: ClassVar[str] = """
    SettingTextScreen {
        TextArea { height: 7; margin-top: 1; }
        #text-trouble { color: $text-error; height: auto; }
    }
    """

    def __init__(self, title: str, about: str, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._heading = title
        self._about = about
        self._text = text
        self._keep = keep

    def body(self) -> Iterable[Widget]:
        """What it does, the text, what is wrong with it."""
        yield words(plain(self._about, lines=True), muted=True)
        yield TextArea(self._text, soft_wrap=True, id="text-area")
        yield words("", name="text-trouble")

    def on_mount(self) -> None:
        """Ready for typing, at the end."""
        self.query_one(".dialog-panel").border_title = escaped(self._heading)
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def action_keep(self) -> None:
        """Close when the text is taken."""
        text = self.query_one(TextArea).text.strip()
        try:
            self._keep(text)
        except UsageError as error:
            said = plain(f"{error.happened} {error.remedy}".strip())
            self.query_one("#text-trouble", Static).update(said)
            return
        self.dismiss(text)
