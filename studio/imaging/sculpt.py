"""Putting a figure together: body, face, hair, clothing, armour, weapon and props, as they lie over each other."""

from __future__ import annotations

from studio.domain.skeleton_angles import Skeleton
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
from studio.imaging.weapon import add_weapon


def sculpt(skeleton: Skeleton, look: Look, sway: float = 0.0) -> Figure:
    """The whole figure with everything it wears and holds; `sway` (-1..1) swings hair, cape and tail."""
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
