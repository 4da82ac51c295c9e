"""A sweep as a table of small pictures: names of columns above, names of rows before, a cursor that goes about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from studio.domain.take import Take
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.source import PictureSource
from studio.ui.widgets.grid_cell import GridCell
from studio.ui.widgets.looks import looks_of
from studio.ui.widgets.run_line import Run, RunLine, clipped
from studio.ui.widgets.take_badges import ROWS, Circumstances

LEAST, MOST = 15, 56
"""Cells across a picture: below that its words are cut, above it one picture hides the others."""
LABEL = 22
"""Most cells for the names of the rows."""
NOTHING = Circumstances()


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds: a take with its picture, or the words that stand there instead."""

    take: Take | None = None
    source: PictureSource | None = None
    words: str = ""
    bad: bool = False
    about: Circumstances = NOTHING


class SheetCell(GridCell):
    """A cell of the sheet; without a take its words say why."""

    _words = ("", False)

    def hold(self, content: Content, *, cursor: bool) -> None:
        """Other contents."""
        words = content.words, content.bad
        changed, self._words = words != self._words, words
        self.use(content.take, content.source, content.about, "chosen" if cursor else "")
        if changed:
            self.recaption()

    def captions(self, width: int) -> Sequence[Strip]:
        """Name and signs, or the words."""
        text, bad = self._words
        if self.take is not None or not text:
            return super().captions(width)
        base, looks = self.visual_style.rich_style, looks_of(self.app.theme_variables)
        base = base + looks[self._cursor] if self._cursor else base
        style = base if self._cursor else base + looks["bad" if bad else "muted"]
        line = Strip([Segment(clipped(f"{'✗ ' if bad else ''}{text}", width), style)]).adjust_cell_length(width, base)
        return [line, Strip.blank(width, base)]


