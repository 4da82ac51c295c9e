"""From shapes to a picture: camera, surface, light, shadow, glow, paper; everything in linear light until the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.domain.skeleton_rotation import Mat3
from studio.imaging.backdrop import blurred, enlarged, floor_shadow, sweep
from studio.imaging.camera import Camera, bounds, framed
from studio.imaging.lighting import Lamps, Skin, lamps, shade, toned
from studio.imaging.occlusion import occlusion
from studio.imaging.raster import NOTHING, Surface, rasterise
from studio.imaging.shadow import ShadowMap, cast
from studio.imaging.shapes import Array, Blob, Colour, Shape


@dataclass(frozen=True, slots=True)
class Quality:
    """How finely to draw: `fine` samples per pixel side, taps for shadow and occlusion, the shadow map's side."""

    fine: int
    taps: int
    shadow_side: int
    floor_step: int


DRAFT = Quality(1, 7, 220, 4)
FINAL = Quality(2, 12, 420, 2)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A picture in linear light: `figure` (premultiplied), `alpha`, `glow`, and the `paper` with its shadow."""

    figure: Array
    alpha: Array
    glow: Array
    paper: Array
    camera: Camera

    def on_paper(self) -> Array:
        """The figure on its paper, 0..1 linear, height x width x 3."""
        return np.asarray(self.figure + self.paper * (1 - self.alpha[..., None]) + self.glow, np.float32)


def render(
    shapes: Sequence[Shape], view: Mat3, size: tuple[int, int], paper: Colour, quality: Quality, nudge: float = 0.0
) -> Rendered:
    """Draws the shapes as `view` (world to camera) shows them, whole and with a margin, on paper of one colour."""
    camera = framed(shapes, view, size)
    light = lamps(view, nudge)
    shadow = cast(shapes, light.key, quality.shadow_side)
    window = _crop(shapes, camera, size)
    x0, y0, x1, y1 = window
    fine = quality.fine
    close = camera.enlarged(fine, (x0 * fine, y0 * fine))
    surface = rasterise(shapes, close, ((x1 - x0) * fine, (y1 - y0) * fine))
    opening = _opening(surface, close, light, quality)
    lit, alpha, glow = _figure(shapes, surface, close, light, shadow, opening, quality)
    ground = sweep(size, camera, paper)
    shade_floor = floor_shadow(size, camera, shadow, quality.taps, quality.floor_step)
    under = np.ones((size[1], size[0]), np.float32)
    small = opening[::fine, ::fine]
    under[y0:y1, x0:x1] = small
    dark = (0.52 + 0.48 * shade_floor) * (0.30 + 0.70 * under)
    ground = ground * (dark[..., None] ** np.array((1.0, 0.985, 0.955), np.float32))
    whole = Rendered(
        _placed(lit, window, size), _placed(alpha, window, size), _bloom(_placed(glow, window, size)), ground, camera
    )
    return whole


def _crop(shapes: Sequence[Shape], camera: Camera, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The window the figure and the dark under it need, in pixels of the picture."""
    left, top, right, bottom = bounds(shapes, camera)
    pad = 0.07 * camera.scale + 2
    return (
        max(0, int(left - pad)),
        max(0, int(top - pad)),
        min(size[0], int(right + pad) + 1),
        min(size[1], int(bottom + pad) + 1),
    )


