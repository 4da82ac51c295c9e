"""What the key light reaches: a depth map seen from the light, and soft look-ups into it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np

from studio.domain.skeleton_rotation import Vec3
from studio.imaging.camera import Camera
from studio.imaging.projection import Solids, project
from studio.imaging.raster import NOTHING, rasterise
from studio.imaging.shapes import Array

_GOLDEN = pi * (3 - sqrt(5))


@dataclass(frozen=True, slots=True)
class ShadowMap:
    """Depth as the light sees it. `reached` tells for world points how much of the light arrives, 0 to 1."""

    depth: Array
    camera: Camera

    def reached(self, points: Array, softness: float, taps: int) -> Array:
        """Light that arrives at world points (n x 3). `softness` is the blur in heights per height of distance."""
        seen = self.camera.seen(points)
        gap = self._gap(seen, taps)
        radius = np.clip(gap * softness, 0.006 * self.camera.scale, 0.09 * self.camera.scale)
        bias = np.float32(0.012 * self.camera.scale)
        lit = np.zeros(len(points), np.float32)
        for tap in range(taps):
            away, angle = sqrt((tap + 0.5) / taps), tap * _GOLDEN
            blocker = self._at(seen[:, 0] + radius * (away * cos(angle)), seen[:, 1] + radius * (away * sin(angle)))
            lit += np.clip((seen[:, 2] + bias - blocker) / bias + 1, 0, 1)
        return lit / np.float32(taps)

    def _gap(self, seen: Array, taps: int) -> Array:
        """How far off what stands in the light is, on average, in pixels of the map."""
        total, count = np.zeros(len(seen), np.float32), np.zeros(len(seen), np.float32)
        reach = 0.05 * self.camera.scale
        for tap in range(taps):
            away, angle = reach * sqrt((tap + 0.5) / taps), tap * _GOLDEN
            gap = self._at(seen[:, 0] + away * cos(angle), seen[:, 1] + away * sin(angle)) - seen[:, 2]
            blocks = gap > 0.012 * self.camera.scale
            total += np.where(blocks, gap, 0)
            count += blocks
        return np.asarray(total / np.maximum(count, 1), np.float32)

    def _at(self, x: Array, y: Array) -> Array:
        height, width = self.depth.shape
        column = np.clip(x, 0, width - 1).astype(np.intp)
        row = np.clip(y, 0, height - 1).astype(np.intp)
        return np.asarray(self.depth[row, column], np.float32)


def cast(solids: Solids, light: Vec3, resolution: int) -> ShadowMap:
    """The shadow map of a far light that shines from the direction `light` (a unit vector towards the light)."""
    flat = sqrt(light.x**2 + light.z**2) or 1e-6
    right = Vec3(light.z / flat, 0.0, -light.x / flat)
    up = Vec3(-light.x * light.y / flat, flat, -light.z * light.y / flat)
    rows = np.array([right, up, light], np.float32)
    plain = Camera(rows, np.array((0.0, 0.5, 0.0), np.float32), 0.0)
    left, top, far, bottom = project(solids, plain).bounds()
    scale = (resolution - 8) / max(far - left, bottom - top)
    camera = Camera(rows, plain.pivot, 0.0, scale, (4 - left * scale, 4 - top * scale))
    size = (int((far - left) * scale) + 8, int((bottom - top) * scale) + 8)
    surface = rasterise(solids, camera, size, normals=False)
    depth = surface.depth
    depth[[0, -1], :] = NOTHING
    depth[:, [0, -1]] = NOTHING
    return ShadowMap(depth, camera)


def towards(yaw: float, height: float) -> Vec3:
    """The direction of a light `yaw` radians to the right of the viewer and `height` radians above the horizon."""
    return Vec3(sin(yaw) * cos(height), sin(height), cos(yaw) * cos(height))
