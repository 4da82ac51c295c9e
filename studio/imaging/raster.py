"""Drawing shapes into a depth buffer with normals: one closed formula per swept ellipsoid, no meshes, no ray marching.

Seen along z, the front of a swept ellipsoid at a pixel is the largest, over the sweep t in 0..1, of a line in t plus
the square root of a quadratic in t. That maximum has a closed form, so each shape costs a few array operations over
its bounding box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.imaging.camera import Camera, matrix
from studio.imaging.shapes import Array, Blob, Block, Shape

NOTHING = np.float32(-1e6)


@dataclass(slots=True)
class Surface:
    """What the camera sees, a value per pixel: depth (pixels, nearer is larger), normal (camera axes, y up), owner."""

    depth: Array
    normal: Array | None
    owner: NDArray[np.int16]
    group: NDArray[np.int16]


def rasterise(shapes: Sequence[Shape], camera: Camera, size: tuple[int, int], *, normals: bool = True) -> Surface:
    """Draws the shapes; `owner` holds each pixel's index into `shapes`, -1 where there is nothing."""
    width, height = size
    surface = Surface(
        np.full((height, width), NOTHING, np.float32),
        np.zeros((height, width, 3), np.float32) if normals else None,
        np.full((height, width), -1, np.int16),
        np.full((height, width), -1, np.int16),
    )
    for number, shape in enumerate(shapes):
        match shape:
            case Blob():
                _draw_blob(surface, shape, number, camera)
            case Block():
                _draw_block(surface, shape, number, camera)
    return surface


def _window(surface: Surface, low: Array, high: Array) -> tuple[slice, slice] | None:
    """The rows and columns between two corners, or None when they lie outside the picture."""
    height, width = surface.depth.shape
    x0, y0 = max(0, int(np.floor(low[0]))), max(0, int(np.floor(low[1])))
    x1, y1 = min(width, int(np.ceil(high[0])) + 1), min(height, int(np.ceil(high[1])) + 1)
    if x0 >= x1 or y0 >= y1:
        return None
    return slice(y0, y1), slice(x0, x1)


def _metric(blob: Blob, camera: Camera) -> tuple[Array, Array]:
    """The quadratic form of the blob's ellipsoid in pixel axes (y down), and how far radius 1 reaches along each."""
    if blob.axes is None:
        return np.eye(3, dtype=np.float32), np.ones(3, np.float32)
    axes = camera.rotation @ matrix(blob.axes)
    axes[1] *= -1
    stretch = np.array(blob.stretch, np.float32)
    return (axes / stretch**2) @ axes.T, np.sqrt(((axes * stretch) ** 2).sum(axis=1))


def _draw_blob(surface: Surface, blob: Blob, number: int, camera: Camera) -> None:
    ends = np.array([blob.a, blob.b], np.float32)
    seen = camera.seen(ends)
    near = camera.nearness(ends) * camera.scale
    r0, r1 = float(blob.ra * near[0]), float(blob.rb * near[1])
    metric, spread = _metric(blob, camera)
    reach = np.array([[r0], [r1]], np.float32) * spread[None, :2]
    window = _window(surface, (seen[:, :2] - reach).min(axis=0), (seen[:, :2] + reach).max(axis=0))
    if window is None:
        return
    rows, columns = window
    step = seen[1] - seen[0]
    y = (np.arange(rows.start, rows.stop, dtype=np.float32) + np.float32(0.5) - seen[0, 1])[:, None]
    x = (np.arange(columns.start, columns.stop, dtype=np.float32) + np.float32(0.5) - seen[0, 0])[None, :]
    t, z, inside = _front(x, y, step, r0, r1 - r0, metric)
    z += seen[0, 2]
    melt = np.float32(blob.melt * camera.scale) if surface.normal is not None else np.float32(0)
    inside &= z > surface.depth[window] - melt
    local = np.flatnonzero(inside)
    if not len(local):
        return
    t, z = t.ravel()[local], z.ravel()[local]
    iy, ix = np.divmod(local, columns.stop - columns.start)
    index = (iy + rows.start) * surface.depth.shape[1] + (ix + columns.start)
    if blob.cuts:
        keep = _kept(blob, index, z, camera, surface.depth.shape[1])
        t, z, iy, ix, index = t[keep], z[keep], iy[keep], ix[keep], index[keep]
    if surface.normal is None:
        _merge(surface, index, z, None, blob.group, number, melt)
        return
    at = np.empty((len(z), 3), np.float32)
    at[:, 0] = x[0, ix] - t * step[0]
    at[:, 1] = y[iy, 0] - t * step[1]
    at[:, 2] = z - seen[0, 2] - t * step[2]
    normal = at @ (metric * np.array((1, -1, 1), np.float32))
    normal *= (1 / np.sqrt(np.einsum("ij,ij->i", normal, normal)))[:, None]
    if blob.slopes is not None:
        _round_over(normal, t[..., None], blob, camera)
    _merge(surface, index, z, normal, blob.group, number, melt)


