"""How an edited picture lies over the one it was made from: shift and scale, found by phase correlation.

Edges are compared, not colours, so that a recoloured jacket does not matter. Method: C. Kuglin and D. Hines, "The phase
correlation image alignment method" (1975), over a row of scales.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float32]

COARSE, FINE = 192, 448
"""Pixels of the longer side for the first look and for the last one."""

SCALES = (0.80, 1.25)
"""What is looked for: an edit that zooms more than this is another picture."""

STILL, SAME_SIZE = 0.002, 0.004
"""Part of the longer side, and of the scale, below which nothing has moved; both are found to half of that."""

SURE = 0.5
"""How alike the edges must be for a place to be believed: two unrelated figures reach 0.3."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The edit is brought over its source by scaling around the middle, then shifting. Pixels of the source."""

    scale: float
    dx: float
    dy: float
    before: float
    """How alike the edges are as they lie, -1 to 1."""
    after: float
    """The same once aligned."""

    @property
    def sure(self) -> bool:
        """Whether the pictures have so much in common that the figures mean something."""
        return self.after >= SURE

    def moved(self, size: tuple[int, int]) -> bool:
        """Whether there is anything to align in a picture of that size."""
        far = max(abs(self.dx), abs(self.dy)) > STILL * max(size)
        return self.sure and (far or abs(self.scale - 1) > SAME_SIZE) and self.after > self.before

    def words(self) -> str:
        """`moved 12 pixels right and 3 up, grown by 2.1 %`: what the edit did."""
        across, down = -self.dx / self.scale, -self.dy / self.scale
        parts = []
        if abs(across) >= 0.5:
            parts.append(f"{abs(across):.0f} pixels {'right' if across > 0 else 'left'}")
        if abs(down) >= 0.5:
            parts.append(f"{abs(down):.0f} {'down' if down > 0 else 'up'}")
        moved = f"moved {' and '.join(parts)}" if parts else ""
        grown = (1 / self.scale - 1) * 100
        zoomed = f"{'grown' if grown > 0 else 'shrunk'} by {abs(grown):.1f} %" if abs(grown) > SAME_SIZE * 100 else ""
        return ", ".join(part for part in (moved, zoomed) if part) or "lies as it did"


def alignment(source: Image.Image, edited: Image.Image) -> Alignment:
    """How `edited` must be scaled and shifted to lie over `source`; one of another size is fitted to it first.

    A second or so; use a thread.
    """
    width, height = source.size
    picture = edited.convert("RGB").resize(source.size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = _grey(source, COARSE), _grey(picture, COARSE)
    scales = np.geomspace(*SCALES, 46)
    best = max(scales, key=lambda scale: _peak(_edges(small[0]), _edges(_scaled(small[1], float(scale))))[0])
    fine = _grey(source, FINE), _grey(picture, FINE)
    wanted = _edges(fine[0])
    near = float(best) * np.linspace(0.985, 1.015, 13)
    found = max(
        ((_peak(wanted, _edges(_scaled(fine[1], float(s)))), float(s)) for s in near), key=lambda one: one[0][0]
    )
    (_, dx, dy), scale = found
    factor = max(width, height) / max(fine[0].shape)
    return Alignment(
        scale=scale,
        dx=dx * factor,
        dy=dy * factor,
        before=_alike(wanted, _edges(fine[1])),
        after=_alike(wanted, _edges(_moved(_scaled(fine[1], scale), dx, dy))),
    )


def aligned(source: Image.Image, edited: Image.Image, found: Alignment) -> Image.Image:
    """The edit laid over its source, as large as the source; what it does not cover is taken from the source."""
    width, height = source.size
    wide, high = edited.size
    middle = width / 2, height / 2
    # From a pixel of the result back to one of the edit, which may have another size.
    across, down = wide / width, high / height
    a = across / found.scale
    e = down / found.scale
    c = across * (middle[0] - (middle[0] + found.dx) / found.scale)
    f = down * (middle[1] - (middle[1] + found.dy) / found.scale)
    data = (a, 0.0, c, 0.0, e, f)
    picture = edited.convert("RGB").transform(source.size, Image.Transform.AFFINE, data, Image.Resampling.BICUBIC)
    covered = Image.new("L", edited.size, 255).transform(source.size, Image.Transform.AFFINE, data)
    result = source.convert("RGB")
    result.paste(picture, mask=covered)
    return result


def _grey(picture: Image.Image, side: int) -> Field:
    small = picture.convert("L")
    small.thumbnail((side, side), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32)


def _edges(grey: Field) -> Field:
    """The strength of edges, faded out towards the border, with a mean of zero."""
    down, across = np.gradient(grey)
    strength = np.sqrt(np.hypot(across, down))
    window = np.hanning(grey.shape[0])[:, None] * np.hanning(grey.shape[1])
    faded = (strength - strength.mean()) * window
    return np.asarray(faded - faded.mean(), dtype=np.float32)


def _scaled(grey: Field, scale: float) -> Field:
    """The picture scaled around its middle, in the same frame; outside it its border goes on."""
    height, width = grey.shape
    data = (1 / scale, 0.0, width / 2 * (1 - 1 / scale), 0.0, 1 / scale, height / 2 * (1 - 1 / scale))
    return _transformed(grey, data)


def _moved(grey: Field, dx: float, dy: float) -> Field:
    return _transformed(grey, (1.0, 0.0, -dx, 0.0, 1.0, -dy))


def _transformed(grey: Field, data: tuple[float, ...]) -> Field:
    height, width = grey.shape
    margin = max(height, width) // 4
    wide = Image.fromarray(np.pad(grey, margin, mode="edge"))
    a, _, c, _, e, f = data
    moved = (a, 0.0, c + margin, 0.0, e, f + margin)
    return np.asarray(wide.transform((width, height), Image.Transform.AFFINE, moved, Image.Resampling.BILINEAR))


def _peak(wanted: Field, given: Field) -> tuple[float, float, float]:
    """How sharply two fields fit at their best shift, and that shift across and down, to parts of a pixel."""
    cross = np.fft.rfft2(wanted) * np.conj(np.fft.rfft2(given))
    # Half of the whitening: pure phase listens to noise as much as to the figure.
    surface = np.fft.irfft2(cross / np.maximum(np.abs(cross), 1e-9) ** 0.6, s=wanted.shape)
    at = np.unravel_index(int(np.argmax(surface)), surface.shape)
    row, column = int(at[0]), int(at[1])
    height = float(surface[row, column]) / float(np.sqrt((surface**2).mean()) or 1.0)
    dy = row + _vertex(surface[:, column], row)
    dx = column + _vertex(surface[row], column)
    return height, _signed(dx, surface.shape[1]), _signed(dy, surface.shape[0])


def _vertex(line: NDArray[np.floating], at: int) -> float:
    """Where between three neighbours the top of a parabola lies."""
    left, top, right = (float(line[(at + by) % len(line)]) for by in (-1, 0, 1))
    bend = left - 2 * top + right
    return 0.0 if bend >= 0 else max(-0.5, min(0.5, 0.5 * (left - right) / bend))


def _signed(shift: float, size: int) -> float:
    return shift - size if shift > size / 2 else shift


def _alike(one: Field, other: Field) -> float:
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float((one * other).sum()) / length if length else 0.0
