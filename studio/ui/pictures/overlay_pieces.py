"""A picture cut into pieces of whole cells, and each written as sixel or for iTerm2. Runs in worker threads only."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.ui.pictures.sixel import COLOURS, Indexed, indexed, sixel
from studio.ui.pictures.tier import Tier

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 1000
"""Pixels of a piece in each direction; xterm draws no larger picture unless told to (maxGraphicSize)."""

FAR_ROWS = 3
"""Rows of cells in a piece for a slow line: about 30 KB, between which a key's answer finds room."""

LEAN_COLOURS = 64
QUALITY = 80
"""Of JPEG: 86 KB for a large preview, at 32 to 40 dB."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How a picture is cut: its cells, the pixels of a cell, and the most cells of a piece."""

    cells: tuple[int, int]
    cell: tuple[int, int]
    most: tuple[int, int]

    def boxes(self) -> list[tuple[int, int, int, int]]:
        """Row, column, columns and rows of every piece, in cells."""
        (columns, rows), (wide, high) = self.cells, self.most
        return [
            (row, column, min(wide, columns - column), min(high, rows - row))
            for row in range(0, rows, high)
            for column in range(0, columns, wide)
        ]


def grid_of(cells: tuple[int, int], cell: tuple[int, int], *, far: bool) -> Grid:
    """Pieces no larger than a terminal draws, and small ones for a slow line."""
    wide, high = (max(1, LARGEST // pixels) for pixels in cell)
    return Grid(cells, cell, (wide, min(high, FAR_ROWS) if far else high))


def as_sixel(picture: Image, grid: Grid, tier: Tier) -> list[tuple[int, int, str]]:
    """All pieces have the same colours, so that no seam shows."""
    whole = indexed(picture, COLOURS if tier is Tier.FULL else LEAN_COLOURS)
    (wide, high), pieces = grid.cell, []
    for row, column, columns, rows in grid.boxes():
        down, across = slice(row * high, (row + rows) * high), slice(column * wide, (column + columns) * wide)
        pieces.append((row, column, sixel(Indexed(whole.pixels[down, across], whole.palette))))
    return pieces


def as_inline(picture: Image, grid: Grid, tier: Tier) -> list[tuple[int, int, str]]:
    """JPEG in iTerm2's escape sequence (iterm2.com/documentation-images.html)."""
    (wide, high), pieces = grid.cell, []
    for row, column, columns, rows in grid.boxes():
        corner = column * wide, row * high
        part = picture.crop((*corner, corner[0] + columns * wide, corner[1] + rows * high))
        stream = io.BytesIO()
        part.save(stream, "JPEG", quality=QUALITY)
        data = stream.getvalue()
        keys = f"inline=1;size={len(data)};width={columns};height={rows};preserveAspectRatio=0;doNotMoveCursor=1"
        pieces.append((row, column, f"\x1b]1337;File={keys}:{base64.standard_b64encode(data).decode()}\x07"))
    return pieces
