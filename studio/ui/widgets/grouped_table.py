"""A long table with headings between its rows, which the cursor steps over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.style import Style
from textual import events
from textual.message import Message

from studio.ui.widgets.long_table import LongTable, RowMaker
from studio.ui.widgets.run_line import Run


class GroupedTable(LongTable):
    """`use_groups` is told which rows are headings; the cursor never rests on one. The look `struck` is there.

    Posts `Chosen` when the row under the cursor is clicked. It takes no focus: a filter beside it keeps the keys.
    """

    class Chosen(Message):
        """The row under the cursor was clicked once more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.can_focus = False
        self._heads: Callable[[int], bool] = lambda number: False

    def use_groups(
        self,
        heading: Callable[[int], Sequence[Run]],
        row: RowMaker,
        count: int,
        heads: Callable[[int], bool],
        at: int = 0,
        empty: str = "",
    ) -> None:
        """Another table with the cursor on row `at`, or the next one that is no heading."""
        self._heads = heads
        self.use(heading, row, count, empty)
        self.cursor = self._beyond(at, 1)
        self._centre()
        self.post_message(self.Moved(self.cursor))

    def on_resize(self) -> None:
        """The cursor stays in view."""
        if not self.top <= self.cursor < self.top + self.page or self.cursor <= self.top:
            self._centre()

    def action_move(self, by: int) -> None:
        """The row above or below, over headings; past an end the end itself."""
        self._go(self._beyond(self.cursor + by, 1 if by > 0 else -1))

    def action_page(self, by: int) -> None:
        """A screenful further."""
        self.action_move(by * max(1, self.page - 1))

    def look(self, name: str) -> Style:
        """The looks there are, and words that are struck out."""
        if name == "struck":
            return super().look("muted") + Style(strike=True)
        return super().look("cursor" if name == "cursor-blurred" else name)

    def on_click(self, event: events.Click) -> None:
        """A click goes to a row; on the row it is at, it chooses."""
        offset, before = event.get_content_offset(self), self.cursor
        super().on_click(event)
        if offset is not None and offset.y > 0 and self.top + offset.y - 1 == before:
            self.post_message(self.Chosen())

    def _centre(self) -> None:
        self._show_from(self.cursor - self.page // 2)

    def _beyond(self, number: int, step: int) -> int:
        """The nearest row from `number` on in this direction that can be chosen, else in the other one."""
        number = max(0, min(number, self.count - 1))
        for way in (step, -step):
            at = number
            while 0 <= at < self.count:
                if not self._heads(at):
                    return at
                at += way
        return number

    def _go(self, number: int) -> None:
        if not self._heads(number):
            super()._go(number)
            if number == 1 and self._heads(0):
                self._show_from(0)
