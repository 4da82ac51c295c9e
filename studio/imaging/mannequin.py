"""The artist's mannequin: a clay figure in a pose and a look, drawn with light and shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.domain.skeleton_angles import Skeleton
from studio.domain.skeleton_view import camera as view_of
from studio.imaging.armour import add_armour
from studio.imaging.beast import add_beast
from studio.imaging.body import add_body
from studio.imaging.clothes import add_clothes
from studio.imaging.figure import Figure, begin
from studio.imaging.glow import add_circuits
from studio.imaging.hair import add_hair
from studio.imaging.hands import add_hands
from studio.imaging.head import add_head
from studio.imaging.headgear import add_headgear
from studio.imaging.look import Look
from studio.imaging.outfit import outfit
from studio.imaging.props import add_props
from studio.imaging.render import DRAFT, FINAL, Quality, Rendered, render
from studio.imaging.shapes import Array, linear
from studio.imaging.weapon import add_weapon

if TYPE_CHECKING:
    from PIL import Image


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
    from a rough clay sketch to the finished picture.
    """
    drawn = _render(skeleton, look, size, seed, fidelity, strictness)
    return _image(drawn.on_paper())


def _render(
    skeleton: Skeleton, look: Look, size: tuple[int, int], seed: int, fidelity: float, strictness: float
) -> Rendered:
    figure = sculpt(skeleton, look, 0.0)
    quality: Quality = FINAL if fidelity > 0.5 else DRAFT
    return render(figure.clay.shapes, view_of(skeleton), size, linear(look.paper), quality)


def sculpt(skeleton: Skeleton, look: Look, sway: float) -> Figure:
    """Builds the figure."""
    figure = begin(skeleton, look, sway)
    worn = outfit(look)
    add_body(figure, worn)
    add_hands(figure, worn.hand)
    add_head(figure)
    add_beast(figure)
    add_hair(figure)
    add_circuits(figure)
    add_clothes(figure)
    add_armour(figure)
    add_headgear(figure)
    add_weapon(figure)
    add_props(figure)
    return figure


def _image(light: Array) -> Image.Image:
    from PIL import Image

    encoded = np.clip(light, 0, 1) ** np.float32(1 / 2.2)
    return Image.fromarray((encoded * 255 + 0.5).astype(np.uint8), "RGB")
