"""Hands that read at a glance: relaxed, fist, open, pointing, thumb up, two fingers."""

from __future__ import annotations

from math import cos, radians, sin

from studio.domain.skeleton_rotation import Vec3
from studio.imaging.figure import HAND, SIDES, Figure
from studio.imaging.shapes import Material

CURL = {
    "relaxed": (28, 30, 34, 38),
    "fist": (88, 90, 90, 88),
    "open": (4, 0, 0, 5),
    "point": (2, 92, 94, 94),
    "thumb": (88, 90, 90, 88),
    "peace": (0, 0, 92, 94),
    "hold": (64, 66, 68, 70),
}
"""How far each finger, index to little, is folded at its root, in degrees."""

_SPREAD = {"open": 13.0, "peace": 15.0}


def add_hands(figure: Figure, material: Material) -> None:
    """Puts on both hands."""
    for side, sign in SIDES:
        arm = figure.skeleton.left_arm if sign > 0 else figure.skeleton.right_arm
        shape = "hold" if arm.hold and arm.hold != "box" else arm.hand
        _hand(figure, side, sign, shape, material)


def _hand(figure: Figure, side: str, sign: int, shape: str, material: Material) -> None:
    """The hand hangs along -y; its palm faces inward, the thumb forward."""
    frame, size, clay = figure.frames[f"{side}_hand"], figure.bones.hand, figure.clay
    thick = size * 0.115
    group = HAND[side]
    clay.sweep(
        frame, Vec3(0, -size * 0.10, 0), Vec3(0, -size * 0.36, size * 0.01), (size * 0.19, size * 0.235), (0.58, 1, 1),
        material, melt=0.006, group=group,
    )  # fmt: skip
    spread = _SPREAD.get(shape, 3.0)
    for finger, curl in enumerate(CURL[shape]):
        across = (1.5 - finger) * size * 0.125
        root = Vec3(0, -size * 0.5, across)
        fan = radians((1.5 - finger) * spread)
        length = size * (0.29, 0.33, 0.30, 0.25)[finger]
        knuckle = _along(root, curl, fan, length * 0.55, sign)
        end = _along(knuckle, min(curl * 1.9, 165), fan, length * 0.55, sign)
        clay.limb(frame.at(*root), frame.at(*knuckle), thick, thick * 0.92, material, melt=0.004, group=group)
        clay.limb(frame.at(*knuckle), frame.at(*end), thick * 0.92, thick * 0.78, material, melt=0.004, group=group)
    _thumb(figure, side, sign, shape, material)


def _along(start: Vec3, curl: float, fan: float, length: float, sign: int) -> Vec3:
    """A finger's next joint: down the hand when straight, towards the palm as it curls."""
    fold = radians(curl)
    return Vec3(
        start.x - sign * sin(fold) * length, start.y - cos(fold) * cos(fan) * length, start.z + sin(fan) * length
    )


def _thumb(figure: Figure, side: str, sign: int, shape: str, material: Material) -> None:
    frame, size, clay = figure.frames[f"{side}_hand"], figure.bones.hand, figure.clay
    root = Vec3(-sign * size * 0.05, -size * 0.18, size * 0.14)
    match shape:
        case "thumb":
            middle, end = (
                Vec3(-sign * size * 0.06, -size * 0.26, size * 0.36),
                Vec3(-sign * size * 0.04, -size * 0.27, size * 0.6),
            )
        case "open":
            middle, end = (
                Vec3(-sign * size * 0.08, -size * 0.32, size * 0.34),
                Vec3(-sign * size * 0.1, -size * 0.46, size * 0.46),
            )
        case "fist" | "hold" | "point" | "peace":
            middle, end = (
                Vec3(-sign * size * 0.2, -size * 0.36, size * 0.22),
                Vec3(-sign * size * 0.27, -size * 0.5, size * 0.08),
            )
        case _:
            middle, end = (
                Vec3(-sign * size * 0.10, -size * 0.36, size * 0.25),
                Vec3(-sign * size * 0.12, -size * 0.52, size * 0.27),
            )
    thick = size * 0.125
    clay.limb(frame.at(*root), frame.at(*middle), thick * 1.1, thick, material, melt=0.006, group=HAND[side])
    clay.limb(frame.at(*middle), frame.at(*end), thick, thick * 0.8, material, melt=0.004, group=HAND[side])