def _round_over(normal: Array, t: Array, blob: Blob, camera: Camera) -> None:
    """Turns a cone's normals along its axis so that its taper runs over into its neighbours'."""
    assert blob.slopes is not None
    axis = np.array([p - q for p, q in zip(blob.b, blob.a, strict=True)], np.float32)
    long = float(np.sqrt(axis @ axis))
    if long < 1e-6:
        return
    own = (blob.ra - blob.rb) / long
    start, end = blob.slopes
    seen = camera.rotation @ (axis / np.float32(long))
    normal += (np.float32(start - own) + t * np.float32(end - start)) * ((t > 0) & (t < 1)) * seen


def _front(x: Array, y: Array, step: Array, r0: float, dr: float, m: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Sweep position, front depth and coverage over a window; x and y count from the blob's start."""
    m33 = m[2, 2]
    s11, s12, s22 = m[0, 0] - m[0, 2] ** 2 / m33, m[0, 1] - m[0, 2] * m[1, 2] / m33, m[1, 1] - m[1, 2] ** 2 / m33
    q0 = (r0 * r0 - (s11 * x * x + s22 * y * y + (2 * s12 * x) * y)) / m33
    lean = -(m[0, 2] * x + m[1, 2] * y) / m33
    dx, dy = step[0], step[1]
    slope = step[2] + (m[0, 2] * dx + m[1, 2] * dy) / m33
    q2 = float((dr * dr - (s11 * dx * dx + s22 * dy * dy + 2 * s12 * dx * dy)) / m33)
    if abs(step[0]) + abs(step[1]) + abs(step[2]) < 1e-4:
        return np.zeros_like(q0), lean + np.sqrt(np.maximum(q0, 0)), q0 > 0
    q1 = 2 * ((s11 * dx + s12 * dy) * x + (s12 * dx + s22 * dy) * y + r0 * dr) / m33
    if q2 > -1e-3:
        t = _end_on(q0, q1, q2, slope)
    else:
        spread = np.sqrt(np.maximum(q1 * q1 - 4 * q0 * q2, 0) / (slope * slope - q2))
        t = np.clip((-q1 - slope * spread) / (2 * q2), 0, 1)
    q = q0 + t * (q1 + t * q2)
    return t, lean + slope * t + np.sqrt(np.maximum(q, 0)), q > 0


def _end_on(q0: Array, q1: Array, q2: float, slope: float) -> Array:
    """A sweep that points at the viewer, so that one end hides the other: the best of a few stations along it."""
    best = np.full_like(q0, -np.inf)
    where = np.zeros_like(q0)
    for t in (0.0, 0.25, 0.5, 0.75, 1.0):
        q = q0 + t * (q1 + t * q2)
        z = np.where(q > 0, slope * t + np.sqrt(np.maximum(q, 0)), -np.inf)
        where = np.where(z > best, np.float32(t), where)
        best = np.maximum(best, z)
    return where


def _merge(
    surface: Surface,
    index: NDArray[np.intp],
    z: Array,
    normal: Array | None,
    group: int,
    number: int,
    melt: np.float32,
) -> None:
    """Puts a shape's pixels (flat indices) where they are in front, flowing into their own group's within `melt`."""
    depth, owner, groups = surface.depth.reshape(-1), surface.owner.reshape(-1), surface.group.reshape(-1)
    if melt > 0 and surface.normal is not None and normal is not None:
        old = depth[index]
        share = np.clip(0.5 + 0.5 * (z - old) / melt, 0, 1)
        share = np.where(groups[index] == group, share, (z > old).astype(np.float32))
        partial = (share > 0) & (share < 1)
        normals = surface.normal.reshape(-1, 3)
        some = index[partial]
        part, old, new = share[partial], old[partial], z[partial]
        depth[some] = np.maximum(old, new)
        normals[some] += (normal[partial] - normals[some]) * part[:, None]
        owner[some[part > 0.5]] = number
        whole = share >= 1
        index, z, normal = index[whole], z[whole], normal[whole]
    depth[index] = z
    if surface.normal is not None and normal is not None:
        surface.normal.reshape(-1, 3)[index] = normal
    owner[index] = number
    groups[index] = group


def _kept(shape: Blob, index: NDArray[np.intp], z: Array, camera: Camera, width: int) -> NDArray[np.bool_]:
    iy, ix = np.divmod(index, width)
    points = camera.world(ix.astype(np.float32) + 0.5, iy.astype(np.float32) + 0.5, z)
    keep = np.ones(len(z), np.bool_)
    for normal, limit in shape.cuts:
        keep &= points @ np.array(normal, np.float32) <= limit
    return keep


def _draw_block(surface: Surface, block: Block, number: int, camera: Camera) -> None:
    seen = camera.seen(np.array(block.corners, np.float32))
    window = _window(surface, seen[:, :2].min(axis=0), seen[:, :2].max(axis=0))
    if window is None:
        return
    rows, columns = window
    y = (np.arange(rows.start, rows.stop, dtype=np.float32) + np.float32(0.5))[:, None]
    x = (np.arange(columns.start, columns.stop, dtype=np.float32) + np.float32(0.5))[None, :]
    shape = (rows.stop - rows.start, columns.stop - columns.start)
    front, second = np.full(shape, np.inf, np.float32), np.full(shape, np.inf, np.float32)
    back = np.full(shape, -np.inf, np.float32)
    normal, next_normal = np.zeros((*shape, 3), np.float32), np.zeros((*shape, 3), np.float32)
    for world, limit in block.planes:
        n, plane = _plane_depth(np.array(world, np.float32), limit, camera, x, y)
        if n[2] < 0:
            back = np.maximum(back, plane)
            continue
        nearer = plane < front
        between = ~nearer & (plane < second)
        second = np.where(nearer, front, np.where(between, plane, second))
        next_normal = np.where(nearer[..., None], normal, np.where(between[..., None], n, next_normal))
        front = np.where(nearer, plane, front)
        normal = np.where(nearer[..., None], n, normal)
    edge = np.float32(max(block.edge * camera.scale, 1e-3))
    mix = np.clip(0.5 - 0.5 * (second - front) / edge, 0, 0.5)
    normal = normal * (1 - mix)[..., None] + next_normal * mix[..., None]
    visible = (front > back) & np.isfinite(front) & (front > surface.depth[window])
    iy, ix = np.nonzero(visible)
    index = (iy + rows.start) * surface.depth.shape[1] + (ix + columns.start)
    bent = normal[iy, ix] if surface.normal is not None else None
    _merge(surface, index, front[iy, ix], bent, -2, number, np.float32(0))


def _plane_depth(world: Array, limit: float, camera: Camera, x: Array, y: Array) -> tuple[Array, Array]:
    """A plane's normal in camera axes and its depth at every pixel."""
    n = camera.rotation @ world
    rest = limit - float(world @ camera.pivot)
    px, py = (x - camera.offset[0]) / camera.scale, (camera.offset[1] - y) / camera.scale
    slope = float(n[2]) - (rest / camera.distance if camera.distance else 0.0)
    if abs(slope) < 1e-4:
        slope = 1e-4
    facing = np.array([n[0], n[1], slope], np.float32)
    return facing, (rest - n[0] * px - n[1] * py) / slope * camera.scale
