"""Smooth curves through a few places, for tails and plumes."""

from __future__ import annotations

from collections.abc import Sequence

from studio.domain.skeleton_rotation import Vec3


def smoothed(points: Sequence[Vec3], radii: Sequence[float], parts: int) -> tuple[list[Vec3], list[float]]:
    """Points and radii with `parts` steps where there was one, on a Catmull-Rom curve through the given ones."""
    rows = [(*point, radius) for point, radius in zip(points, radii, strict=True)]
    padded = [rows[0], *rows, rows[-1]]
    found: list[tuple[float, ...]] = []
    for number in range(len(rows) - 1):
        before, start, end, after = padded[number : number + 4]
        for part in range(parts):
            t = part / parts
            found.append(tuple(_between(*values, t) for values in zip(before, start, end, after, strict=True)))
    found.append(rows[-1])
    return [Vec3(*row[:3]) for row in found], [max(row[3], 1e-4) for row in found]


def _between(before: float, start: float, end: float, after: float, t: float) -> float:
    slope, bend = end - before, 2 * before - 5 * start + 4 * end - after
    return start + 0.5 * t * (slope + t * (bend + t * (3 * (start - end) + after - before)))
