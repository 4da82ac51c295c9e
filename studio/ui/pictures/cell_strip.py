"""Rows of a picture made of characters: the text for the terminal is finished, the segments are made when needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter
from textual.strip import Strip

Colour = tuple[int, int, int]


SHADE = 45
"""Per cent of its light that a picture keeps under a modal."""


def _shaded(style: Style) -> Style:
    return _Shaded(style) if isinstance(style, CellStyle) else style


class CellStyle(Style):
    """Two colours that no theme and no filter for NO_COLOR changes. The escape sequence is finished, so that thousands
    of them cost the event loop nothing.
    """

    __slots__ = ("_rgb",)

    # What a modal takes as the ground for its shade: a style without colours to blend.
    clear_meta_and_links = lru_cache(maxsize=4096)(_shaded)

    def __init__(self, front: Colour, back: Colour, ansi: str) -> None:
        # The many keywords of Style.__init__ would cost more than the rest of the row.
        self._rgb = front, back
        self._ansi = ansi
        self._color = self._bgcolor = None
        self._attributes = self._set_attributes = 0
        self._link = self._meta = self._style_definition = None
        self._link_id = ""
        self._null = False
        self._hash = hash(ansi)

    @property
    def color(self) -> Color:
        """The colour of the character; for screenshots."""
        return Color.from_rgb(*self._rgb[0])

    @property
    def bgcolor(self) -> Color:
        """The colour behind it; for screenshots."""
        return Color.from_rgb(*self._rgb[1])

    def __add__(self, style: Style | None) -> Style:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CellStyle) and other._rgb == self._rgb

    def __hash__(self) -> int:
        return hash(self._ansi)

    @property
    def without_color(self) -> Style:
        """Itself: pictures keep their colours."""
        return self


class _Shaded(CellStyle):
    """The same cell under a modal, darker. Textual's own blending of two thousand colours would stop the event loop
    for 20 ms. Colours from a table of 256 or 16 stay as they are.
    """

    __slots__ = ()

    def __init__(self, style: CellStyle) -> None:
        ansi, (front, back) = style._ansi or "", style._rgb
        if ansi.startswith("38;2;"):
            front = front[0] * SHADE // 100, front[1] * SHADE // 100, front[2] * SHADE // 100
            back = back[0] * SHADE // 100, back[1] * SHADE // 100, back[2] * SHADE // 100
            ansi = f"38;2;{front[0]};{front[1]};{front[2]};48;2;{back[0]};{back[1]};{back[2]}"
        super().__init__(front, back, ansi)
        # Adding styles, which Textual does next, reads the slots and not the properties.
        self._color, self._bgcolor = Color.from_rgb(*front), Color.from_rgb(*back)

    @property
    def color(self) -> Any:
        """None: nothing to blend."""
        return None

    @property
    def bgcolor(self) -> Any:
        """None: nothing to blend."""
        return None


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row: characters, their colours, and for each cell the parameters of its SGR sequence."""

    text: str
    front: Sequence[Colour]
    back: Sequence[Colour]
    ansi: Sequence[str]


class CellStrip(Strip):
    """A row that renders in no time. Segments come into being when something crops or covers the row."""

    def __init__(self, row: CellRow) -> None:
        super().__init__((), len(row.text))
        # Strip reads `_segments`; without a value in that slot __getattr__ is asked for it.
        del self._segments
        self._row = row
        self._cell_count = len(row.text)
        self._render_cache = _rendered(row)

    def __getattr__(self, name: str) -> Any:
        if name != "_segments":
            raise AttributeError(name)
        row = self._row
        self._segments = [
            Segment(character, CellStyle(front, back, ansi))
            for character, front, back, ansi in zip(row.text, row.front, row.back, row.ansi, strict=True)
        ]
        return self._segments

    def apply_filter(self, line_filter: LineFilter, background: TextualColor) -> Strip:
        """Itself: pictures keep their colours."""
        return self

    @property
    def weight(self) -> int:
        """Bytes this row holds, about."""
        return 4 * len(self._render_cache or "") + 200 * len(self._row.text)


def _rendered(row: CellRow) -> str:
    parts: list[str] = []
    before = ""
    for character, ansi in zip(row.text, row.ansi, strict=True):
        if ansi != before:
            parts.append(f"\x1b[{ansi}m" if ansi else "\x1b[0m")
            before = ansi
        parts.append(character)
    parts.append("\x1b[0m")
    return "".join(parts)
