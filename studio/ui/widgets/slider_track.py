"""The track of a slider: which value lies where, and how a row of cells shows it. Pure; knows no screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from enum import StrEnum

EIGHTHS = " ▏▎▍▌▋▊▉█"
"""Left blocks, by eighths of a cell (Unicode, block elements)."""


class Part(StrEnum):
    """What a run of cells is, so that the widget can give it a colour."""

    FILLED = "filled"
    EMPTY = "empty"
    SWEET = "sweet"
    THUMB = "thumb"
    THUMB_START = "thumb-start"
    """The cell whose right end the thumb covers: drawn in reverse."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The values of a slider. `step` is the small one; its multiples and both ends are where keys and mouse land."""

    low: Decimal
    high: Decimal
    step: Decimal = Decimal("0.1")
    big_step: Decimal = Decimal(1)
    sweet: tuple[Decimal, Decimal] | None = None
    """The range that works best, painted in another weight and colour."""
    best: Decimal | None = None
    """Where backspace goes."""

    def contains(self, value: Decimal) -> bool:
        """True when the value lies between the ends, both included."""
        return self.low <= value <= self.high

    def moved(self, value: Decimal, steps: int, *, big: bool = False) -> Decimal:
        """The value some steps further on the grid of multiples of the step; the ends stop it."""
        step = self.big_step if big else self.step
        if big:
            target = value + step * steps
        else:
            whole = (value / step).to_integral_value(ROUND_FLOOR if steps > 0 else ROUND_CEILING)
            target = (whole + steps) * step
        return self._tidy(max(self.low, min(self.high, target)))

    def at(self, fraction: float) -> Decimal:
        """The value that a place on the track stands for, 0 being the low end and 1 the high one."""
        if fraction <= 0:
            return self._tidy(self.low)
        if fraction >= 1:
            return self._tidy(self.high)
        raw = self.low + (self.high - self.low) * Decimal(repr(fraction))
        stepped = (raw / self.step).to_integral_value(ROUND_HALF_EVEN) * self.step
        return self._tidy(max(self.low, min(self.high, stepped)))

    def place(self, value: Decimal) -> float:
        """Where a value lies on the track, 0 to 1; a value outside the range lies at the nearer end."""
        span = self.high - self.low
        return 0.0 if span <= 0 else float(max(Decimal(0), min(Decimal(1), (value - self.low) / span)))

    def text(self, value: Decimal) -> str:
        """A value as an artist writes it, with at least as many decimals as the step has."""
        exponent = self.step.normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        own = value.normalize().as_tuple().exponent
        if isinstance(own, int):
            decimals = max(decimals, -own)
        return f"{value:.{decimals}f}"

    def range_text(self) -> str:
        """Both ends, for sentences: `1 to 20`."""
        return f"{self.low.normalize():f} to {self.high.normalize():f}"

    def _tidy(self, value: Decimal) -> Decimal:
        exponent = self.step.as_tuple().exponent
        if isinstance(exponent, int) and value == value.quantize(Decimal(1).scaleb(exponent)):
            return value.quantize(Decimal(1).scaleb(exponent))
        return value


def paint(scale: Scale, value: Decimal | None, cells: int, *, utf8: bool = True) -> list[tuple[str, Part]]:
    """The track as runs of text, exactly `cells` wide. Without a value there is no thumb and nothing is filled."""
    glyphs = _cells(scale, value, cells) if utf8 else _ascii_cells(scale, value, cells)
    runs: list[tuple[str, Part]] = []
    for glyph, part in glyphs:
        if runs and runs[-1][1] is part:
            runs[-1] = (runs[-1][0] + glyph, part)
        else:
            runs.append((glyph, part))
    return runs


def _cells(scale: Scale, value: Decimal | None, cells: int) -> Iterator[tuple[str, Part]]:
    # The thumb is one cell wide and moves by eighths, so its left end is what is counted.
    eighths = -16 if value is None else round(scale.place(value) * (cells - 1) * 8)
    first, rest = divmod(eighths, 8)
    for cell in range(cells):
        if cell == first:
            yield (EIGHTHS[8], Part.THUMB) if rest == 0 else (EIGHTHS[rest], Part.THUMB_START)
        elif cell == first + 1 and rest:
            yield EIGHTHS[rest], Part.THUMB
        else:
            left, right = (_is_sweet(scale, cells, cell + at) for at in (0.25, 0.75))
            glyph = {(False, False): "─", (True, True): "━", (False, True): "╼", (True, False): "╾"}[left, right]
            yield glyph, Part.SWEET if left or right else Part.FILLED if cell < first else Part.EMPTY


def _ascii_cells(scale: Scale, value: Decimal | None, cells: int) -> Iterator[tuple[str, Part]]:
    thumb = -1 if value is None else round(scale.place(value) * (cells - 1))
    for cell in range(cells):
        if cell == thumb:
            yield "O", Part.THUMB
        elif _is_sweet(scale, cells, cell + 0.25) or _is_sweet(scale, cells, cell + 0.75):
            yield "=", Part.SWEET
        else:
            yield "-", Part.FILLED if cell < thumb else Part.EMPTY


def _is_sweet(scale: Scale, cells: int, position: float) -> bool:
    if scale.sweet is None:
        return False
    low, high = (scale.place(end) * (cells - 1) + 0.5 for end in scale.sweet)
    return low - 0.26 <= position <= high + 0.26
