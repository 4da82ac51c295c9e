"""From the world to pixels: the camera's rotation, its mild perspective, and the frame that holds the whole figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.domain.skeleton_rotation import Mat3, Vec3
from studio.imaging.shapes import Array, Blob, Shape

PERSPECTIVE = 4.2
"""Distance of the camera in heights of the figure; the same as the keypoints are seen from."""


def matrix(m: Mat3) -> Array:
    """A rotation as a 3 x 3 array whose columns are the turned axes."""
    return np.array(m, dtype=np.float32).T


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the world. `distance` 0 is parallel projection. Pixels: x right, y down, z towards the viewer."""

    rotation: Array
    pivot: Array
    distance: float
    scale: float = 1.0
    offset: tuple[float, float] = (0.0, 0.0)

    def enlarged(self, by: float, origin: tuple[int, int] = (0, 0)) -> Camera:
        """The same view in pixels `by` times as fine, counted from the pixel `origin` of the enlarged picture."""
        x, y = self.offset
        return Camera(
            self.rotation, self.pivot, self.distance, self.scale * by, (x * by - origin[0], y * by - origin[1])
        )

    def nearness(self, points: Array) -> Array:
        """How much larger things at these world points (n x 3) look than at the pivot."""
        depth = (points - self.pivot) @ self.rotation[2]
        if not self.distance:
            return np.ones_like(depth)
        return np.asarray(self.distance / np.maximum(self.distance - depth, 0.3), np.float32)

    def seen(self, points: Array) -> Array:
        """World points (n x 3) in pixels and depth in pixels."""
        turned = (points - self.pivot) @ self.rotation.T
        turned = turned * self.nearness(points)[:, None] * self.scale
        turned[:, 0] += self.offset[0]
        turned[:, 1] = self.offset[1] - turned[:, 1]
        return np.asarray(turned, np.float32)

    def world(self, x: Array, y: Array, z: Array) -> Array:
        """The world points (n x 3) that are seen at these pixels and depths: the inverse of `seen`."""
        warped = np.stack([x - self.offset[0], self.offset[1] - y, z], axis=-1) / self.scale
        if self.distance:
            warped = warped / (1 + warped[..., 2:3] / self.distance)
        return np.asarray(warped @ self.rotation + self.pivot, np.float32)

    def floor_depth(self, y: Array) -> Array:
        """The depth in pixels of the floor at picture rows `y`; far below zero above the horizon."""
        up = self.rotation[:, 1]
        height = float(self.pivot[1])
        rows = (self.offset[1] - y) / self.scale
        slope = up[2] + (height / self.distance if self.distance else 0.0)
        if slope < 1e-3:
            return np.full_like(y, -1e6)
        return np.asarray((-height - up[1] * rows) / slope * self.scale, np.float32)


def bounds(shapes: Sequence[Shape], camera: Camera) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of all shapes as the camera sees them."""
    low, high = np.full(2, np.inf), np.full(2, -np.inf)
    for shape in shapes:
        points = np.array([shape.a, shape.b] if isinstance(shape, Blob) else shape.corners, np.float32)
        seen = camera.seen(points)[:, :2]
        if isinstance(shape, Blob):
            radius = np.array([shape.ra, shape.rb], np.float32) * camera.nearness(points) * camera.scale
            reach = radius[:, None] * _spread(shape, camera)[None, :2]
        else:
            reach = np.zeros_like(seen)
        low = np.minimum(low, (seen - reach).min(axis=0))
        high = np.maximum(high, (seen + reach).max(axis=0))
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _spread(blob: Blob, camera: Camera) -> Array:
    """How far an ellipsoid of radius 1 reaches along the camera's axes."""
    if blob.axes is None:
        return np.ones(3, np.float32)
    axes = camera.rotation @ matrix(blob.axes)
    return np.asarray(np.sqrt(((axes * np.array(blob.stretch, np.float32)) ** 2).sum(axis=1)), np.float32)


def framed(
    shapes: Sequence[Shape], rotation: Mat3, size: tuple[int, int], *, margin: float = 0.07, closest: float = 1.3
) -> Camera:
    """A camera that holds all shapes inside a picture of `size` pixels with a margin on every side.

    A standing figure fills the height; one that is lower comes nearer, but no more than `closest` times.
    """
    width, height = size
    pivot = np.array(Vec3(0.0, 0.5, 0.0), np.float32)
    plain = Camera(matrix(rotation), pivot, PERSPECTIVE)
    left, top, right, bottom = bounds(shapes, plain)
    room_x, room_y = width * (1 - 2 * margin), height * (1 - 2 * margin)
    fit = min(room_x / max(right - left, 1e-6), room_y / max(bottom - top, 1e-6))
    scale = min(fit, closest * min(room_y, room_x * 1.8))
    spare = height - (bottom - top) * scale
    lower = min(spare * 0.5, height * margin * 1.25 + (spare - 2 * height * margin) * 0.42)
    return Camera(
        plain.rotation,
        pivot,
        PERSPECTIVE,
        scale,
        (width / 2 - (left + right) / 2 * scale, height - lower - bottom * scale),
    )
