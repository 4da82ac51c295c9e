"""The best character and its two colours for every cell, by trying all of them. Runs in worker threads only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.ui.pictures.glyph_tables import Glyphs

if TYPE_CHECKING:
    from numpy import float32, uint8, uint32
    from numpy.typing import NDArray
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Fitted:
    """Characters and colours, rows × columns (× red, green, blue)."""

    codes: NDArray[uint32]
    front: NDArray[uint8]
    back: NDArray[uint8]


def fit(picture: Image, family: Glyphs) -> Fitted:
    """Least squared error over all splits of a cell into two flat colours. `picture` is RGB and has exactly one
    pixel for every part of a cell.
    """
    # The matrices are tiny: spinning threads would only take a core from the event loop. Counts before the import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy as np

    columns, rows = picture.width // family.columns, picture.height // family.rows
    parts = family.columns * family.rows
    pixels = np.asarray(picture, np.float32).reshape(rows, family.rows, columns, family.columns, 3)
    cells: NDArray[float32] = pixels.transpose(0, 2, 4, 1, 3).reshape(rows * columns, 3, parts)
    codes = np.array(family.codes, np.uint32)
    if parts <= 2:
        flat = np.rint(cells).astype(np.uint8).reshape(rows, columns, 3, parts)
        return Fitted(np.full((rows, columns), codes[1]), flat[..., 0], flat[..., -1])
    # The complement of a pattern is the same split with the colours swapped, so half of the patterns are enough.
    patterns = np.arange(1 << (parts - 1))
    masks = ((patterns[:, None] >> np.arange(parts)) & 1).astype(np.float32)
    inside = cells @ masks.T
    outside = cells.sum(2, keepdims=True) - inside
    many, few = np.maximum(masks.sum(1), 1), np.maximum(parts - masks.sum(1), 1)
    best = ((inside**2).sum(1) / many + (outside**2).sum(1) / few).argmax(1)
    every = np.arange(len(best))
    front = inside[every, :, best] / many[best][:, None]
    back = outside[every, :, best] / few[best][:, None]
    shape = rows, columns, 3
    colours = [np.clip(np.rint(colour), 0, 255).astype(np.uint8).reshape(shape) for colour in (front, back)]
    return Fitted(codes[best].reshape(rows, columns), *colours)
