"""A mask over a picture, at its own resolution: what may change. Pure: every change gives a new mask."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

Bits = NDArray[np.bool_]

HALF = 128
"""Brightness or opacity from which a pixel counts."""


class MaskForm(StrEnum):
    """How an endpoint is told what may change."""

    WHITE = "white"
    """White changes, black stays: the usual form."""
    BLACK = "black"
    """Black changes, white stays."""
    CLEAR = "clear"
    """Transparent changes, opaque stays; white under the transparent part, for readers that look at colours."""


class NoMask(Exception):
    """A file that is no mask, with the reason as a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """Which pixels may change. Coordinates are pixels from the upper left corner; what lies outside is ignored."""

    bits: Bits
    """Rows by columns, true where it may change. Never written to."""

    @classmethod
    def empty(cls, width: int, height: int) -> Mask:
        """Nothing may change."""
        return cls(np.zeros((height, width), dtype=np.bool_))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.bits.shape[1], self.bits.shape[0]

    @property
    def share(self) -> float:
        """The part of the picture that may change, 0 to 1."""
        return float(self.bits.mean()) if self.bits.size else 0.0

    def packed(self) -> bytes:
        """The mask in as few bytes as is quick: a few hundred for a shape or two."""
        return zlib.compress(np.packbits(self.bits).tobytes(), 1)

    @classmethod
    def unpacked(cls, packed: bytes, size: tuple[int, int]) -> Mask:
        """The mask of `packed`, which had `size` pixels."""
        width, height = size
        bits = np.unpackbits(np.frombuffer(zlib.decompress(packed), np.uint8), count=width * height)
        return cls(bits.reshape(height, width).astype(np.bool_))

    def rectangle(self, box: tuple[int, int, int, int], *, on: bool = True) -> Mask:
        """With a rectangle between two corners, both inside it, set or cleared."""
        left, top, right, bottom = _ordered(box)
        bits = self.bits.copy()
        bits[max(0, top) : max(0, bottom + 1), max(0, left) : max(0, right + 1)] = on
        return Mask(bits)

    def ellipse(self, box: tuple[int, int, int, int], *, on: bool = True) -> Mask:
        """With the ellipse that fits between two corners, set or cleared."""
        left, top, right, bottom = _ordered(box)
        width, height = self.size
        y, x = np.ogrid[:height, :width]
        across, down = max(0.5, (right - left + 1) / 2), max(0.5, (bottom - top + 1) / 2)
        inside = ((x - (left + right) / 2) / across) ** 2 + ((y - (top + bottom) / 2) / down) ** 2 <= 1
        return Mask(np.where(inside, on, self.bits))

    def brushed(self, points: Iterable[tuple[int, int]], radius: tuple[float, float], *, on: bool = True) -> Mask:
        """With a dab at every point, its radius across and down in pixels, set or cleared."""
        bits = self.bits.copy()
        width, height = self.size
        across, down = max(0.5, radius[0]), max(0.5, radius[1])
        for column, row in points:
            left, right = max(0, int(column - across)), min(width, int(column + across) + 2)
            top, bottom = max(0, int(row - down)), min(height, int(row + down) + 2)
            y, x = np.ogrid[top:bottom, left:right]
            dab = ((x - column) / across) ** 2 + ((y - row) / down) ** 2 <= 1
            bits[top:bottom, left:right][dab] = on
        return Mask(bits)

    def inverted(self) -> Mask:
        """What stayed changes, and the other way round."""
        return Mask(~self.bits)

    def cells(self, columns: int, rows: int) -> NDArray[np.float64]:
        """The share of each of so many cells that may change, 0 to 1, rows by columns."""
        width, height = self.size
        small = Image.fromarray(self.bits.astype(np.uint8) * 255).resize((columns, rows), Image.Resampling.BOX)
        return (
            np.asarray(small, dtype=np.float64).reshape(rows, columns) / 255 if width and height else np.zeros((0, 0))
        )

    def encoded(self, form: MaskForm = MaskForm.WHITE) -> bytes:
        """A PNG of the mask, at its size."""
        white = self.bits.astype(np.uint8) * 255
        match form:
            case MaskForm.WHITE:
                picture = Image.fromarray(white)
            case MaskForm.BLACK:
                picture = Image.fromarray(255 - white)
            case MaskForm.CLEAR:
                picture = Image.fromarray(np.dstack([white, white, white, 255 - white]))
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def read_mask(path: Path, size: tuple[int, int]) -> tuple[Mask, str]:
    """A mask from a picture file, brought to `size` in pixels, and a sentence when that meant stretching it.

    Transparent parts may change where a file has any; else white ones. Raises NoMask. Blocks.
    """
    try:
        with Image.open(path) as opened:
            opened.load()
            picture = opened.copy()
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoMask(f"{path.name} is no picture that can be read as a mask.") from error
    before = picture.size
    opacity = picture.getchannel("A") if "A" in picture.getbands() else None
    clear = opacity is not None and bool((np.asarray(opacity) < HALF).any())
    grey = opacity if opacity is not None and clear else picture.convert("L")
    values = np.asarray(grey if before == size else grey.resize(size, Image.Resampling.BILINEAR))
    mask = Mask(values < HALF if clear else values >= HALF)
    if not mask.bits.any():
        raise NoMask(f"{path.name} lets nothing change: paint white, or cut out, what may.")
    ratio = (before[0] * size[1]) / max(1, before[1] * size[0])
    squeezed = abs(ratio - 1) > 0.02
    note = f"The mask {path.name} has {before[0]}×{before[1]} pixels and was stretched to {size[0]}×{size[1]}."
    return mask, note if squeezed else ""


def _ordered(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
