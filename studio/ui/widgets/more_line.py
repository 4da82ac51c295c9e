"""The row that opens the whole form: how many settings there are besides, and how many are changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from studio.ui.widgets.run_line import Run, RunLine, justified


class MoreLine(RunLine, can_focus=True):
    """`7 more settings …   2 changed`. Enter or a click opens them."""

    DEFAULT_CSS = """
    MoreLine { height: 1; width: 1fr; }
    MoreLine:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,l", "screen.open('form-all')", "Open", show=False, id="form.open"),
    ]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._counts = (0, 0)

    def use(self, more: int, changed: int) -> None:
        """Other counts: settings that have no field of their own in the pane, and how many of all are changed."""
        if (more, changed) != self._counts:
            self._counts = (more, changed)
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """Both counts and the key."""
        more, changed = self._counts
        look = "accent" if self.has_focus else "muted"
        noun = "setting" if more == 1 else "settings"
        left = [Run(f"{more} more {noun} …" if more else "All settings …", look)]
        right = [Run(f"{changed} changed " if changed else "", "accent"), Run("e", "key"), Run(" all", "muted")]
        return [justified(left, right, width)]

    def on_click(self, event: events.Click) -> None:
        """Open the whole form."""
        event.stop()
        self.call_later(self.run_action, "screen.open('form-all')")
