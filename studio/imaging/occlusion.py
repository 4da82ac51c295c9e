"""Ambient occlusion from what the camera sees: creases, joints and the floor under the feet get less sky."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

import numpy as np

from studio.imaging.shapes import Array

_GOLDEN = pi * (3 - sqrt(5))


def occlusion(depth: Array, normal: Array, radius: float, taps: int = 14) -> Array:
    """How open each pixel is to the sky, 0 (shut in) to 1. `radius` in pixels; depth in pixels, nearer is larger.

    Samples lie on a spiral; a sample counts by how far it stands up over the pixel's tangent plane.
    """
    height, width = depth.shape
    shut = np.zeros_like(depth)
    soft = np.float32((0.22 * radius) ** 2)
    for tap in range(taps):
        reach, angle = radius * (tap + 1) / taps, tap * _GOLDEN * 1.618
        dx, dy = round(reach * cos(angle)), round(reach * sin(angle))
        here, there = _overlap(height, width, dx, dy)
        rise = depth[there] - depth[here]
        square = rise * rise + np.float32(dx * dx + dy * dy)
        n = normal[here]
        up = n[..., 0] * np.float32(dx) - n[..., 1] * np.float32(dy) + n[..., 2] * rise
        near = np.clip(1.8 - np.abs(rise) / np.float32(radius), 0, 1)
        shut[here] += np.maximum(up - np.float32(0.11 * radius), 0) * near * np.float32(reach) / (square + soft)
    return np.asarray(np.clip(1 - shut * np.float32(1.7 / taps), 0, 1), np.float32)


def _overlap(height: int, width: int, dx: int, dy: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Two windows of equal size, the second shifted by dx, dy from the first."""
    here = (slice(max(0, -dy), min(height, height - dy)), slice(max(0, -dx), min(width, width - dx)))
    there = (slice(max(0, dy), min(height, height + dy)), slice(max(0, dx), min(width, width + dx)))
    return here, there
