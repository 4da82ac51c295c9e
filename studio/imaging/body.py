"""Trunk, arms, legs and feet as rounded clay volumes that flow into each other at the joints."""

from __future__ import annotations

from studio.domain.skeleton_rotation import Vec3
from studio.imaging.figure import BODY, SIDES, Figure
from studio.imaging.look import Clothing
from studio.imaging.outfit import Outfit
from studio.imaging.shapes import Blob, Material


def add_body(figure: Figure, outfit: Outfit) -> None:
    """Puts on everything from the neck down but the hands."""
    _trunk(figure, outfit)
    for side, _ in SIDES:
        _arm(figure, outfit, side)
        _leg(figure, outfit, side)
        _foot(figure, outfit, side)


def chest_size(figure: Figure) -> Vec3:
    """Half-breadth, half-height and half-depth of the rib cage."""
    b = figure.bones
    wide = b.shoulder * (0.78 if figure.look.feminine else 0.84) * (1 + 0.1 * (b.limb - 1))
    return Vec3(wide, b.chest * 0.62, wide * 0.72 * b.build.depth)


def chest_front(figure: Figure, across: float, height: float, over: float) -> Vec3:
    """A point on the front of the rib cage: `across` in its half-breadths, `height` in its lengths, `over` 1 on it."""
    chest, b = chest_size(figure), figure.bones
    size = chest.x * (0.84 + 0.16 * max(0.0, min(1.0, (height - 0.22) / 0.44)))
    above = max(0.0, (height - 0.66) * b.chest) / (0.66 * size)
    round_off = max(0.05, 1 - above * above) ** 0.5
    depth = chest.z / chest.x * size * max(0.05, round_off**2 - (across * chest.x / size) ** 2) ** 0.5
    return Vec3(across * chest.x, height * b.chest, depth * over)


def waist_size(figure: Figure) -> Vec3:
    """Half-breadth, half-height and half-depth of the waist."""
    chest, b = chest_size(figure), figure.bones
    slim = 0.76 if figure.look.feminine else 0.82
    return Vec3(chest.x * slim * b.build.waist, b.waist * 0.75, chest.z * (0.86 if b.build.waist > 1.1 else 0.78))


def hip_size(figure: Figure) -> Vec3:
    """Half-breadth, half-height and half-depth of the pelvis."""
    b = figure.bones
    wide = (b.hip + 0.030 * figure.girth) * (1.04 if figure.look.feminine else 0.98)
    return Vec3(wide, b.pelvis * 0.74, wide * 0.74 * (0.6 + 0.4 * b.build.depth))


def _trunk(figure: Figure, outfit: Outfit) -> None:
    b, clay, frames = figure.bones, figure.clay, figure.frames
    chest, waist, hips = chest_size(figure), waist_size(figure), hip_size(figure)
    clay.part = "chest"
    if figure.look.clothing is not Clothing.PLATE:
        for sign in (1, -1):
            _breast(figure, outfit.chest, sign)
    clay.sweep(
        frames["chest"], Vec3(0, b.chest * 0.22, 0), Vec3(0, b.chest * 0.66, 0.002), (chest.x * 0.84, chest.x),
        (1, 0.66, chest.z / chest.x), outfit.chest, melt=0.024, group=BODY,
    )  # fmt: skip
    clay.part = "waist"
    low, high = frames["waist"].at(0, -b.waist * 0.15, 0), frames["chest"].at(0, b.chest * 0.46, 0.001)
    middle = frames["waist"].at(0, b.waist * 0.35, 0)
    axes, flat = frames["waist"].rotation, (1.0, 0.8, waist.z / waist.x)
    for start, end, ra, rb in ((low, middle, 1.06, 1.0), (middle, high, 1.0, chest.x * 0.93 / waist.x)):
        clay.put(Blob(start, end, ra * waist.x, rb * waist.x, outfit.waist, axes, flat, 0.012, BODY, part="waist"))
    clay.part = "hips"
    clay.ball(frames["pelvis"], Vec3(0, b.pelvis * 0.30, -0.002), hips, outfit.hips, melt=0.03, group=BODY)
    for sign in (1, -1):
        seat = hips.x * 0.56
        clay.ball(
            frames["pelvis"], Vec3(sign * hips.x * 0.42, b.pelvis * 0.02, -hips.z * 0.42),
            Vec3(seat, seat, seat * 0.86), outfit.hips, melt=0.024, group=BODY,
        )  # fmt: skip
    _neck(figure, outfit)


def _neck(figure: Figure, outfit: Outfit) -> None:
    b, clay, frames = figure.bones, figure.clay, figure.frames
    clay.part = "neck"
    neck, head = frames["neck"], frames["head"]
    thick = b.head * (0.15 if figure.look.feminine else 0.185) * (0.8 + 0.2 * b.build.limbs)
    thick = min(thick, b.shoulder * 0.52)
    top = head.at(0, b.head * 0.2, -b.head * 0.06)
    clay.limb(neck.at(0, -0.012, 0), top, thick * 1.12, thick, outfit.neck, melt=0.012, group=BODY)
    clay.part = "chest"
    for side, sign in SIDES:
        shoulder = frames[f"{side}_upper_arm"].at(-sign * 0.004, 0.004, 0)
        start, end = thick * 0.95, 0.027 * figure.girth
        clay.limb(neck.at(0, -0.006, -0.002), shoulder, start, end, outfit.chest, melt=0.026, group=BODY)


