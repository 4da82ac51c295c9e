"""Jump mode: a letter over every pane, one key press to be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Label


class JumpOverlay(ModalScreen[str | None]):
    """Shows one letter at each place and gives the chosen one; any other key gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]
    DEFAULT_CSS = """
    JumpOverlay {
        background: $background 40%;
        & > .jump-key { width: 3; height: 1; background: $accent; color: $text; text-style: bold; text-align: center; }
    }
    """

    def __init__(self, places: Mapping[str, Offset]) -> None:
        super().__init__()
        self._places = {key: place for key, place in places.items() if len(key) == 1}

    def compose(self) -> ComposeResult:
        """A label at each place."""
        for key, place in self._places.items():
            label = Label(key, classes="jump-key", markup=False)
            label.styles.position = "absolute"
            label.styles.offset = place
            yield label

    def on_key(self, event: events.Key) -> None:
        """The key that was pressed is the answer."""
        event.stop()
        event.prevent_default()
        self.dismiss(event.key if event.key in self._places else None)

    def action_leave(self) -> None:
        """Close without jumping."""
        self.dismiss(None)
