"""From the world to pixels: the camera's rotation, its mild perspective."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.domain.skeleton_rotation import Mat3
from studio.imaging.shapes import Array

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
