"""A table of any length, painted line by line: ten thousand rows cost no more than those in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from studio.ui.widgets.run_line import Run, RunLine

RowMaker = Callable[[int, int], Sequence[Run]]
"""Gives the row of a number, in so many cells."""


class LongTable(RunLine, can_focus=True):
    """A heading that stays, and rows that are made when they are seen. Posts `Moved` when the cursor is elsewhere."""

    DEFAULT_CSS = "LongTable { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="table.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="table.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="table.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="table.page-down"),
        Binding("home,g", "move(-1000000000)", "First", show=False, id="table.first"),
        Binding("end,G", "move(1000000000)", "Last", show=False, id="table.last"),
    ]

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._heading: Callable[[int], Sequence[Run]] = lambda width: ()
        self._row: RowMaker = lambda number, width: ()
        self._empty = ""
        self.count = 0
        """How many rows there are."""
        self.cursor = 0
        """Number of the row under the cursor, from 0."""
        self.top = 0
        """Number of the first row in view."""

    def use(self, heading: Callable[[int], Sequence[Run]], row: RowMaker, count: int, empty: str = "") -> None:
        """Another table; the cursor goes to its first row. `empty` stands there when it has no rows."""
        self._heading, self._row, self.count, self._empty = heading, row, count, empty
        self.cursor = self.top = 0
        self.refresh()
        self.post_message(self.Moved(0))

    @property
    def page(self) -> int:
        """Rows in view."""
        return max(1, self.size.height - 1)

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._into_view()

    def render_line(self, y: int) -> Strip:
        """The heading, then the rows that are scrolled to, with a scroll bar at the right."""
        width = self.size.width - 1
        if y == 0:
            return self.painted(self._heading(width), width + 1)
        number = self.top + y - 1
        if not self.count:
            return self.painted([Run(self._empty if y == 1 else "", "muted")], width + 1)
        line = self._painted_row(number, width) if number < self.count else self.painted([], width)
        return Strip.join([line, self.painted([Run("▐" if self._on_bar(y - 1) else " ", "bar")], 1)])

    def action_move(self, by: int) -> None:
        """The row above or below; past an end the end itself."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """A screenful further."""
        self._go(self.cursor + by * self.page)

    def on_click(self, event: events.Click) -> None:
        """A click goes to a row."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y > 0 and self.top + offset.y - 1 < self.count:
            event.stop()
            self._go(self.top + offset.y - 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls; the cursor stays where it is."""
        event.stop()
        self._show_from(self.top + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls; the cursor stays where it is."""
        event.stop()
        self._show_from(self.top - 3)

    def _go(self, number: int) -> None:
        number = max(0, min(number, self.count - 1))
        if self.count and number != self.cursor:
            self.cursor = number
            self._into_view()
            self.refresh()
            self.post_message(self.Moved(number))

    def _into_view(self) -> None:
        self._show_from(min(self.cursor, max(self.top, self.cursor - self.page + 1)))

    def _show_from(self, top: int) -> None:
        top = max(0, min(top, self.count - self.page))
        if top != self.top:
            self.top = top
            self.refresh()

    def _on_bar(self, y: int) -> bool:
        """Whether the handle of the scroll bar lies at a row; there is none while everything is in view."""
        page, count = self.page, self.count
        if count <= page:
            return False
        length = max(1, page * page // count)
        start = self.top * (page - length) // (count - page)
        return start <= y < start + length

    def _painted_row(self, number: int, width: int) -> Strip:
        over: Style | None = None
        if number == self.cursor:
            over = self.look("cursor" if self.has_focus else "cursor-blurred")
        return self.painted(self._row(number, width), width, over)
