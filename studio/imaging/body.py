"""Trunk, arms, legs and feet as rounded clay volumes that flow into each other at the joints."""

from __future__ import annotations

from studio.domain.skeleton_rotation import Vec3
from studio.imaging.figure import BODY, SIDES, Figure
from studio.imaging.look import Clothing
from studio.imaging.outfit import Outfit


def add_body(figure: Figure, outfit: Outfit) -> None:
    """Puts on everything from the neck down but the hands."""
    _trunk(figure, outfit)
    for side, sign in SIDES:
        _arm(figure, outfit, side)
        _leg(figure, outfit, side, sign)
        _foot(figure, outfit, side)


def chest_size(figure: Figure) -> Vec3:
    """Half-breadth, half-height and half-depth of the rib cage."""
    b = figure.bones
    wide = b.shoulder * (0.80 if figure.look.feminine else 0.86) * (1 + 0.1 * (b.limb - 1))
    return Vec3(wide, b.chest * 0.62, wide * 0.70 * b.build.depth)


def waist_size(figure: Figure) -> Vec3:
    """Half-breadth, half-height and half-depth of the waist."""
    chest, b = chest_size(figure), figure.bones
    slim = 0.70 if figure.look.feminine else 0.83
    return Vec3(chest.x * slim * b.build.waist, b.waist * 0.75, chest.z * (0.86 if b.build.waist > 1.1 else 0.80))


def hip_size(figure: Figure) -> Vec3:
    """Half-breadth, half-height and half-depth of the pelvis."""
    b = figure.bones
    wide = (b.hip + 0.034 * figure.girth) * (1.08 if figure.look.feminine else 1.0)
    return Vec3(wide, b.pelvis * 0.72, wide * 0.76 * (0.6 + 0.4 * b.build.depth))


def _trunk(figure: Figure, outfit: Outfit) -> None:
    b, clay, frames = figure.bones, figure.clay, figure.frames
    chest, waist, hips = chest_size(figure), waist_size(figure), hip_size(figure)
    melt = 0.022
    torso, middle, pelvis = frames["chest"], frames["waist"], frames["pelvis"]
    clay.sweep(
        torso, Vec3(0, b.chest * 0.30, 0), Vec3(0, b.chest * 0.62, 0.002), (chest.x * 0.90, chest.x), (1, 0.78, chest.z / chest.x),
        outfit.chest, melt=melt, group=BODY,
    )  # fmt: skip
    clay.sweep(
        middle, Vec3(0, -b.waist * 0.1, 0), Vec3(0, b.waist * 1.05, 0), (waist.x, waist.x * 1.06), (1, 0.8, waist.z / waist.x),
        outfit.waist, melt=melt, group=BODY,
    )  # fmt: skip
    clay.ball(pelvis, Vec3(0, b.pelvis * 0.28, -0.002), hips, outfit.hips, melt=melt, group=BODY)
    for sign in (1, -1):
        seat = hips.x * 0.56
        clay.ball(
            pelvis, Vec3(sign * hips.x * 0.44, -b.pelvis * 0.02, -hips.z * 0.48), Vec3(seat, seat, seat * 0.92),
            outfit.hips, melt=melt, group=BODY,
        )  # fmt: skip
        _breast(figure, outfit, sign)
    neck = frames["neck"]
    thick = b.head * (0.155 if figure.look.feminine else 0.19) * (0.8 + 0.2 * b.build.limbs)
    clay.limb(
        neck.at(0, -0.012, 0),
        frames["head"].at(0, b.head * 0.2, -b.head * 0.06),
        thick * 1.12,
        thick,
        outfit.neck,
        melt=0.012,
        group=BODY,
    )
    for side, _ in SIDES:
        shoulder = frames[f"{side}_upper_arm"].origin
        clay.limb(
            neck.at(0, -0.004, 0), shoulder, thick * 0.95, 0.030 * figure.girth, outfit.chest, melt=melt, group=BODY
        )


def _breast(figure: Figure, outfit: Outfit, sign: int) -> None:
    b, chest = figure.bones, chest_size(figure)
    full = figure.look.feminine
    size = Vec3(chest.x * 0.44, chest.x * (0.42 if full else 0.36), chest.z * (0.46 if full else 0.32))
    height = b.chest * (0.50 if full else 0.62)
    place = Vec3(sign * chest.x * 0.44, height, chest.z * (0.66 if full else 0.72))
    figure.clay.ball(figure.frames["chest"], place, size, outfit.chest, melt=0.02, group=BODY)


