"""The cells that show a picture of kitty's protocol: placeholders whose colour and marks name the picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter
from textual.strip import Strip

from studio.ui.pictures.kitty_marks import MARKS, PLACEHOLDER

LOW = range(16, 256)
"""Numbers a 256-colour index can carry; the first 16 mean different colours everywhere."""

HIGH = range(1, 108)
"""Numbers a third mark carries here: 0 would be no mark, and later marks are a byte longer in every cell."""

NUMBERS = len(LOW) * len(HIGH)

WIDEST = 290
"""Columns and rows a picture can have; the table of marks ends at 297."""


def number_of(count: int) -> int:
    """A picture's number that survives 256 colours: 8 bits as a colour, the rest as a mark. Repeats after `NUMBERS`."""
    return HIGH[count // len(LOW) % len(HIGH)] << 24 | LOW[count % len(LOW)]


def _itself(style: Style) -> Style:
    return style


class PinnedStyle(Style):
    """A foreground colour that no theme, filter, modal or NO_COLOR changes: in a placeholder cell it is a number."""

    __slots__ = ()

    # What a modal puts its shade on: itself.
    clear_meta_and_links = lru_cache(maxsize=256)(_itself)

    def __init__(self, index: int) -> None:
        super().__init__()
        self._ansi = f"38;5;{index}"
        # What adding styles reads, which happens under a modal. The triplet keeps Textual from looking the colour up.
        self._color = Color(f"color({index})", ColorType.EIGHT_BIT, index, ColorTriplet(0, 0, index))
        self._null = False
        self._hash = hash(self._ansi)

    @property
    def color(self) -> Any:
        """None: nothing to blend."""
        return None

    def __add__(self, style: object) -> PinnedStyle:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PinnedStyle) and other._ansi == self._ansi

    def __hash__(self) -> int:
        return hash(self._ansi)

    def copy(self) -> PinnedStyle:
        """Itself."""
        return self

    @property
    def without_color(self) -> PinnedStyle:
        """Itself: pictures keep their numbers."""
        return self


class PlaceholderStrip(Strip):
    """A row of placeholders that no filter touches."""

    def apply_filter(self, line_filter: LineFilter, background: TextualColor) -> Strip:
        """Itself."""
        return self


def placeholder_rows(number: int, columns: int, rows: int) -> tuple[Strip, ...]:
    """Cells for a picture of this size. Each says its own row and column: a bare cell takes them from its left
    neighbour, which something in front may cover.
    """
    style, high = PinnedStyle(number & 0xFF), MARKS[number >> 24]
    across = [MARKS[column] + high for column in range(columns)]
    return tuple(
        PlaceholderStrip([Segment("".join([PLACEHOLDER + MARKS[row] + mark for mark in across]), style)], columns)
        for row in range(rows)
    )
