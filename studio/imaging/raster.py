"""Drawing shapes into a depth buffer with normals: one closed formula per swept ellipsoid, no meshes, no ray marching.

Seen along z, the front of a swept ellipsoid at a pixel is the largest, over the sweep t in 0..1, of a line in t plus
the square root of a quadratic in t. That maximum has a closed form, so each shape costs a few array operations over
its bounding box.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.imaging.camera import Camera
from studio.imaging.projection import Projected, Solids, project
from studio.imaging.shapes import Array, Blob, Block

NOTHING = np.float32(-1e6)


@dataclass(slots=True)
class Surface:
    """What the camera sees, a value per pixel: depth (pixels, nearer is larger), normal (camera axes, y up), owner."""

    depth: Array
    normal: Array | None
    owner: NDArray[np.int16]
    group: NDArray[np.int16]


def rasterise(solids: Solids, camera: Camera, size: tuple[int, int], *, normals: bool = True) -> Surface:
    """Draws the shapes; `owner` holds each pixel's index into the shapes, -1 where there is nothing."""
    width, height = size
    surface = Surface(
        np.full((height, width), NOTHING, np.float32),
        np.zeros((height, width, 3), np.float32) if normals else None,
        np.full((height, width), -1, np.int16),
        np.full((height, width), -1, np.int16),
    )
    place = project(solids, camera)
    for number, (shape, box) in enumerate(zip(solids.shapes, _windows(place.low, place.high, size), strict=True)):
        if box[0] >= box[2] or box[1] >= box[3]:
            continue
        match shape:
            case Blob():
                _draw_blob(surface, shape, number, camera, place, box)
            case Block():
                _draw_block(surface, shape, number, camera, box)
    return surface


def _windows(low: Array, high: Array, size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of every shape inside the picture."""
    first = np.maximum(np.floor(low), 0).astype(int)
    last = np.minimum(np.ceil(high) + 1, np.array(size)).astype(int)
    return [(x0, y0, x1, y1) for (x0, y0), (x1, y1) in zip(first.tolist(), last.tolist(), strict=True)]


def _draw_blob(
    surface: Surface, blob: Blob, number: int, camera: Camera, place: Projected, box: tuple[int, int, int, int]
) -> None:
    rows, columns = slice(box[1], box[3]), slice(box[0], box[2])
    window = (rows, columns)
    seen, metric = place.seen[number], place.metric[number]
    r0, r1 = place.radii[number].tolist()
    step = seen[1] - seen[0]
    y = (np.arange(rows.start, rows.stop, dtype=np.float32) + np.float32(0.5) - seen[0, 1])[:, None]
    x = (np.arange(columns.start, columns.stop, dtype=np.float32) + np.float32(0.5) - seen[0, 0])[None, :]
    t, z, inside = _front(x, y, step, r0, r1 - r0, metric)
    z += seen[0, 2]
    melt = np.float32(blob.melt * camera.scale) if surface.normal is not None else np.float32(0)
    inside &= z > surface.depth[window] - melt
    iy, ix = np.nonzero(inside)
    if not len(iy):
        return
    t, z = t[iy, ix], z[iy, ix]
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
    start, end = blob.slopes
    seen = camera.rotation @ (axis / np.float32(long))
    along = (normal @ seen)[:, None]
    inner = ((t > 0) | blob.joined[0]) & ((t < 1) | blob.joined[1])
    normal += (np.float32(start) + t * np.float32(end - start) - along) * inner * seen


def _front(x: Array, y: Array, step: Array, r0: float, dr: float, m: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Sweep position, front depth and coverage over a window; x and y count from the blob's start."""
    (m11, m12, m13), (_, m22, m23), (_, _, m33) = m.tolist()
    dx, dy, dz = step.tolist()
    s11, s12, s22 = m11 - m13 * m13 / m33, m12 - m13 * m23 / m33, m22 - m23 * m23 / m33
    q0 = (r0 * r0 / m33 - x * x * (s11 / m33)) - y * y * (s22 / m33) - x * (2 * s12 / m33) * y
    lean = x * (-m13 / m33) - y * (m23 / m33)
    slope = dz + (m13 * dx + m23 * dy) / m33
    q2 = (dr * dr - (s11 * dx * dx + s22 * dy * dy + 2 * s12 * dx * dy)) / m33
    if abs(dx) + abs(dy) + abs(dz) < 1e-4:
        return np.zeros_like(q0), lean + np.sqrt(np.maximum(q0, 0)), q0 > 0
    q1 = x * (2 * (s11 * dx + s12 * dy) / m33) + y * (2 * (s12 * dx + s22 * dy) / m33) + 2 * r0 * dr / m33
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
        ahead = z - depth[index]
        near = np.flatnonzero(ahead < melt)
        if len(near):
            close = index[near]
            share = np.clip(0.5 + 0.5 * ahead[near] / melt, 0, 1)
            same = groups[close] == group
            normals, flowing = surface.normal.reshape(-1, 3), close[same]
            part, new = share[same], near[same]
            depth[flowing] = np.maximum(depth[flowing], z[new])
            normals[flowing] += (normal[new] - normals[flowing]) * part[:, None]
            owner[flowing[part > 0.5]] = number
            whole = ahead >= melt
            whole[near[~same]] = ahead[near[~same]] > 0
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


def _draw_block(surface: Surface, block: Block, number: int, camera: Camera, box: tuple[int, int, int, int]) -> None:
    rows, columns = slice(box[1], box[3]), slice(box[0], box[2])
    window = (rows, columns)
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
