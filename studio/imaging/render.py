"""From shapes to a picture: camera, surface, light, shadow, glow, paper; everything in linear light until the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.domain.skeleton_rotation import Mat3
from studio.imaging.backdrop import blurred, enlarged, floor_shadow, sweep
from studio.imaging.camera import Camera
from studio.imaging.lighting import Lamps, Skin, lamps, shade, toned
from studio.imaging.occlusion import occlusion
from studio.imaging.projection import Solids, framed, gather, project
from studio.imaging.raster import NOTHING, Surface, rasterise
from studio.imaging.shadow import ShadowMap, cast
from studio.imaging.shapes import Array, Blob, Colour, Shape

Owners = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Quality:
    """How finely to draw: `fine` samples per pixel side, taps for shadow and occlusion, the shadow map's side.

    `rough` (0..1) is how lumpy the clay still is.
    """

    fine: int
    taps: int
    shadow_side: int
    floor_step: int
    rough: float = 0.0


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
    solids = gather(shapes)
    camera = framed(solids, view, size)
    light = lamps(view, nudge)
    shadow = cast(solids, light.key, quality.shadow_side)
    window = _crop(solids, camera, size)
    x0, y0, x1, y1 = window
    fine = quality.fine
    close = camera.enlarged(fine, (x0 * fine, y0 * fine))
    surface = rasterise(solids, close, ((x1 - x0) * fine, (y1 - y0) * fine))
    _knead(surface, quality.rough, max(2.0, 0.018 * close.scale))
    opening = _opening(surface, close, light, quality)
    lit, alpha, glow = _figure(_Lit(shapes, close, light, shadow, quality.taps), surface, opening, fine)
    ground = sweep(size, camera, paper)
    shade_floor = floor_shadow(size, camera, shadow, quality.taps, quality.floor_step)
    under = np.ones((size[1], size[0]), np.float32)
    under[y0:y1, x0:x1] = opening
    dark = (0.50 + 0.50 * shade_floor) * (0.30 + 0.70 * under)
    ground = ground * (dark[..., None] ** np.array((1.0, 0.985, 0.955), np.float32))
    return Rendered(
        _placed(lit, window, size), _placed(alpha, window, size), _bloom(_placed(glow, window, size)), ground, camera
    )


def _knead(surface: Surface, rough: float, lump: float) -> None:
    """Lumps and thumb marks of unfinished clay, `lump` fine pixels wide: the surface's normals are pushed about."""
    if rough <= 0 or surface.normal is None:
        return
    height, width = surface.depth.shape
    step = max(1, round(lump))
    noise = np.random.default_rng(7)
    for axis in (0, 1):
        dents = noise.standard_normal((height // step + 2, width // step + 2)).astype(np.float32)
        surface.normal[..., axis] += enlarged(dents, step, (height, width)) * np.float32(0.26 * rough)


def _crop(solids: Solids, camera: Camera, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The window the figure and the dark under it need, in pixels of the picture."""
    left, top, right, bottom = project(solids, camera).bounds()
    pad = 0.07 * camera.scale + 2
    return (
        max(0, int(left - pad)),
        max(0, int(top - pad)),
        min(size[0], int(right + pad) + 1),
        min(size[1], int(bottom + pad) + 1),
    )


def _opening(surface: Surface, camera: Camera, light: Lamps, quality: Quality) -> Array:
    """How open to the sky each pixel of the picture is, the floor included."""
    assert surface.normal is not None
    fine = quality.fine
    depth, normal = surface.depth[::fine, ::fine].copy(), surface.normal[::fine, ::fine].copy()
    empty = depth <= NOTHING / 2
    rows = (np.arange(depth.shape[0], dtype=np.float32) + 0.5) * fine
    floor = np.maximum(camera.floor_depth(rows), -1.5 * camera.scale)
    depth = np.where(empty, floor[:, None], depth) / np.float32(fine)
    ground = np.asarray(floor > -1.4 * camera.scale)[:, None] & empty
    normal[ground] = light.up
    radius = 0.055 * camera.scale / fine
    near = occlusion(depth, normal, radius * 0.33, quality.taps // 2 + 1)
    far = occlusion(depth[::2, ::2] / 2, normal[::2, ::2], radius / 2, quality.taps)
    opened = near * enlarged(far, 2, (depth.shape[0], depth.shape[1]))
    opened[empty & ~ground] = 1
    return np.asarray(opened, np.float32)


@dataclass(frozen=True, slots=True)
class _Lit:
    """Everything that shades a sample."""

    shapes: Sequence[Shape]
    camera: Camera
    light: Lamps
    shadow: ShadowMap
    taps: int

    def samples(self, x: Array, y: Array, z: Array, normal: Array, owner: Owners, opening: Array) -> Array:
        """Colour, coverage and glow (n x 5) of samples at fine pixels."""
        normal = normal * (1 / np.sqrt(np.maximum(np.einsum("ij,ij->i", normal, normal), 1e-9)))[:, None]
        points = self.camera.world(x, y, z)
        skin = _skin(self.shapes, owner, points)
        outward = (normal @ self.camera.rotation) * np.float32(0.010)
        lit = self.shadow.reached(points + outward, 0.14, self.taps)
        out = np.empty((len(z), 5), np.float32)
        pure = np.clip(skin.glow, 0, 1)[:, None]
        out[:, :3] = toned(shade(normal, skin, self.light, lit, opening)) * (1 - pure) + skin.colour * pure
        out[:, 3] = 1
        out[:, 4] = skin.glow
        return out


def _figure(lit: _Lit, surface: Surface, opening: Array, fine: int) -> tuple[Array, Array, Array]:
    """Colour (premultiplied), coverage and glow of the figure at the picture's own pixels.

    A pixel whose fine samples all lie on one shape is shaded once; only pixels on an edge are shaded sample by sample.
    """
    assert surface.normal is not None
    height, width = opening.shape
    wide = width * fine
    steps = [(down, across) for down in range(fine) for across in range(fine)]
    views = [surface.owner[down::fine, across::fine] for down, across in steps]
    depths = [surface.depth[down::fine, across::fine] for down, across in steps]
    low, high = depths[0], depths[0]
    same, any_owner = np.ones((height, width), np.bool_), views[0] >= 0
    for view, depth in zip(views[1:], depths[1:], strict=True):
        same &= view == views[0]
        any_owner = any_owner | (view >= 0)
        low, high = np.minimum(low, depth), np.maximum(high, depth)
    same &= high - low < 0.02 * lit.camera.scale
    out = np.zeros((height * width, 5), np.float32)
    _shade_inside(lit, surface, np.flatnonzero(same & any_owner), opening, fine, out)
    edges = np.flatnonzero(any_owner & ~same)
    y, x = np.divmod(edges, width)
    for down, across in steps:
        index = (y * fine + down) * wide + x * fine + across
        filled = surface.owner.reshape(-1)[index] >= 0
        index, pixel = index[filled], edges[filled]
        fy, fx = np.divmod(index, wide)
        out[pixel] += lit.samples(
            fx.astype(np.float32) + 0.5, fy.astype(np.float32) + 0.5, surface.depth.reshape(-1)[index],
            surface.normal.reshape(-1, 3)[index], surface.owner.reshape(-1)[index], opening.reshape(-1)[pixel],
        ) / np.float32(fine * fine)  # fmt: skip
    whole = out.reshape(height, width, 5)
    return whole[..., :3], whole[..., 3], whole[..., :3] * np.clip(whole[..., 4:5], 0, 1.5)


def _shade_inside(lit: _Lit, surface: Surface, pixels: NDArray[np.intp], opening: Array, fine: int, out: Array) -> None:
    """Shades pixels that lie on one shape once, at their middle."""
    assert surface.normal is not None
    width = opening.shape[1]
    y, x = np.divmod(pixels, width)
    corner = (y * fine) * (width * fine) + x * fine
    opposite = corner + (fine - 1) * (width * fine + 1)
    depth, normal = surface.depth.reshape(-1), surface.normal.reshape(-1, 3)
    middle = np.float32(fine / 2)
    out[pixels] = lit.samples(
        x * np.float32(fine) + middle, y * np.float32(fine) + middle, (depth[corner] + depth[opposite]) / 2,
        normal[corner] + normal[opposite], surface.owner.reshape(-1)[corner], opening.reshape(-1)[pixels],
    )  # fmt: skip


def _skin(shapes: Sequence[Shape], owner: Owners, points: Array) -> Skin:
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
    halo = blurred(small, max(1, round(unit))) * 0.5 + blurred(small, max(2, round(unit * 4))) * 0.28
    return np.stack([enlarged(halo[..., c], step, (height, width)) for c in range(3)], axis=-1)
