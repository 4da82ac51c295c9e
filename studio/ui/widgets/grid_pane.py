"""A grid of takes of any length: only the cells in view exist, and takes flow through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget

from studio.domain.take import Take
from studio.ui.pictures.backend import Room
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.source import PictureSource
from studio.ui.state.grid_list import GridList
from studio.ui.widgets.grid_cell import GridCell
from studio.ui.widgets.take_badges import ROWS, Circumstances

WIDTHS = (10, 13, 17, 22, 29, 38, 52, 72)
"""Cells across a picture, from the smallest size to the largest."""
LARGEST, FEWEST = 4, 12
"""Where the room decides: the largest of `WIDTHS`, and how many takes should be seen at least, in two rows or more."""
GAP = 1


REST = 0.25
"""Seconds the view stands still before the next screenful is prepared: who scrolls on needs the processor."""
NOTHING = Circumstances()
SAMPLE = 24
"""Takes whose shape decides the shape of the cells."""


def shape_of(takes: Iterable[Take]) -> float:
    """Height over width that suits most of the first takes, between a wide picture and a tall one."""
    shapes = sorted(take.height / max(1, take.width) for take in islice(takes, SAMPLE))
    return max(0.5, min(shapes[len(shapes) // 2], 1.6)) if shapes else 1.0


def measures(room: Size, wanted: int, shape: float) -> tuple[int, int, int, int]:
    """Columns and rows of cells about as wide as `wanted`, and how wide and tall each is then."""
    columns = max(1, (room.width + GAP) // (min(wanted, room.width) + GAP))
    across = (room.width + GAP) // columns - GAP
    tall = min(max(3, round(across * shape / 2)) + ROWS, room.height)
    return columns, max(1, room.height // tall), across, tall


class GridPane(Widget, can_focus=True):
    """Shows a `GridList` and moves about in it. Whoever changes the list calls `renew`."""

    DEFAULT_CSS = """
    GridPane { width: 1fr; height: 1fr; layout: grid; grid-gutter: 0 1; padding: 0 1; overflow: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "Left", show=False, id="grid.left"),
        Binding("right,l", "move(1)", "Right", show=False, id="grid.right"),
        Binding("up,k", "rows(-1)", "Up", show=False, id="grid.up"),
        Binding("down,j", "rows(1)", "Down", show=False, id="grid.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="grid.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="grid.page-down"),
        Binding("home,g", "first", "First", show=False, id="grid.first"),
        Binding("end,G", "last", "Last", show=False, id="grid.last"),
        Binding("plus,equals_sign", "resize(1)", "Larger", show=False, key_display="+", id="grid.larger"),
        Binding("minus", "resize(-1)", "Smaller", show=False, key_display="-", id="grid.smaller"),
    ]

    def __init__(
        self,
        takes: GridList,
        darkroom: Darkroom,
        source: Callable[[Take], PictureSource],
        about: Callable[[Take], Circumstances],
        moved: Callable[[], None],
        opens: str = "screen.open('loupe')",
        **options: Any,
    ) -> None:
        """`moved` is called when the cursor is elsewhere or other takes are in view, before the frame that shows it;
        `opens` is the action of a double click.
        """
        super().__init__(**options)
        self.opens = opens
        self.on_moved = moved
        self.takes = takes
        self.step: int | None = None
        """Which of `WIDTHS` the pictures have; None leaves it to the room."""
        self.shape = 1.0
        """Height of a picture over its width, in pixels."""
        self._darkroom = darkroom
        self._source = source
        self._about = about
        self._cells: list[GridCell] = []
        self._laid = (0, 0)
        self.moves_focus: Mapping[str, Callable[[], None]] = {}
        """Keys that put the focus elsewhere, so that the next ones are no longer for the grid."""
        self._start = self._lit = 0
        self._ahead_of = -1
        self._resting: Timer | None = None

    def on_resize(self, event: events.Resize) -> None:
        """As many cells as fit."""
        self.lay_out()

    def lay_out(self) -> None:
        """Cells for the room there is, and the takes in them."""
        width, height = self.content_size
        if width <= 0 or height <= 0:
            return
        step = self.step if self.step is not None else self._suitable()
        columns, rows, across, tall = measures(self.content_size, WIDTHS[step], self.shape)
        if (columns, rows) != self._laid:
            self._laid = columns, rows
            with self.app.batch_update():
                self.styles.grid_size_columns, self.styles.grid_size_rows = columns, rows
                self._have(columns * rows)
        self.styles.grid_rows, self.styles.grid_columns = (tall,), (across,)
        self.takes.scroll.fit(columns, rows)
        self.renew()

    def renew(self) -> None:
        """Everything in view as it is now."""
        takes, scroll = self.takes, self.takes.scroll
        self._start, self._lit = scroll.top * scroll.columns - scroll.lead, scroll.cursor
        for place, cell in enumerate(self._cells):
            number = self._start + place
            self._use(cell, number, takes.take(number) if number >= 0 else None)
        if self._start != self._ahead_of:
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(REST, self._look_ahead)

    def go_to(self, take_id: str) -> None:
        """Put the cursor on a take, if it is in."""
        if self.takes.go_to(take_id):
            self._changed()

    def action_move(self, by: int) -> None:
        """To the take beside."""
        self._moved(self.takes.scroll.move(by))

    def action_rows(self, by: int) -> None:
        """To the take above or below."""
        self._moved(self.takes.scroll.move_rows(by))

    def action_page(self, by: int) -> None:
        """A screenful further."""
        scroll = self.takes.scroll
        by *= max(1, scroll.rows)
        target = scroll.cursor + by * scroll.columns
        scroll.scroll(by)
        self._moved(scroll.go(target))

    def action_first(self) -> None:
        """To the first take."""
        self.takes.scroll.to_first()
        self._moved(moved=True)

    def action_last(self) -> None:
        """To the last take."""
        self._moved(self.takes.scroll.go(self.takes.scroll.count - 1))

    def action_resize(self, by: int) -> None:
        """Larger or smaller pictures."""
        before = self.step if self.step is not None else self._suitable()
        step = max(0, min(before + by, len(WIDTHS) - 1))
        if step != self.step:
            self.step = step
            self.lay_out()
            self.on_moved()

    def on_click(self, event: events.Click) -> None:
        """A click goes to a take, a second one opens it."""
        cell = next((cell for cell in self._cells if cell.region.contains_point(event.screen_offset)), None)
        if cell is None or cell.take is None:
            return
        event.stop()
        self.focus()
        self.go_to(cell.take.id)
        if event.chain == 2:
            self.call_later(self.run_action, self.opens)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls; the cursor stays where it is."""
        event.stop()
        self._scrolled(self.takes.scroll.scroll(1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls; the cursor stays where it is."""
        event.stop()
        self._scrolled(self.takes.scroll.scroll(-1))

    def on_key(self, event: events.Key) -> None:
        """A key that was pressed before the focus went elsewhere, and arrived after, is for what has the focus now."""
        focused = self.screen.focused
        if focused is not None and focused is not self:
            event.stop()
            event.prevent_default()
            focused.post_message(events.Key(event.key, event.character))
        elif event.key in self.moves_focus:
            # A binding is looked up later than the next keys arrive here.
            event.stop()
            event.prevent_default()
            self.moves_focus[event.key]()

    def on_focus(self) -> None:
        """The cursor is seen better."""
        self.renew()

    def on_blur(self) -> None:
        """The cursor is seen less."""
        self.renew()

    def _use(self, cell: GridCell, number: int, take: Take | None) -> None:
        if take is None:
            cell.use(None, None, NOTHING, "")
            return
        look = ("chosen" if self.has_focus else "cursor") if number == self.takes.scroll.cursor else ""
        cell.use(take, self._source(take), self._about(take), look)

    def _suitable(self) -> int:
        for step in range(LARGEST, 0, -1):
            columns, rows, *_ = measures(self.content_size, WIDTHS[step], self.shape)
            if rows > 1 and columns * rows >= FEWEST:
                return step
        return 0

    def _light(self) -> None:
        """The cursor moved among the takes in view: two cells have other words, no picture is touched."""
        numbers, self._lit = {self._lit, self.takes.scroll.cursor}, self.takes.scroll.cursor
        for number in numbers:
            if 0 <= number - self._start < len(self._cells):
                self._use(self._cells[number - self._start], number, self.takes.take(number))

    def _look_ahead(self) -> None:
        """Prepare the next screenful in the direction of travel, and a row behind."""
        takes, scroll = self.takes, self.takes.scroll
        if not self._cells or not self._cells[0].size:
            return
        down, self._ahead_of = self._start >= self._ahead_of, self._start
        page, row = scroll.columns * scroll.rows, scroll.columns
        below = range(scroll.last + 1, scroll.last + 1 + (page if down else row))
        above = range(scroll.first - 1, scroll.first - 1 - (row if down else page), -1)
        near = (*below, *above) if down else (*above, *below)
        width, height = self._cells[0].size
        sources = [self._source(take) for number in near if (take := takes.take(number)) is not None]
        self._darkroom.prefetch(sources, Room(width, height - ROWS, small=True))

    def _have(self, number: int) -> None:
        while len(self._cells) > number:
            self._cells.pop().remove()
        fresh = [GridCell(self._darkroom, place) for place in range(len(self._cells), number)]
        self._cells += fresh
        if fresh:
            self.mount_all(fresh)

    def _moved(self, moved: bool) -> None:
        if moved:
            self._changed()

    def _scrolled(self, moved: bool) -> None:
        if moved:
            self.takes.settle()
            self.renew()
            self.on_moved()

    def _changed(self) -> None:
        scroll = self.takes.scroll
        if self.takes.settle() or self._start != scroll.top * scroll.columns - scroll.lead:
            self.renew()
        else:
            self._light()
        self.on_moved()
