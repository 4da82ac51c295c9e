"""Rows that say when they are written to the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.console import Console
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip


class WatchedStrip(Strip):
    """The same row as another; calls `painted` whenever all or a part of it goes into a frame. Under a modal screen
    rows are taken apart and blended instead, and nothing is called.
    """

    def __init__(self, row: Strip, painted: Callable[[], None]) -> None:
        super().__init__((), row.cell_length)
        # Without a value in the slot, __getattr__ is asked for the segments, and the row makes them if it must.
        del self._segments
        self._row = row
        self._painted = painted

    def __getattr__(self, name: str) -> Any:
        if name != "_segments":
            raise AttributeError(name)
        return self._row._segments

    def render(self, console: Console) -> str:
        """The row's own text."""
        self._painted()
        return self._row.render(console)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """A part of the row, watched too."""
        return WatchedStrip(self._row.crop(start, end), self._painted)

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Parts of the row, watched too."""
        return [WatchedStrip(part, self._painted) for part in self._row.divide(cuts)]

    def apply_filter(self, line_filter: LineFilter, background: Color) -> Strip:
        """Itself: pictures keep their colours."""
        return self