def _opening(surface: Surface, camera: Camera, light: Lamps, quality: Quality) -> Array:
    """Ambient light per fine pixel, the floor included; worked out on every second fine pixel."""
    assert surface.normal is not None
    step = quality.fine
    surface.normal /= np.maximum(np.sqrt((surface.normal**2).sum(axis=-1, keepdims=True)), 1e-6)
    depth, normal = surface.depth[::step, ::step].copy(), surface.normal[::step, ::step].copy()
    empty = depth <= NOTHING / 2
    rows = (np.arange(depth.shape[0], dtype=np.float32) + 0.5) * step
    floor = np.maximum(camera.floor_depth(rows), -1.5 * camera.scale)
    depth = np.where(empty, floor[:, None], depth) / np.float32(step)
    ground = np.asarray(floor > -1.4 * camera.scale)[:, None] & empty
    normal[ground] = light.up
    radius = 0.055 * camera.scale / step
    open_far = occlusion(depth, normal, radius, quality.taps + 2)
    open_near = occlusion(depth, normal, radius * 0.33, quality.taps // 2 + 2)
    open_far[empty & ~ground] = 1
    return enlarged(open_far * open_near, step, (surface.depth.shape[0], surface.depth.shape[1]))


def _figure(
    shapes: Sequence[Shape],
    surface: Surface,
    camera: Camera,
    light: Lamps,
    shadow: ShadowMap,
    opening: Array,
    quality: Quality,
) -> tuple[Array, Array, Array]:
    """Colour (premultiplied), coverage and glow of the figure at the picture's own pixels."""
    assert surface.normal is not None
    iy, ix = np.nonzero(surface.owner >= 0)
    owner, normal = surface.owner[iy, ix], surface.normal[iy, ix]
    points = camera.world(ix.astype(np.float32) + 0.5, iy.astype(np.float32) + 0.5, surface.depth[iy, ix])
    skin = _skin(shapes, owner, points)
    spin = (ix * 1.9 + iy * 2.7).astype(np.float32) if quality.fine > 1 else 0.0
    facing = (normal @ light.seen_key)[:, None]
    lit = shadow.reached(points + facing * 0.0, 0.16, quality.taps, spin)
    colour = toned(shade(normal, skin, light, lit, opening[iy, ix]))
    height, width = surface.owner.shape
    full = np.zeros((height, width, 5), np.float32)
    full[iy, ix, :3] = colour
    full[iy, ix, 3] = 1
    full[iy, ix, 4] = skin.glow
    fine = quality.fine
    small = full.reshape(height // fine, fine, width // fine, fine, 5).mean(axis=(1, 3)) if fine > 1 else full
    glow = small[..., :3] * np.clip(small[..., 4:5], 0, 1.5)
    return small[..., :3], small[..., 3], glow


def _skin(shapes: Sequence[Shape], owner: Array, points: Array) -> Skin:
    """The material under every pixel, patterns drawn in."""
    materials = [shape.material for shape in shapes]
    table = np.array([(*m.colour, m.shine, m.polish, m.glow, m.metal, m.flesh) for m in materials], np.float32)
    values = table[owner]
    for number, shape in enumerate(shapes):
        if not isinstance(shape, Blob) or shape.pattern is None or shape.local is None:
            continue
        own = np.nonzero(owner == number)[0]
        if not len(own):
            continue
        axes = np.array(shape.local.rotation, np.float32)
        inner = (points[own] - np.array(shape.local.origin, np.float32)) @ axes.T
        trim, glow = shape.pattern(inner)
        values[own, :3] += (np.array(shape.material.trim, np.float32) - values[own, :3]) * trim[:, None]
        values[own, 5] += glow
    return Skin(values[:, :3], values[:, 3], values[:, 4], values[:, 5], values[:, 6], values[:, 7])


def _placed(part: Array, window: tuple[int, int, int, int], size: tuple[int, int]) -> Array:
    x0, y0, x1, y1 = window
    whole = np.zeros((size[1], size[0], *part.shape[2:]), np.float32)
    whole[y0:y1, x0:x1] = part
    return whole


def _bloom(glow: Array) -> Array:
    """The halo of glowing things: a tight one and a wide one."""
    if not glow.any():
        return np.zeros_like(glow)
    step = 4
    height, width = glow.shape[:2]
    pad = ((0, -height % step), (0, -width % step), (0, 0))
    padded = np.pad(glow, pad)
    small = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step, 3).mean(axis=(1, 3))
    unit = max(height, width) / 1024 * 3
    halo = blurred(small, max(1, round(unit))) * 0.9 + blurred(small, max(2, round(unit * 4))) * 0.7
    return np.stack([enlarged(halo[..., c], step, (height, width)) for c in range(3)], axis=-1)
