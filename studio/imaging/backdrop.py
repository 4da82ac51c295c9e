"""The paper behind and under the figure: a seamless studio sweep that takes the figure's shadow."""

from __future__ import annotations

import numpy as np

from studio.imaging.camera import Camera
from studio.imaging.shadow import ShadowMap
from studio.imaging.shapes import Array, Colour


def sweep(size: tuple[int, int], camera: Camera, colour: Colour) -> Array:
    """The empty paper (height x width x 3, linear): lit from above the figure, falling off to the corners."""
    width, height = size
    y = (np.arange(height, dtype=np.float32) + 0.5)[:, None]
    x = (np.arange(width, dtype=np.float32) + 0.5)[None, :]
    foot_x, foot_y = camera.seen(np.zeros((1, 3), np.float32))[0, :2]
    span = np.float32(max(width, height))
    far = ((x - foot_x) / span) ** 2 * 1.2 + ((y - height * 0.45) / span) ** 2
    light = 1.02 - 0.30 * far
    floor = 1 / (1 + np.exp(-(y - foot_y + 0.16 * camera.scale) / (0.05 * camera.scale)))
    light = light * (1 - 0.075 * floor * np.exp(-(((x - foot_x) / (0.9 * span)) ** 2)))
    paper = np.array(colour, np.float32)
    return np.asarray(paper * light[..., None], np.float32)


def floor_shadow(size: tuple[int, int], camera: Camera, shadow: ShadowMap, taps: int, step: int) -> Array:
    """How much of the key light the floor gets (height x width, 0..1), worked out on every `step`-th pixel."""
    width, height = size
    y = np.arange(step / 2, height + step, step, dtype=np.float32)
    x = np.arange(step / 2, width + step, step, dtype=np.float32)
    depth = camera.floor_depth(y)
    usable = depth > -2.2 * camera.scale
    lit = np.ones((len(y), len(x)), np.float32)
    rows = np.nonzero(usable)[0]
    if len(rows):
        gx, gy = np.meshgrid(x, y[rows])
        gz = np.repeat(depth[rows][:, None], len(x), axis=1)
        points = camera.world(gx.ravel(), gy.ravel(), gz.ravel())
        near = (np.abs(points[:, 0]) < 1.6) & (np.abs(points[:, 2]) < 1.9)
        values = np.ones(len(points), np.float32)
        values[near] = shadow.reached(points[near], 0.34, taps)
        lit[rows] = values.reshape(gx.shape)
    lit = blurred(lit, max(1, round(0.006 * camera.scale / step)))
    return enlarged(lit, step, (height, width))


def enlarged(small: Array, step: int, size: tuple[int, int]) -> Array:
    """A picture of `step`-pixel cells blown up smoothly and cut to `size` (height, width)."""
    if step == 1:
        return small[: size[0], : size[1]]
    for axis in (0, 1):
        length = size[axis]
        place = (np.arange(length, dtype=np.float32) + 0.5) / step - 0.5
        low = np.clip(np.floor(place).astype(np.intp), 0, small.shape[axis] - 1)
        high = np.minimum(low + 1, small.shape[axis] - 1)
        part = np.clip(place - low, 0, 1)
        shape = (-1, 1) if axis == 0 else (1, -1)
        part = part.reshape(shape)
        small = np.take(small, low, axis) * (1 - part) + np.take(small, high, axis) * part
    return np.asarray(small, np.float32)


def blurred(picture: Array, radius: int) -> Array:
    """A soft blur by three running means along each axis; `radius` in pixels."""
    if radius < 1:
        return picture
    width = 2 * radius + 1
    for axis in (0, 1):
        for _ in range(3):
            pad = [(0, 0)] * picture.ndim
            pad[axis] = (radius + 1, radius)
            sums = np.cumsum(np.pad(picture, pad, mode="edge"), axis=axis, dtype=np.float64)
            high = np.take(sums, np.arange(width, sums.shape[axis]), axis)
            low = np.take(sums, np.arange(0, sums.shape[axis] - width), axis)
            picture = ((high - low) / width).astype(np.float32)
    return picture
