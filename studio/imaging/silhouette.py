"""Proportions read from a figure's outline: how many heads tall, how wide the shoulders, how long the legs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.imaging.figure_mask import Mask

UPRIGHT = 1.9
"""Height over width below which a figure is not standing, and its outline says nothing about its proportions."""
EVEN = 0.65
"""How much of the outline must lie on its own mirror image: below, the figure walks, turns or bends."""


@dataclass(frozen=True, slots=True)
class Silhouette:
    """Proportions of an upright figure; those that cannot be read are not there."""

    measures: dict[str, float]
    """`heads` (height in heads), `shoulders` and `legs` (widest of the upper body, and length, as shares of height)."""
    trouble: str = ""
    """Why there are none at all."""


def silhouette(mask: Mask) -> Silhouette:
    """Measure a figure's mask, whatever its size in pixels."""
    rows = np.nonzero(mask.any(1))[0]
    columns = np.nonzero(mask.any(0))[0]
    if len(rows) < 24:
        return Silhouette({}, "the figure is too small to measure")
    figure = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    axis, even = _mirror_axis(figure)
    # Hands may be above the head: it begins where the middle of the figure does.
    figure = figure[int(np.argmax(figure[:, axis])) :]
    height, width = figure.shape
    if height < UPRIGHT * width or even < EVEN:
        return Silhouette({}, "the figure does not stand straight, seen from the front or the back")
    runs = _trunk(figure, axis)
    neck = _neck(runs)
    if neck is None:
        return Silhouette({}, "no neck is to be seen in the outline")
    # The chin is a little above the narrowest row of the neck.
    head = max(4.0, 0.93 * neck)
    chest = runs[neck : neck + round(1.1 * head)]
    measures = {"heads": float(height / head), "shoulders": float(np.quantile(chest, 0.9)) / height}
    crotch = _crotch(figure)
    if crotch is not None:
        measures["legs"] = float(1 - crotch / height)
    return Silhouette(measures)


def _mirror_axis(figure: Mask) -> tuple[int, float]:
    """The column about which the figure is most like its mirror image, and how much of the two is common (0..1)."""
    width, whole = figure.shape[1], int(figure.sum())
    best, axis = 0.0, width // 2
    for column in range(width // 4, width - width // 4):
        reach = min(column, width - 1 - column)
        left, right = figure[:, column - reach : column + 1][:, ::-1], figure[:, column : column + reach + 1]
        beyond = whole - int(figure[:, column - reach : column + reach + 1].sum())
        common, either = int((left & right).sum()), int((left | right).sum()) + beyond
        if figure[:, column].any() and common > best * either:
            best, axis = common / either, column
    return axis, best


def _trunk(figure: Mask, axis: int) -> NDArray[np.float32]:
    """Width of the body row by row: of each row the run that goes on from the one above, arms beside it left out."""
    widths = np.zeros(len(figure), np.float32)
    low, high = axis, axis + 1
    for row, pixels in enumerate(figure):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], pixels.astype(np.int8), [0]])))
        runs = [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
        touching = [(min(end, high) - max(start, low), start, end) for start, end in runs]
        overlap, start, end = max(touching, default=(0, 0, 0))
        if overlap > 0:
            low, high = start, end
            widths[row] = end - start
    return widths


def _neck(widths: NDArray[np.float32]) -> int | None:
    """The row of the neck: the narrowest between the head's widest row and the shoulders; None when there is none."""
    height = len(widths)
    smooth = np.convolve(np.pad(widths, 2, mode="edge"), np.ones(5, np.float32) / 5, mode="valid")
    best: tuple[float, int] | None = None
    for row in range(round(0.07 * height), round(0.42 * height)):
        above = float(smooth[:row].max())
        below = float(smooth[row : row + max(3, round(0.13 * height))].max())
        narrow = float(smooth[row])
        if narrow < 0.86 * above and narrow < 0.8 * below:
            score = narrow / min(above, below)
            if best is None or score < best[0]:
                best = (score, row)
    return None if best is None else best[1]


def _crotch(figure: Mask) -> int | None:
    """The row in which the two legs part; None when the outline shows one leg or a gown."""
    height = len(figure)
    parted = [_legs(pixels) for pixels in figure]
    below = parted[round(0.4 * height) : round(0.93 * height)]
    if sum(below) < 0.45 * len(below):
        return None
    for row in range(round(0.4 * height), round(0.8 * height)):
        if all(parted[row : row + max(3, round(0.08 * height))]):
            return row
    return None


def _legs(pixels: NDArray[np.bool_]) -> bool:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], pixels.astype(np.int8), [0]])))
    wide = [end - start for start, end in edges.reshape(-1, 2) if end - start >= 2]
    return len(wide) >= 2
