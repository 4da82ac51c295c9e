"""The artist's mannequin: a clay figure in a pose and a look, drawn with light and shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.domain.skeleton_angles import Skeleton
from studio.domain.skeleton_view import camera as view_of
from studio.imaging.look import Look
from studio.imaging.render import Quality, Rendered, render
from studio.imaging.sculpt import sculpt
from studio.imaging.shapes import Array, linear
from studio.imaging.sketch import roughened
from studio.imaging.variation import Variation, varied

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 2_400_000
"""Pixels; a larger picture is drawn at this size and enlarged."""

_SMOOTH = 1_100_000
"""Pixels up to which every pixel is sampled four times."""


def draw_mannequin(
    skeleton: Skeleton,
    look: Look,
    size: tuple[int, int],
    *,
    seed: int = 0,
    fidelity: float = 1.0,
    strictness: float = 0.5,
) -> Image.Image:
    """The figure on its paper (RGB, `size` in pixels), whole and with a margin. Same arguments, same pixels.

    `seed` moves camera, light, limbs and hair a little, the less the larger `strictness` (0..1). `fidelity` (0..1) runs
    from a rough clay sketch to the finished picture. Raises ValueError for a size without pixels.
    """
    from PIL import Image

    drawn = _drawn(skeleton, look, size, seed, fidelity, strictness)
    light = roughened(drawn.on_paper(), 1 - fidelity, seed)
    return _fitted(Image.fromarray(_encoded(light)), size)


def draw_mannequin_rgba(
    skeleton: Skeleton,
    look: Look,
    size: tuple[int, int],
    *,
    seed: int = 0,
    fidelity: float = 1.0,
    strictness: float = 0.5,
) -> Image.Image:
    """The same figure cut out: RGBA with straight alpha, neither paper nor shadow. Its alpha is the figure's mask."""
    from PIL import Image

    drawn = _drawn(skeleton, look, size, seed, fidelity, strictness)
    own = drawn.figure / np.maximum(drawn.alpha, 1e-4)[..., None]
    colour = _encoded(roughened(own, 1 - fidelity, seed))
    alpha = (np.clip(drawn.alpha, 0, 1) * 255 + 0.5).astype(np.uint8)
    return _fitted(Image.fromarray(np.dstack([colour, alpha])), size)


def _drawn(
    skeleton: Skeleton, look: Look, size: tuple[int, int], seed: int, fidelity: float, strictness: float
) -> Rendered:
    if min(size) < 1:
        raise ValueError(f"a picture needs at least one pixel each way, not {size[0]}x{size[1]}")
    change: Variation = varied(skeleton, seed, strictness)
    figure = sculpt(change.skeleton, look, change.sway)
    canvas = _canvas(size, fidelity)
    quality = _quality(canvas, fidelity)
    return render(figure.clay.shapes, view_of(change.skeleton), canvas, linear(look.paper), quality, change.nudge)


def _canvas(size: tuple[int, int], fidelity: float) -> tuple[int, int]:
    """The pixels really drawn: fewer for a sketch, whose blocks then show, and for a very large picture."""
    share = min(1.0, 0.36 + 0.75 * max(0.0, fidelity), (LARGEST / (size[0] * size[1])) ** 0.5)
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _quality(canvas: tuple[int, int], fidelity: float) -> Quality:
    fine = 2 if fidelity > 0.45 and canvas[0] * canvas[1] <= _SMOOTH else 1
    rough = max(0.0, min(1.0, 1.05 - fidelity * 1.1))
    if fidelity > 0.75:
        return Quality(fine, 11, 400, 3, rough)
    if fidelity > 0.45:
        return Quality(fine, 9, 300, 4, rough)
    return Quality(fine, 6, 200, 4, rough)


def _encoded(light: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return (np.clip(light, 0, 1) ** np.float32(1 / 2.2) * 255 + 0.5).astype(np.uint8)


def _fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    from PIL import Image

    return picture if picture.size == size else picture.resize(size, Image.Resampling.BICUBIC)
