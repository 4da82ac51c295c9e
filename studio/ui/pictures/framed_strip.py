"""A picture's row between two empty ends, as one row of a widget."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip


class FramedStrip(Strip):
    """Made into segments only when it has to be cut, so that a row of finished text costs nothing."""

    def __init__(self, left: Strip, row: Strip, right: Strip) -> None:
        super().__init__((), left.cell_length + row.cell_length + right.cell_length)
        # Without a value in the slot, __getattr__ is asked for the segments, and the row makes them if it must.
        del self._segments
        self._parts = left, row, right

    def __getattr__(self, name: str) -> Any:
        if name != "_segments":
            raise AttributeError(name)
        self._segments = [segment for part in self._parts for segment in part._segments]
        return self._segments

    def render(self, console: Console) -> str:
        """The parts' own texts."""
        if self._render_cache is None:
            self._render_cache = "".join(part.render(console) for part in self._parts)
        return self._render_cache

    def apply_filter(self, line_filter: LineFilter, background: Color) -> Strip:
        """Itself: pictures keep their colours."""
        return self