def _breast(figure: Figure, material: Material, sign: int) -> None:
    b, chest = figure.bones, chest_size(figure)
    full = figure.look.feminine
    size = Vec3(chest.x * 0.44, chest.x * (0.40 if full else 0.36), chest.z * (0.44 if full else 0.30))
    place = Vec3(sign * chest.x * 0.44, b.chest * (0.50 if full else 0.62), chest.z * (0.64 if full else 0.72))
    figure.clay.ball(figure.frames["chest"], place, size, material, melt=0.024, group=BODY)


def _arm(figure: Figure, outfit: Outfit, side: str) -> None:
    b, g, clay = figure.bones, figure.girth * outfit.bulk, figure.clay
    upper, fore = figure.frames[f"{side}_upper_arm"], figure.frames[f"{side}_forearm"]
    long, low = b.upper_arm, b.forearm
    muscle = 0.0325 if b.build.limbs > 1.05 else 0.0295
    clay.part = f"{side}_upper_arm"
    biceps, bulge = upper.at(0, -long * 0.5, 0.003), fore.at(0, -low * 0.28, 0.002)
    points = (upper.at(0, 0.002, 0), biceps, fore.origin)
    clay.chain(points, (0.0345 * g, muscle * g, 0.0235 * g), outfit.upper_arm, melt=0.022, group=BODY)
    clay.part = f"{side}_forearm"
    points = (fore.origin, bulge, fore.at(0, -low * 0.98, 0))
    clay.chain(points, (0.0235 * g, 0.0268 * g, 0.0165 * g), outfit.forearm, melt=0.005, group=BODY)


def _leg(figure: Figure, outfit: Outfit, side: str) -> None:
    b, clay = figure.bones, figure.clay
    g = figure.girth * (1 + (outfit.bulk - 1) * 0.7)
    thigh, shin = figure.frames[f"{side}_thigh"], figure.frames[f"{side}_shin"]
    top = 0.0515 if figure.look.feminine else 0.049
    clay.part = f"{side}_thigh"
    knee = shin.at(0, 0, 0.003)
    points = (thigh.origin, thigh.at(0, -b.thigh * 0.34, 0.004), thigh.at(0, -b.thigh * 0.8, 0.003), knee)
    clay.chain(points, (top * g, top * 0.96 * g, 0.0365 * g, 0.033 * g), outfit.thigh, melt=0.026, group=BODY)
    clay.part = f"{side}_shin"
    calf, thin = shin.at(0, -b.shin * 0.27, -0.010 * g), shin.at(0, -b.shin * 0.66, -0.005 * g)
    points = (knee, calf, thin, shin.at(0, -b.shin, 0))
    clay.chain(points, (0.033 * g, 0.0352 * g, 0.0265 * g, 0.0205 * g), outfit.shin, melt=0.006, group=BODY)


def _foot(figure: Figure, outfit: Outfit, side: str) -> None:
    b, g, clay = figure.bones, figure.girth, figure.clay
    foot, shin = figure.frames[f"{side}_foot"], figure.frames[f"{side}_shin"]
    wide = min(0.031 * g, b.foot * 0.27) * (1.12 if outfit.bulk > 1.1 else 1.0)
    sole, stuff = -b.ankle, outfit.foot
    if figure.look.clothing not in (Clothing.CLAY, Clothing.BLAZER, Clothing.DRESS, Clothing.FUR):
        cuff, thick = shin.at(0, -b.shin * 0.80, -0.003 * g), 0.0285 * g * outfit.bulk
        clay.part = f"{side}_boot"
        clay.limb(foot.at(0, sole * 0.3, 0), cuff, 0.026 * g * outfit.bulk, thick, stuff, melt=0.008, group=BODY)
    clay.part = f"{side}_foot"
    clay.sweep(
        foot, Vec3(0, sole + wide * 0.85, -b.foot * 0.08), Vec3(0, sole + wide * 0.8, b.foot * 0.2),
        (wide * 0.86, wide * 0.92), (1, 0.95, 1), stuff, melt=0.014, group=BODY,
    )  # fmt: skip
    clay.sweep(
        foot, Vec3(0, sole + wide * 0.76, b.foot * 0.2), Vec3(0, sole + wide * 0.62, b.foot * 0.55),
        (wide * 0.98, wide * 0.95), (1, 0.70, 1), stuff, melt=0.014, group=BODY,
    )  # fmt: skip
    instep = foot.at(0, sole + wide * 0.85, b.foot * 0.26)
    clay.limb(foot.at(0, sole * 0.1, 0.002), instep, 0.0225 * g, wide * 0.74, stuff, melt=0.016, group=BODY)
