"""Drawing on surfaces: glowing circuit lines along limbs and chest, bands and patches of a second colour."""

from __future__ import annotations

from itertools import pairwise
from math import pi

import numpy as np

from studio.imaging.shapes import Array, Pattern

Line = tuple[tuple[float, float], ...]
"""A polyline; along a limb (degrees round it from the front outward, part of its length), on the trunk (across, up)."""


def limb_circuit(lines: tuple[Line, ...], length: float, radius: float, side: int, width: float) -> Pattern:
    """Glowing lines on a limb whose bone runs along -y; they end in dots."""
    around = radius * pi / 180

    def pattern(points: Array) -> tuple[Array, Array]:
        angle = np.arctan2(points[:, 0] * side, points[:, 2]) * np.float32(180 / pi)
        return _trace(angle * around, -points[:, 1], [_scaled(line, around, length) for line in lines], width)

    return pattern


def trunk_circuit(lines: tuple[Line, ...], breadth: float, height: float, width: float, front: bool) -> Pattern:
    """Glowing lines on the front or back of the trunk, the same on both sides of its middle."""

    def pattern(points: Array) -> tuple[Array, Array]:
        trim, glow = _trace(
            np.abs(points[:, 0]), points[:, 1], [_scaled(line, breadth, height) for line in lines], width
        )
        facing = np.clip(points[:, 2] * np.float32((1 if front else -1) * 80), 0, 1)
        return trim * facing, glow * facing

    return pattern


def both(one: Pattern, other: Pattern) -> Pattern:
    """Two patterns over each other."""

    def pattern(points: Array) -> tuple[Array, Array]:
        trim, glow = one(points)
        more, brighter = other(points)
        return np.maximum(trim, more), np.maximum(glow, brighter)

    return pattern


def patch(centre: tuple[float, float], reach: tuple[float, float], soft: float, *, front: bool = True) -> Pattern:
    """An oval of the second colour on the front (z > 0) or back; x across, y up, in the frame's own lengths."""

    def pattern(points: Array) -> tuple[Array, Array]:
        x, y = (points[:, 0] - centre[0]) / reach[0], (points[:, 1] - centre[1]) / reach[1]
        inside = np.clip((1 - np.sqrt(x * x + y * y)) / soft + 0.5, 0, 1)
        if front:
            inside = inside * (points[:, 2] > 0)
        return np.asarray(inside, np.float32), np.zeros(len(points), np.float32)

    return pattern


def beyond(axis: int, limit: float, soft: float, sign: int = 1) -> Pattern:
    """The second colour where a coordinate (0 x, 1 y, 2 z) passes a limit upward (sign 1) or downward (-1)."""

    def pattern(points: Array) -> tuple[Array, Array]:
        part = np.clip((points[:, axis] - limit) * sign / soft + 0.5, 0, 1)
        return np.asarray(part, np.float32), np.zeros(len(points), np.float32)

    return pattern


def gleam(width: float, bands: float) -> Pattern:
    """A glowing pane: the second colour comes in from one side, fine bright lines run across."""

    def pattern(points: Array) -> tuple[Array, Array]:
        part = np.clip(points[:, 0] / width * 0.5 + 0.5, 0, 1)
        lines = 0.5 + 0.5 * np.sin(points[:, 1] * np.float32(2 * pi / bands))
        return np.asarray(part, np.float32), np.asarray(0.12 * lines**6, np.float32)

    return pattern


def _scaled(line: Line, across: float, along: float) -> list[tuple[float, float]]:
    return [(x * across, y * along) for x, y in line]


def _trace(u: Array, v: Array, lines: list[list[tuple[float, float]]], width: float) -> tuple[Array, Array]:
    """How near points are to any of the lines, as coverage for the trim and for the glow."""
    nearest = np.full(len(u), np.inf, np.float32)
    for line in lines:
        for (x0, y0), (x1, y1) in pairwise(line):
            dx, dy = x1 - x0, y1 - y0
            t = np.clip(((u - x0) * dx + (v - y0) * dy) / max(dx * dx + dy * dy, 1e-9), 0, 1)
            nearest = np.minimum(nearest, np.hypot(u - x0 - t * dx, v - y0 - t * dy))
        x, y = line[-1]
        nearest = np.minimum(nearest, np.maximum(np.hypot(u - x, v - y) - width * 1.1, 0))
    on = np.clip((width - nearest) / (0.45 * width), 0, 1)
    return np.asarray(on, np.float32), np.asarray(on * 1.15, np.float32)
