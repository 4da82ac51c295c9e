"""Which pixels of a picture are the figure, where its background allows that to be said."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.imaging.oklab import Lab

Mask = NDArray[np.bool_]

NEAR = 0.055
"""Distance from the background, in units of Oklab, below which a pixel is background."""
BUSY = 0.05
"""How much of the border may deviate (standard deviation in Oklab) before the background counts as busy."""
DARKEST_SHADOW = 0.3
"""How much darker than its background, in Oklab's lightness, a shadow may be; boots and blades are darker."""


@dataclass(frozen=True, slots=True)
class FigureMask:
    """The figure's pixels. Where `trouble` is not empty the outline says nothing, and the mask may be everything."""

    pixels: Mask
    trouble: str = ""


def figure_mask(lab: Lab, alpha: NDArray[np.uint8] | None = None) -> FigureMask:
    """The figure in a picture of height x width x 3, by its alpha channel where that says something.

    Without one the background is taken to be a smooth surface through the border of the picture, shadows included.
    """
    everything = np.ones(lab.shape[:2], np.bool_)
    if alpha is not None and float((alpha < 128).mean()) > 0.02:
        return FigureMask(_largest(alpha >= 128))
    ring = _ring(*lab.shape[:2])
    background, spread = _surface(lab, ring)
    if spread > BUSY:
        return FigureMask(everything, "the background is too busy to see the outline")
    difference = lab - background
    distance = np.linalg.norm(difference, axis=-1)
    figure = _largest((distance > max(NEAR, 3 * spread)) & ~_shadow(difference))
    share = float(figure.mean())
    if not 0.02 <= share <= 0.75:
        return FigureMask(everything, "no figure stands out from the background")
    if float(figure[ring].mean()) > 0.18:
        return FigureMask(figure, "the figure is cut off by the frame")
    return FigureMask(figure)


def _shadow(difference: Lab) -> Mask:
    """What is darker than the background and nothing else, low in the picture: the shadow on the floor."""
    drop = -difference[..., 0]
    low = np.arange(len(difference))[:, None] > 0.6 * len(difference)
    coloured = np.linalg.norm(difference[..., 1:], axis=-1)
    return np.asarray(low & (drop > 0) & (drop < DARKEST_SHADOW) & (coloured < 0.02), np.bool_)


def _ring(height: int, width: int) -> Mask:
    ring = np.zeros((height, width), np.bool_)
    thick = max(1, round(0.02 * min(height, width)))
    ring[:thick] = ring[-thick:] = True
    ring[:, :thick] = ring[:, -thick:] = True
    return ring


def _surface(lab: Lab, ring: Mask) -> tuple[Lab, float]:
    """A quadratic surface through the border, refitted without what stands out of it, and the border's spread."""
    height, width = lab.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width - 0.5, y / height - 0.5
    terms = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], -1)
    known, wanted = terms[ring], lab[ring]
    keep = np.ones(len(known), np.bool_)
    spread = 1.0
    fitted = np.zeros((6, 3), np.float32)
    for _ in range(4):
        fitted = np.linalg.lstsq(known[keep], wanted[keep], rcond=None)[0].astype(np.float32)
        off = np.linalg.norm(known @ fitted - wanted, axis=-1)
        spread = float(np.sqrt((off[keep] ** 2).mean()))
        tight = off <= max(2.0 * spread, 0.02)
        if tight.mean() < 0.6:
            break
        keep = tight
    return np.asarray(terms @ fitted, np.float32), spread


def _largest(mask: Mask) -> Mask:
    """The largest connected part, with whatever else is at least a tenth as large: a thrown sword, a second boot."""
    labels = np.zeros(mask.shape, np.int32)
    sizes = [0]
    for start in zip(*np.nonzero(mask), strict=True):
        if not labels[start]:
            sizes.append(_flood(mask, labels, (int(start[0]), int(start[1])), len(sizes)))
    kept = [number for number, size in enumerate(sizes) if size and size * 10 >= max(sizes)]
    return np.isin(labels, kept)


def _flood(mask: Mask, labels: NDArray[np.int32], start: tuple[int, int], number: int) -> int:
    height, width = mask.shape
    queue, size = deque([start]), 0
    labels[start] = number
    while queue:
        y, x = queue.popleft()
        size += 1
        for row, column in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
            if 0 <= row < height and 0 <= column < width and mask[row, column] and not labels[row, column]:
                labels[row, column] = number
                queue.append((row, column))
    return size
