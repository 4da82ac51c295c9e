"""How several pictures fill a screen. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Tiling:
    """A grid of equal tiles, in cells."""

    columns: int
    width: int
    height: int
    """No more than the pictures and their captions need."""


def best_grid(count: int, size: tuple[int, int], shape: float, caption: int = 1, gap: int = 1) -> Tiling:
    """The grid in which `count` pictures are largest, with a `gap` between two columns."""
    columns = best_columns(count, *size, shape, caption)
    rows = -(-count // columns)
    wide = (size[0] - gap * (columns - 1)) // columns
    high = min(size[1] // rows, ceil(wide / shape / 2) + caption)
    return Tiling(columns, wide * columns + gap * (columns - 1), high * rows)


def best_columns(count: int, width: int, height: int, shape: float, caption: int = 1) -> int:
    """In how many columns `count` pictures are largest on `width` × `height` cells, which are twice as high as wide.

    `shape` is a picture's width through its height in pixels, `caption` the rows of words under each.
    """
    best, largest = 1, 0.0
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        across, down = width // columns, height // rows - caption
        seen = min(float(across), down * 2 * shape)
        # The first of equals has fewer columns, and so more room beside each picture.
        if seen > largest + 0.01:
            best, largest = columns, seen
    return best