class NameCell(RunLine):
    """The name of a column or a row."""

    DEFAULT_CSS = "NameCell { width: 1fr; height: 1fr; }"

    def __init__(self, *, across: bool) -> None:
        super().__init__()
        self._text = ""
        self._across = across
        self._lit = False

    def use(self, text: str, *, lit: bool) -> None:
        """Another name; `lit` where the cursor is in it."""
        if (text, lit) != (self._text, self._lit):
            self._text, self._lit = text, lit
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """In the middle above a column, at the left of the middle before a row."""
        from textwrap import wrap

        look = "accent" if self._lit else "muted"
        if self._across:
            text = clipped(self._text, width)
            return [[Run(" " * ((width - len(text)) // 2)), Run(text, look)]]
        lines = wrap(self._text, max(4, width))[:3]
        above: list[Sequence[Run]] = [[] for _ in range(max(0, (self.size.height - len(lines)) // 2))]
        return [*above, *([Run(line, look)] for line in lines)]


class SheetGrid(Widget, can_focus=True):
    """Shows as many cells as there is room for and scrolls by whole ones. Posts `Moved` when the cursor moves."""

    DEFAULT_CSS = """
    SheetGrid { width: 1fr; height: 1fr; layout: grid; grid-gutter: 0 1; padding: 0 1; overflow: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1, 0)", "Left", show=False, id="grid.left"),
        Binding("right,l", "move(1, 0)", "Right", show=False, id="grid.right"),
        Binding("up,k", "move(0, -1)", "Up", show=False, id="grid.up"),
        Binding("down,j", "move(0, 1)", "Down", show=False, id="grid.down"),
        Binding("home,g", "move(-999, -999)", "First", show=False, id="grid.first"),
        Binding("end,G", "move(999, 999)", "Last", show=False, id="grid.last"),
    ]

    class Moved(Message):
        """The cursor is on another cell."""

    class Opened(Message):
        """A cell was clicked twice."""

    def __init__(
        self,
        darkroom: Darkroom,
        columns: Sequence[str],
        rows: Sequence[str],
        content: Callable[[int, int], Content],
        shape: float = 4 / 3,
        **options: Any,
    ) -> None:
        """`content` gives the cell of a column and a row; `shape` is height over width of the pictures."""
        super().__init__(**options)
        self._darkroom = darkroom
        self._names = columns, rows
        self._content = content
        self._shape = shape
        self._view = (0, 0)
        self._corner = (0, 0)
        self._heads: list[NameCell] = []
        self._sides: list[NameCell] = []
        self._cells: list[list[SheetCell]] = []
        self.cursor = (0, 0)
        """Column and row, from 0."""

    def on_resize(self, event: events.Resize) -> None:
        """As many cells as fit, as large as they can be."""
        self._lay_out()

    def renew(self) -> None:
        """Everything in view as it is now."""
        left, top = self._corner
        columns, rows = self._names
        for at, head in enumerate(self._heads):
            head.use(columns[left + at], lit=left + at == self.cursor[0])
        for at, side in enumerate(self._sides):
            side.use(rows[top + at], lit=top + at == self.cursor[1])
        for y, line in enumerate(self._cells):
            for x, cell in enumerate(line):
                place = left + x, top + y
                cell.hold(self._content(*place), cursor=place == self.cursor)

    def action_move(self, across: int, down: int) -> None:
        """To the cell beside, above or below."""
        self.go_to(self.cursor[0] + across, self.cursor[1] + down)

    def step(self, by: int) -> None:
        """To the next cell, row by row; nowhere at the last one."""
        wide, tall = len(self._names[0]), len(self._names[1])
        at = max(0, min(self.cursor[1] * wide + self.cursor[0] + by, wide * tall - 1))
        self.go_to(at % wide, at // wide)

    def go_to(self, column: int, row: int) -> None:
        """Put the cursor on a cell."""
        wanted = max(0, min(column, len(self._names[0]) - 1)), max(0, min(row, len(self._names[1]) - 1))
        if wanted != self.cursor:
            self.cursor = wanted
            self._into_view()
            self.renew()
            self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """A click goes to a cell, a second one opens it."""
        for y, line in enumerate(self._cells):
            if event.widget in line:
                event.stop()
                self.go_to(self._corner[0] + [*line].index(event.widget), self._corner[1] + y)
                if event.chain == 2:
                    self.post_message(self.Opened())

    def _lay_out(self) -> None:
        width, height = self.content_size
        columns, rows = len(self._names[0]), len(self._names[1])
        if width <= 0 or height <= 0:
            return
        label = min(LABEL, max((len(name) for name in self._names[1]), default=0), max(6, width // 5))
        room = width - label - 1
        fits = max(1, min(columns, room // (LEAST + 1)))
        wide = max(1, min(MOST, room // fits - 1))
        tall = max(3, round(wide * self._shape / 2)) + ROWS
        shown = max(1, min(rows, (height - 1) // max(6, min(tall, (height - 1) // min(rows, 3)))))
        tall = min(tall, (height - 1) // shown)
        # No wider than what the height leaves of a picture, so that neighbours stand close.
        wide = min(wide, max(LEAST, round((tall - ROWS) * 2 / self._shape) + 2))
        self.styles.grid_columns = (label, *(wide for _ in range(fits)))
        self.styles.grid_rows = (1, *(tall for _ in range(shown)))
        if self._view != (fits, shown):
            self._view = fits, shown
            self._build(fits, shown)
        self._into_view()
        self.renew()

    def _build(self, columns: int, rows: int) -> None:
        with self.app.batch_update():
            for child in list(self.children):
                child.remove()
            self.styles.grid_size_columns, self.styles.grid_size_rows = columns + 1, rows + 1
            self._heads = [NameCell(across=True) for _ in range(columns)]
            self._sides = [NameCell(across=False) for _ in range(rows)]
            self._cells = [[SheetCell(self._darkroom, 0) for _ in range(columns)] for _ in range(rows)]
            lines = [[side, *cells] for side, cells in zip(self._sides, self._cells, strict=True)]
            self.mount_all([NameCell(across=True), *self._heads, *(widget for line in lines for widget in line)])

    def _into_view(self) -> None:
        view, sizes = self._view, (len(self._names[0]), len(self._names[1]))
        corner = [min(c, max(o, c - v + 1)) for c, o, v in zip(self.cursor, self._corner, view, strict=True)]
        most = [max(0, size - v) for size, v in zip(sizes, view, strict=True)]
        self._corner = min(corner[0], most[0]), min(corner[1], most[1])
