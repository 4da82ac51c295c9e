"""All shapes of a figure as arrays, and where they fall in a camera's picture, worked out at once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.domain.skeleton_rotation import IDENTITY, Mat3, Vec3
from studio.imaging.camera import PERSPECTIVE, Camera, matrix
from studio.imaging.shapes import Array, Blob, Shape


@dataclass(frozen=True, slots=True)
class Solids:
    """Shapes with the ends, radii and axes of the blobs among them as arrays; blocks have zeros there."""

    shapes: tuple[Shape, ...]
    ends: Array
    radii: Array
    axes: Array
    stretch: Array


@dataclass(frozen=True, slots=True)
class Projected:
    """Per shape, in pixels: the seen ends (n x 2 x 3), radii (n x 2), metric (n x 3 x 3, y down), and its corners."""

    seen: Array
    radii: Array
    metric: Array
    low: Array
    high: Array

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of everything."""
        low, high = self.low.min(axis=0), self.high.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def gather(shapes: Sequence[Shape]) -> Solids:
    """Reads shapes into arrays."""
    none = Vec3(0, 0, 0)
    blobs = [shape if isinstance(shape, Blob) else None for shape in shapes]
    return Solids(
        tuple(shapes),
        np.array([(b.a, b.b) if b else (none, none) for b in blobs], np.float32),
        np.array([(b.ra, b.rb) if b else (0, 0) for b in blobs], np.float32),
        np.array([(b.axes if b else None) or IDENTITY for b in blobs], np.float32).transpose(0, 2, 1),
        np.array([b.stretch if b else (1, 1, 1) for b in blobs], np.float32),
    )


def project(solids: Solids, camera: Camera) -> Projected:
    """Where every shape falls in the camera's picture."""
    count = len(solids.shapes)
    flat = solids.ends.reshape(-1, 3)
    seen = camera.seen(flat).reshape(count, 2, 3)
    radii = solids.radii * camera.nearness(flat).reshape(count, 2) * np.float32(camera.scale)
    axes = np.einsum("ij,njk->nik", camera.rotation, solids.axes)
    axes[:, 1] *= -1
    metric = np.einsum("nik,nk,njk->nij", axes, 1 / solids.stretch**2, axes)
    spread = np.sqrt(np.einsum("nik,nk->ni", axes**2, solids.stretch**2))[:, None, :2]
    reach = radii[..., None] * spread
    low, high = (seen[..., :2] - reach).min(axis=1), (seen[..., :2] + reach).max(axis=1)
    for number, shape in enumerate(solids.shapes):
        if not isinstance(shape, Blob):
            corners = camera.seen(np.array(shape.corners, np.float32))[:, :2]
            low[number], high[number] = corners.min(axis=0), corners.max(axis=0)
    return Projected(seen, radii, metric, low, high)


def framed(
    solids: Solids, rotation: Mat3, size: tuple[int, int], *, margin: float = 0.07, closest: float = 1.3
) -> Camera:
    """A camera that holds all shapes inside a picture of `size` pixels with a margin on every side.

    A standing figure fills the height; one that is lower comes nearer, but no more than `closest` times.
    """
    width, height = size
    pivot = np.array((0.0, 0.5, 0.0), np.float32)
    plain = Camera(matrix(rotation), pivot, PERSPECTIVE)
    left, top, right, bottom = project(solids, plain).bounds()
    room_x, room_y = width * (1 - 2 * margin), height * (1 - 2 * margin)
    fit = min(room_x / max(right - left, 1e-6), room_y / max(bottom - top, 1e-6))
    scale = min(fit, closest * min(room_y, room_x * 1.8))
    spare = height - (bottom - top) * scale
    lower = min(spare * 0.5, height * margin * 1.25 + (spare - 2 * height * margin) * 0.42)
    offset = (width / 2 - (left + right) / 2 * scale, height - lower - bottom * scale)
    return Camera(plain.rotation, pivot, PERSPECTIVE, scale, offset)
