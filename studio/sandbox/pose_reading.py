"""The skeleton picture of a figure: of all pose presets the one whose outline fits best, drawn where the figure is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from studio.config.presets import Presets
from studio.domain.skeleton import COLOURS, LIMBS, Point, Proportions, Skeleton, keypoints
from studio.sandbox.cutouts import background_mask

GRID = 48
"""Cells of the square in which outlines are compared."""

Box = tuple[int, int, int, int]


def pose_picture(picture: Image.Image) -> Image.Image:
    """An OpenPose picture on black, as large as the input."""
    figure = background_mask(picture.convert("RGB")) < 0.5
    box = _box(figure)
    points = _best_fit(_square(figure, box))
    out = Image.new("RGB", picture.size)
    _draw(out, points, box)
    return out


def _best_fit(outline: NDArray[np.bool_]) -> tuple[Point, ...]:
    poses = [pose.skeleton for pose in Presets().poses.values() if pose.skeleton is not None]
    candidates = [keypoints(skeleton, Proportions()) for skeleton in (Skeleton(), *poses)]
    return max(candidates, key=lambda points: _overlap(outline, _outline(points)))


def _overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).sum()) / max(1.0, float((one | other).sum()))


def _outline(points: tuple[Point, ...]) -> NDArray[np.bool_]:
    cells = Image.new("1", (GRID, GRID))
    pen = ImageDraw.Draw(cells)
    places = [(point.x * GRID, point.y * GRID) for point in points]
    for one, other in LIMBS:
        pen.line([places[one], places[other]], fill=1, width=4)
    shoulders_and_hips = [places[index] for index in (2, 5, 11, 8)]
    pen.polygon(shoulders_and_hips, fill=1)
    drawn = np.asarray(cells, dtype=np.bool_)
    return _square(drawn, _box(drawn))


def _box(figure: NDArray[np.bool_]) -> Box:
    rows, columns = np.flatnonzero(figure.any(axis=1)), np.flatnonzero(figure.any(axis=0))
    if len(rows) == 0:
        return 0, 0, figure.shape[1], figure.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _square(figure: NDArray[np.bool_], box: Box) -> NDArray[np.bool_]:
    """The figure's box in the middle of a grid, its shape kept."""
    cut = Image.fromarray(figure.astype(np.uint8) * 255, "L").crop(box)
    scale = GRID / max(cut.size)
    small = cut.resize((max(1, round(cut.width * scale)), max(1, round(cut.height * scale))), Image.Resampling.BOX)
    grid = Image.new("L", (GRID, GRID))
    grid.paste(small, ((GRID - small.width) // 2, (GRID - small.height) // 2))
    return np.asarray(grid) > 127


def _draw(out: Image.Image, points: tuple[Point, ...], box: Box) -> None:
    xs, ys = [point.x for point in points], [point.y for point in points]
    span_x, span_y = max(max(xs) - min(xs), 0.01), max(max(ys) - min(ys), 0.01)
    scale = min((box[2] - box[0]) / span_x, (box[3] - box[1]) / span_y) * 0.94
    left = (box[0] + box[2] - scale * (max(xs) + min(xs))) / 2
    top = (box[1] + box[3] - scale * (max(ys) + min(ys))) / 2
    places = [(left + point.x * scale, top + point.y * scale) for point in points]
    width = max(3, round(scale / 60))
    pen = ImageDraw.Draw(out)
    for colour, (one, other) in zip(COLOURS, LIMBS, strict=False):
        if points[one].seen and points[other].seen:
            pen.line([places[one], places[other]], fill=tuple(round(part * 0.6) for part in colour), width=width)
    for colour, point, (x, y) in zip(COLOURS, points, places, strict=True):
        if point.seen:
            pen.ellipse((x - width, y - width, x + width, y + width), fill=colour)
