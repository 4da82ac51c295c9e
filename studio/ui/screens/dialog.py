"""The frame every modal screen shares: a titled panel in the middle, a line of keys below, escape to leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None], Generic[Result]):
    """A modal panel. Subclasses yield their widgets from `body`; escape gives None.

    On a terminal too small for the panel it takes the whole screen and scrolls.
    """

    title_text: ClassVar[str] = ""
    hint: ClassVar[str] = "esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close", id="dialog.leave")]

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > .dialog-panel {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            border: round $primary;
            border-title-color: $primary;
            border-title-style: bold;
            padding: 1 2;
        }
        .dialog-text { height: auto; width: 100%; }
        .dialog-muted { color: $text-muted; height: auto; width: 100%; }
        .dialog-hint { color: $text-muted; height: auto; width: 100%; margin-top: 1; }
    }
    """

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog-panel") as panel:
            panel.border_title = self.title_text
            yield from self.body()
            yield Static(self.hint, classes="dialog-hint", markup=False)

    def body(self) -> Iterable[Widget]:
        """The widgets between title and keys."""
        return ()

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def words(text: str, *, muted: bool = False, name: str | None = None) -> Static:
    """Text that is shown as it is: no markup is read in it."""
    return Static(text, classes="dialog-muted" if muted else "dialog-text", markup=False, id=name)
