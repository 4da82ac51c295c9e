"""Finished rows on the screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from studio.ui.pictures.exposed import exposed
from studio.ui.pictures.watched_strip import WatchedStrip


class Sheet(Widget):
    """Finished rows, given to the terminal as they are: no style, filter or opacity touches them."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Sheet { width: 0; height: 0; display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self._strips: tuple[Strip, ...] = ()

    def lay(
        self, strips: tuple[Strip, ...], columns: int, rows: int, painted: Callable[[], None] | None = None
    ) -> None:
        """Show these rows; `painted` is called when some of them have been written."""
        self._strips = strips if painted is None else tuple(WatchedStrip(strip, painted) for strip in strips)
        if self.display and self.size == (columns, rows):
            self.refresh()
            return
        # Another size means another layout, and that paints by itself.
        self.styles.width, self.styles.height = columns, rows
        self.display = True

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in `crop`. Textual's own way would take every row apart, cell by cell, on the event loop."""
        width, base = self.size.width, self.visual_style.rich_style
        lines = []
        for y in crop.line_range:
            strip = self._strips[y] if 0 <= y < len(self._strips) else Strip.blank(width, base)
            lines.append(strip if strip.cell_length == width else strip.adjust_cell_length(width, base))
        if crop.column_span != (0, width):
            lines = [line.crop(*crop.column_span) for line in lines]
        return lines

    def exposed(self) -> Region | None:
        """Where on the screen the rows are, if all of them can be seen."""
        if not self._strips or self.size != (self._strips[0].cell_length, len(self._strips)):
            return None
        return exposed(self, Region(0, 0, *self.size))