def _arm(figure: Figure, outfit: Outfit, side: str) -> None:
    b, g, clay = figure.bones, figure.girth * outfit.bulk, figure.clay
    upper, fore = figure.frames[f"{side}_upper_arm"], figure.frames[f"{side}_forearm"]
    strong = b.build.limbs
    clay.limb(
        upper.at(0, 0.004, 0),
        upper.at(0, -b.upper_arm * 0.32, 0),
        0.037 * g,
        0.033 * g,
        outfit.upper_arm,
        melt=0.018,
        group=BODY,
    )
    clay.limb(
        upper.at(0, -b.upper_arm * 0.25, 0.003),
        upper.at(0, -b.upper_arm, 0),
        (0.031 + 0.003 * strong) * g,
        0.0235 * g,
        outfit.upper_arm,
        melt=0.012,
        group=BODY,
    )
    clay.limb(
        fore.origin, fore.at(0, -b.forearm * 0.3, 0.002), 0.0235 * g, 0.0265 * g, outfit.forearm, melt=0.01, group=BODY
    )
    clay.limb(
        fore.at(0, -b.forearm * 0.3, 0.002),
        fore.at(0, -b.forearm * 0.97, 0),
        0.0265 * g,
        0.0175 * g,
        outfit.forearm,
        melt=0.01,
        group=BODY,
    )


def _leg(figure: Figure, outfit: Outfit, side: str, sign: int) -> None:
    b, g, clay = figure.bones, figure.girth * outfit.bulk, figure.clay
    thigh, shin = figure.frames[f"{side}_thigh"], figure.frames[f"{side}_shin"]
    hips = 1.06 if figure.look.feminine else 1.0
    clay.limb(
        thigh.at(0, 0.0, 0),
        thigh.at(0, -b.thigh * 0.4, 0.003),
        0.055 * g * hips,
        0.049 * g * hips,
        outfit.thigh,
        melt=0.022,
        group=BODY,
    )
    clay.limb(
        thigh.at(0, -b.thigh * 0.4, 0.003),
        thigh.at(0, -b.thigh, 0),
        0.049 * g * hips,
        0.034 * g,
        outfit.thigh,
        melt=0.014,
        group=BODY,
    )
    clay.limb(
        shin.at(0, -0.002, 0.004),
        shin.at(0, -b.shin * 0.3, -0.008 * g),
        0.034 * g,
        0.0355 * g,
        outfit.shin,
        melt=0.014,
        group=BODY,
    )
    clay.limb(
        shin.at(sign * 0.001, -b.shin * 0.3, -0.008 * g),
        shin.at(0, -b.shin, 0),
        0.0355 * g,
        0.0215 * g,
        outfit.shin,
        melt=0.014,
        group=BODY,
    )


def _foot(figure: Figure, outfit: Outfit, side: str) -> None:
    b, g, clay = figure.bones, figure.girth, figure.clay
    foot = figure.frames[f"{side}_foot"]
    wide = 0.031 * g * (1.12 if outfit.bulk > 1.1 else 1.0)
    sole = -b.ankle
    if figure.look.clothing is not Clothing.CLAY:
        top = foot.at(0, b.shin * 0.10, 0)
        clay.limb(
            foot.at(0, sole * 0.35, 0),
            top,
            0.026 * g * outfit.bulk,
            0.029 * g * outfit.bulk,
            outfit.foot,
            melt=0.01,
            group=BODY,
        )
    clay.sweep(
        foot,
        Vec3(0, sole + wide * 0.9, -b.foot * 0.1),
        Vec3(0, sole + wide * 0.8, b.foot * 0.2),
        (wide * 0.9, wide * 0.95),
        (1, 0.95, 1),
        outfit.foot,
        melt=0.014,
        group=BODY,
    )
    clay.sweep(
        foot,
        Vec3(0, sole + wide * 0.78, b.foot * 0.2),
        Vec3(0, sole + wide * 0.62, b.foot * 0.56),
        (wide, wide * 0.92),
        (1, 0.72, 1),
        outfit.foot,
        melt=0.014,
        group=BODY,
    )
    clay.limb(
        foot.at(0, 0, 0),
        foot.at(0, sole + wide * 0.9, b.foot * 0.22),
        0.022 * g,
        wide * 0.8,
        outfit.foot,
        melt=0.014,
        group=BODY,
    )
