"""Clothing with its own outline: jacket, shirt and tie, skirts and robes, capes, collars."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import cos, radians, sin

from studio.domain.skeleton_rotation import Vec3, add, between, scaled, turned
from studio.imaging.body import chest_front, chest_size, hip_size, waist_size
from studio.imaging.curve import smoothed
from studio.imaging.figure import SIDES, Figure
from studio.imaging.look import Clothing
from studio.imaging.materials import cloth, leather, mixed
from studio.imaging.pattern import beyond
from studio.imaging.shapes import Blob, Material

JACKET = 14
SKIRT = 15
CAPE = 16


def add_clothes(figure: Figure) -> None:
    """Puts on what the clothing has beyond a tight cover."""
    look = figure.look
    match look.clothing:
        case Clothing.BLAZER:
            _blazer(figure)
        case Clothing.DRESS:
            _skirt(figure, cloth(look.body), 0.52, 2.1)
        case Clothing.ROBE:
            _skirt(figure, cloth(look.body), 0.93, 1.7)
            _sleeves(figure, cloth(look.body))
        case Clothing.CASUAL:
            _shirt(figure)
    if look.cape is not None:
        _cape(figure, cloth(look.cape))
    if look.scarf is not None:
        _scarf(figure, cloth(look.scarf))


def _blazer(figure: Figure) -> None:
    b, clay, chest, waist = figure.bones, figure.clay, chest_size(figure), waist_size(figure)
    look, torso = figure.look, figure.frames["chest"]
    jacket = cloth(look.body)
    clay.sweep(
        torso, Vec3(0, -b.chest * 0.02, 0.002), Vec3(0, b.chest * 0.66, 0.002), (chest.x * 0.92, chest.x * 1.07),
        (1, 0.66, chest.z / chest.x * 1.12), jacket, melt=0.02, group=JACKET,
    )  # fmt: skip
    waist_frame = figure.frames["waist"]
    low, high = waist_frame.at(0, -b.waist * 0.3, 0), torso.at(0, b.chest * 0.5, 0.001)
    flat = (1.0, 0.8, waist.z / waist.x * 1.04)
    clay.put(
        Blob(low, high, waist.x * 1.14, chest.x * 1.03, jacket, waist_frame.rotation, flat, 0.02, JACKET, part="jacket")
    )
    _hem(figure, jacket, 0.24)
    for side, _ in SIDES:
        shoulder = figure.frames[f"{side}_upper_arm"].at(0, 0.002, 0)
        neck = figure.frames["neck"].at(0, -0.012, 0)
        clay.limb(neck, shoulder, 0.026, 0.036 * figure.girth, jacket, melt=0.02, group=JACKET)
    _front(figure)


def _front(figure: Figure) -> None:
    """Shirt and tie in the opening of the jacket, lapels beside it, a collar and two buttons."""
    b, clay, torso, look = figure.bones, figure.clay, figure.frames["chest"], figure.look
    shirt, dark = cloth((246, 246, 248)), cloth(mixed(look.body, (0, 0, 0), 0.30))
    for sign in (1, -1):
        inside = ((0.11, 0.95, 1.20), (0.13, 0.62, 1.20), (0.05, 0.16, 1.235))
        _strip(figure, [(sign * x, y, o) for x, y, o in inside], (0.016, 0.018, 0.007), shirt, 18)
        lapel = ((0.34, 0.98, 1.24), (0.36, 0.66, 1.23), (0.07, 0.04, 1.255))
        _strip(figure, [(sign * x, y, o) for x, y, o in lapel], (0.012, 0.019, 0.008), dark, 19)
        wing = ((0.52, 0.80, 1.25), (0.36, 0.62, 1.245))
        _strip(figure, [(sign * x, y, o) for x, y, o in wing], (0.010, 0.016), dark, 19)
    if not look.feminine:
        _strip(figure, [(0, 0.95, 1.3), (0, 0.88, 1.32), (0, 0.12, 1.265)], (0.011, 0.007, 0.012), cloth(look.tie), 21)
    neck, wide = figure.frames["neck"], b.head * 0.20
    cuts = ((Vec3(0, 1, 0), b.neck * 0.62),)
    clay.ball(neck, Vec3(0, 0.0, 0.004), Vec3(wide, b.neck * 0.8 + 0.01, wide), shirt, cuts=cuts)
    for height in (-0.06, -0.34):
        at = chest_front(figure, 0.02, max(height, 0.0), 1.265)
        clay.ball(torso, Vec3(at.x, height * b.chest, at.z), Vec3(0.0055, 0.0055, 0.004), leather((30, 28, 30)))


def _strip(
    figure: Figure,
    places: list[tuple[float, float, float]],
    radii: tuple[float, ...],
    stuff: Material,
    group: int,
) -> None:
    """A flat strip of cloth on the front of the chest."""
    torso = figure.frames["chest"]
    points = [chest_front(figure, *place) for place in places]
    for (start, end), (ra, rb) in zip(pairwise(points), pairwise(radii), strict=True):
        figure.clay.sweep(torso, start, end, (ra, rb), (1, 1, 0.42), stuff, melt=0.003, group=group)


def _hem(figure: Figure, stuff: Material, drop: float) -> None:
    """The cloth of a jacket or shirt over the hips, and over the thighs as far as `drop` of their length."""
    b, clay, hips, pelvis = figure.bones, figure.clay, hip_size(figure), figure.frames["pelvis"]
    clay.draw_on("hips", beyond(1, -1.0, 0.1), pelvis, replace(stuff, trim=stuff.colour))
    size = Vec3(hips.x * 1.07, hips.y * 1.2, hips.z * 1.12)
    clay.ball(pelvis, Vec3(0, b.pelvis * 0.42, 0), size, stuff, melt=0.03, group=JACKET)
    legs = b.hip + 0.052 * figure.girth
    wide, low = max(hips.x * 1.08, legs), b.thigh * drop * 0.9
    hem = ((Vec3(0, -1, 0), low),)
    clay.sweep(
        pelvis, Vec3(0, b.pelvis * 0.5, 0), Vec3(0, -low, 0), (hips.x * 1.04, wide), (1, 0.8, hips.z / hips.x * 1.12),
        stuff, melt=0.03, group=JACKET, cuts=hem,
    )  # fmt: skip
    below = replace(cloth(figure.look.second), trim=stuff.colour)
    for side, _ in SIDES:
        thigh = figure.frames[f"{side}_thigh"]
        clay.draw_on(f"{side}_thigh", beyond(1, -b.thigh * drop, 0.004), thigh, below)


def _shirt(figure: Figure) -> None:
    """A loose hem over the trousers, short sleeves, a round neck."""
    b, clay, g = figure.bones, figure.clay, figure.girth
    shirt = cloth(figure.look.body)
    _hem(figure, shirt, 0.14)
    for side, _ in SIDES:
        upper = figure.frames[f"{side}_upper_arm"]
        cuff = ((Vec3(0, -1, 0), b.upper_arm * 0.62),)
        clay.sweep(
            upper, Vec3(0, 0, 0), Vec3(0, -b.upper_arm * 0.62, 0), (0.0395 * g, 0.036 * g), (1, 1, 1), shirt,
            melt=0.02, group=JACKET, cuts=cuff,
        )  # fmt: skip


def _skirt(figure: Figure, stuff: Material, share: float, flare: float) -> None:
    """A skirt that follows the thighs: panels from the waist to the hem, between and round the legs."""
    b, clay, hips = figure.bones, figure.clay, hip_size(figure)
    pelvis = figure.frames["pelvis"]
    length = (b.thigh + b.shin) * share
    hems = []
    for side, sign in SIDES:
        knee, ankle = figure.frames[f"{side}_shin"].origin, figure.frames[f"{side}_foot"].origin
        along = length / b.thigh
        leg = between(figure.frames[f"{side}_thigh"].origin, knee, min(along, 1))
        hems.append(leg if along <= 1 else between(knee, ankle, min((length - b.thigh) / b.shin, 0.96)))
        top = pelvis.at(sign * hips.x * 0.4, b.pelvis * 0.6, 0)
        end = add(hems[-1], turned(pelvis.rotation, Vec3(sign * hips.x * 0.25, 0, 0)))
        clay.limb(top, end, hips.x * 0.66, hips.x * 0.42 * flare, stuff, melt=0.04, group=SKIRT)
    middle = between(hems[0], hems[1], 0.5)
    for forward in (-0.3, 0.3):
        end = add(middle, turned(pelvis.rotation, Vec3(0, 0, forward * hips.x)))
        clay.limb(
            pelvis.at(0, b.pelvis * 0.6, 0), end, hips.x * 0.7, hips.x * 0.44 * flare, stuff, melt=0.04, group=SKIRT
        )
    belt = ((Vec3(0, 1, 0), b.pelvis * 1.1), (Vec3(0, -1, 0), -b.pelvis * 0.8))
    size = Vec3(hips.x * 1.05, hips.y * 1.7, hips.z * 1.12)
    clay.ball(pelvis, Vec3(0, b.pelvis * 0.5, 0), size, leather(figure.look.second), cuts=belt)


def _sleeves(figure: Figure, stuff: Material) -> None:
    b, clay, g = figure.bones, figure.clay, figure.girth
    for side, _ in SIDES:
        fore = figure.frames[f"{side}_forearm"]
        clay.limb(
            fore.at(0, b.upper_arm * 0.2, 0),
            fore.at(0, -b.forearm * 0.86, 0),
            0.030 * g,
            0.052 * g,
            stuff,
            melt=0.02,
            group=1,
        )


def _cape(figure: Figure, stuff: Material) -> None:
    """Cloth from the shoulders down the back, away from the legs, swung by the seed."""
    b, clay, chest, torso = figure.bones, figure.clay, chest_size(figure), figure.frames["chest"]
    pelvis, hips = figure.frames["pelvis"], hip_size(figure)
    back = turned(pelvis.rotation, Vec3(0, 0, -1))
    fall = add(Vec3(0, -1, 0), scaled(back, 0.22))
    length = (b.thigh + b.shin) * 0.78
    for step in range(-4, 5):
        across = step / 4
        top = torso.at(across * b.shoulder * 0.84, b.chest * 0.92, -chest.z * 0.62)
        seat = pelvis.at(across * hips.x * 1.1, 0.0, -hips.z * 1.45 - 0.035)
        aside = turned(pelvis.rotation, Vec3(across * 0.10 + 0.05 * figure.sway, 0, 0))
        end = add(seat, add(scaled(fall, length), aside))
        low = Vec3(end.x, max(end.y, 0.02), end.z)
        thick = b.shoulder * 0.25
        wavy = 0.82 if step % 2 else 1.0
        upper = torso.at(across * b.shoulder * 0.90, b.chest * 0.35, -chest.z * 1.12)
        fold = (hips.x * 1.1 + 0.10) / 4 * 0.94
        radii = (thick * 0.72, thick * 0.9 * wavy, max(thick, fold * 0.8) * wavy, fold * wavy)
        strand, widths = smoothed((top, upper, seat, low), radii, 2)
        clay.chain(strand, widths, stuff, melt=0.03, group=CAPE)
    for side, sign in SIDES:
        at = figure.frames[f"{side}_upper_arm"].at(-sign * 0.01, 0.018, 0.012)
        clay.limb(
            at,
            torso.at(sign * b.shoulder * 0.5, b.chest * 0.95, -chest.z * 0.3),
            0.026,
            0.028,
            stuff,
            melt=0.014,
            group=CAPE,
        )


def _scarf(figure: Figure, stuff: Material) -> None:
    """Wound round the neck, both ends blown to the figure's left."""
    b, clay, neck, chest = figure.bones, figure.clay, figure.frames["neck"], chest_size(figure)
    wide = max(b.head * 0.26, b.shoulder * 0.50)
    ring = [
        neck.at(wide * sin(angle), -0.004 + 0.006 * cos(3 * angle), wide * 0.86 * cos(angle) + 0.006)
        for angle in (radians(30 * n) for n in range(12))
    ]
    thick = 0.020 + 0.012 * b.head / 0.3
    for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
        clay.limb(start, end, thick, thick, stuff, melt=0.008, group=22)
    knot = neck.at(wide * 0.72, -0.012, wide * 0.62)
    clay.limb(knot, knot, thick * 1.25, thick * 1.25, stuff, melt=0.008, group=22)
    for drop, out in ((-0.10, 0.085), (-0.055, 0.125)):
        middle = neck.at(wide * 0.72 + out * 0.5, drop * 0.35, wide * 0.6 + chest.z * 0.15)
        end = neck.at(wide * 0.72 + out, drop + 0.03 * figure.sway, wide * 0.35)
        clay.limb(knot, middle, thick * 0.8, thick * 0.95, stuff, melt=0.008, group=22)
        clay.limb(middle, end, thick * 0.95, thick * 0.85, stuff, melt=0.008, group=22)
