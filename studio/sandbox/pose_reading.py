"""The skeleton picture of a figure: of all pose presets the one whose outline fits best, drawn where the figure is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from studio.config.presets import Presets
from studio.domain.skeleton import COLOURS, LIMBS, Point, Proportions, Skeleton, keypoints
from studio.domain.skeleton_view import MARGIN
from studio.sandbox.cutouts import background_mask

GRID = 48
"""Cells of the square in which outlines are compared."""

Cells = NDArray[np.floating[Any]]
Box = tuple[int, int, int, int]


def pose_picture(picture: Image.Image) -> Image.Image:
    """An OpenPose picture on black, as large as the input."""
    figure = background_mask(picture.convert("RGB")) < 0.5
    box = _box(figure)
    points = _best_fit(_square(figure, box))[1]
    out = Image.new("RGB", picture.size)
    _draw(out, points, box)
    return out


def skeleton_in(picture: Image.Image) -> Skeleton:
    """The pose preset whose outline lies nearest to the figure of a picture."""
    figure = background_mask(picture.convert("RGB")) < 0.5
    return _best_fit(_square(figure, _box(figure)))[0]


def _best_fit(outline: Cells) -> tuple[Skeleton, tuple[Point, ...]]:
    poses = [pose.skeleton for pose in Presets().poses.values() if pose.skeleton is not None]
    builds = [Proportions(heads) for heads in (5.0, 7.0)]
    candidates = [(skeleton, keypoints(skeleton, build)) for skeleton in (Skeleton(), *poses) for build in builds]
    return max(candidates, key=lambda one: float((outline * _outline(one[1])).sum()))


def _outline(points: tuple[Point, ...]) -> Cells:
    cells = Image.new("L", (GRID, GRID))
    pen = ImageDraw.Draw(cells)
    places = [(point.x * GRID, point.y * GRID) for point in points]
    for one, other in LIMBS:
        pen.line([places[one], places[other]], fill=255, width=3)
    pen.polygon([places[index] for index in (2, 5, 11, 8)], fill=255)
    x, y = places[0]
    pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=255)
    return _softened(cells)


def _softened(cells: Image.Image) -> Cells:
    """The cells blurred and of length 1, so that their products are likenesses."""
    soft = np.asarray(cells.filter(ImageFilter.GaussianBlur(1.6)), dtype=np.float32)
    return np.asarray(soft / max(1.0, float(np.linalg.norm(soft))), dtype=np.float32)


def _box(figure: NDArray[np.bool_]) -> Box:
    rows, columns = np.flatnonzero(figure.any(axis=1)), np.flatnonzero(figure.any(axis=0))
    if len(rows) == 0:
        return 0, 0, figure.shape[1], figure.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _square(figure: NDArray[np.bool_], box: Box) -> Cells:
    """The figure's box in the middle of a grid, as large as keypoints have it in their unit square."""
    cut = Image.fromarray(figure.astype(np.uint8) * 255, "L").crop(box)
    scale = GRID * (1 - 2 * MARGIN) / max(cut.size)
    small = cut.resize((max(1, round(cut.width * scale)), max(1, round(cut.height * scale))), Image.Resampling.BOX)
    grid = Image.new("L", (GRID, GRID))
    grid.paste(small, ((GRID - small.width) // 2, (GRID - small.height) // 2))
    return _softened(grid)


def _draw(out: Image.Image, points: tuple[Point, ...], box: Box) -> None:
    scale = max(box[2] - box[0], box[3] - box[1]) / (1 - 2 * MARGIN)
    middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    places = [(middle_x + (point.x - 0.5) * scale, middle_y + (point.y - 0.5) * scale) for point in points]
    width = max(3, round(scale / 60))
    pen = ImageDraw.Draw(out)
    for colour, (one, other) in zip(COLOURS, LIMBS, strict=False):
        if points[one].seen and points[other].seen:
            pen.line([places[one], places[other]], fill=tuple(round(part * 0.6) for part in colour), width=width)
    for colour, point, (x, y) in zip(COLOURS, points, places, strict=True):
        if point.seen:
            pen.ellipse((x - width, y - width, x + width, y + width), fill=colour)
