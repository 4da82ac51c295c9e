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
        self._guide = ""

    def use(self, more: int, changed: int, guide: str = "") -> None:
        """Other counts: settings that have no field of their own in the pane, and how many of all are changed. `guide`
        says by what picture the pose is told, if any.
        """
        if (more, changed, guide) != (*self._counts, self._guide):
            self._counts, self._guide = (more, changed), guide
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """Both counts and the key."""
        more, changed = self._counts
        look = "accent" if self.has_focus else "muted"
        noun = "setting" if more == 1 else "settings"
        words = f"{more} more …" if self._guide else f"{more} more {noun} …"
        left = [Run(words if more else "All settings …", look)]
        if self._guide:
            left.append(Run(f"  {self._guide}", "good"))
        right = [Run(f"{changed} changed " if changed else "", "accent"), Run("e", "key"), Run(" all", "muted")]
        return [justified(left, right, width)]

    def on_click(self, event: events.Click) -> None:
        """Open the whole form."""
        event.stop()
        self.call_later(self.run_action, "screen.open('form-all')")
