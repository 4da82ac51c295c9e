"""What is worn on the head: visor, glasses, helmet, hats, hood, crown, horns."""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians, sin

from studio.domain.skeleton_rotation import Vec3
from studio.imaging.curve import smoothed
from studio.imaging.figure import HEAD, SIDES, Figure
from studio.imaging.look import Headgear
from studio.imaging.materials import cloth, glass, leather, mixed, plate, steel
from studio.imaging.pattern import gleam
from studio.imaging.shapes import Material, linear


def add_headgear(figure: Figure) -> None:
    """Puts on what the look wears on its head."""
    match figure.look.headgear:
        case Headgear.VISOR:
            _visor(figure)
        case Headgear.GLASSES:
            _glasses(figure)
        case Headgear.HELMET:
            _helmet(figure)
        case Headgear.HAT:
            _hat(figure)
        case Headgear.CAP:
            _cap(figure)
        case Headgear.HOOD:
            _hood(figure)
        case Headgear.CROWN:
            _crown(figure)
        case Headgear.HORNS:
            _horns(figure)


def _visor(figure: Figure) -> None:
    """Goggles: a strap round the head, a frame, and a pane that glows from one colour to another over the eyes."""
    h, clay, frame, look = figure.bones.head, figure.clay, figure.frames["head"], figure.look
    dark = plate(look.headgear_colour)
    near = look.headgear_glow or look.glow or (90, 200, 255)
    far = look.headgear_glow_far or near
    strap = ((Vec3(0, 1, 0), h * 0.53), (Vec3(0, -1, 0), -h * 0.41), (Vec3(0, 0, 1), h * 0.20))
    clay.ball(
        frame, Vec3(0, h * 0.55, -h * 0.03), Vec3(h * 0.435, h * 0.46, h * 0.485), leather((28, 28, 34)), cuts=strap
    )
    rim = ((Vec3(0, 1, 0), h * 0.595), (Vec3(0, -1, 0), -h * 0.335), (Vec3(0, 0, -1), -h * 0.02))
    clay.ball(frame, Vec3(0, h * 0.48, h * 0.02), Vec3(h * 0.45, h * 0.40, h * 0.475), dark, cuts=rim)
    pane = Material(linear(near), shine=0.5, polish=90, glow=0.60, flesh=0.0, trim=linear(far))
    inner = ((Vec3(0, 1, 0), h * 0.562), (Vec3(0, -1, 0), -h * 0.368), (Vec3(0, 0, -1), -h * 0.09))
    clay.ball(
        frame, Vec3(0, h * 0.48, h * 0.025), Vec3(h * 0.452, h * 0.40, h * 0.482), pane, cuts=inner,
        pattern=gleam(h * 0.36, h * 0.045),
    )  # fmt: skip
    bright = mixed(look.eyes, (150, 215, 255), 0.35)
    iris = Material(linear(bright), shine=0.6, polish=80, glow=0.85, flesh=0.0)
    pupil, spark = glass((18, 20, 60)), Material((1.0, 1.0, 1.0), glow=0.7)
    for _, sign in SIDES:
        x, y = sign * h * 0.165, h * 0.462
        clay.ball(frame, Vec3(x, y, h * 0.425), Vec3(h * 0.072, h * 0.082, h * 0.04), iris)
        clay.ball(
            frame, Vec3(x - sign * h * 0.004, y - h * 0.004, h * 0.438), Vec3(h * 0.036, h * 0.046, h * 0.036), pupil
        )
        clay.ball(frame, Vec3(x + h * 0.022, y + h * 0.03, h * 0.455), Vec3(h * 0.014, h * 0.016, h * 0.02), spark)
        clay.ball(frame, Vec3(sign * h * 0.44, h * 0.465, h * 0.06), Vec3(h * 0.05, h * 0.115, h * 0.12), dark)
        clay.ball(
            frame,
            Vec3(sign * h * 0.475, h * 0.465, h * 0.06),
            Vec3(h * 0.03, h * 0.035, h * 0.07),
            _light(near if sign < 0 else far),
        )


def _light(rgb: tuple[int, int, int]) -> Material:
    return Material(linear(rgb), shine=0.3, glow=0.9, flesh=0.0)


def _glasses(figure: Figure) -> None:
    h, clay, frame = figure.bones.head, figure.clay, figure.frames["head"]
    stuff = leather(figure.look.headgear_colour)
    thick = h * 0.014
    for _, sign in SIDES:
        ring = [
            frame.at(sign * h * (0.155 + 0.098 * cos(a)), h * (0.435 + 0.082 * sin(a)),
                h * (0.435 - 0.05 * (1 + sign * cos(a) * sign) / 2))
            for a in (radians(n * 36) for n in range(10))
        ]  # fmt: skip
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            clay.limb(a, b, thick, thick, stuff)
        clay.limb(
            frame.at(sign * h * 0.25, h * 0.45, h * 0.385),
            frame.at(sign * h * 0.39, h * 0.46, -h * 0.02),
            thick,
            thick,
            stuff,
        )
    clay.limb(frame.at(-h * 0.06, h * 0.445, h * 0.43), frame.at(h * 0.06, h * 0.445, h * 0.43), thick, thick, stuff)


def _helmet(figure: Figure) -> None:
    """A closed knight's helm: bowl, pointed face plate with a slit and breaths, a ridge and a plume."""
    h, clay, frame, look = figure.bones.head, figure.clay, figure.frames["head"], figure.look
    metal, dark = steel(look.headgear_colour), plate((16, 16, 20))
    clay.ball(frame, Vec3(0, h * 0.58, -h * 0.02), Vec3(h * 0.47, h * 0.50, h * 0.51), metal, melt=h * 0.05, group=HEAD)
    clay.sweep(
        frame, Vec3(0, h * 0.42, h * 0.06), Vec3(0, h * 0.06, h * 0.12), (h * 0.45, h * 0.30), (1, 1, 1.06), metal,
        melt=h * 0.06, group=HEAD,
    )  # fmt: skip
    visor = ((Vec3(0, 1, 0), h * 0.70), (Vec3(0, -1, 0), -h * 0.10), (Vec3(0, 0, -1), -h * 0.02))
    clay.sweep(
        frame, Vec3(0, h * 0.46, h * 0.08), Vec3(0, h * 0.34, h * 0.20), (h * 0.48, h * 0.40), (0.98, 1, 1),
            steel(mixed(look.headgear_colour, (255, 255, 255), 0.2)),
        cuts=visor,
    )  # fmt: skip
    for _, sign in SIDES:
        slit = [frame.at(sign * h * x, h * 0.50, h * z) for x, z in ((0.045, 0.585), (0.20, 0.535), (0.34, 0.42))]
        for a, b in pairwise(slit):
            clay.limb(a, b, h * 0.03, h * 0.026, dark)
        for row in range(3):
            at = Vec3(sign * h * 0.14, h * (0.34 - row * 0.075), h * (0.575 - row * 0.035))
            clay.ball(frame, at, Vec3(h * 0.034, h * 0.014, h * 0.03), dark)
        clay.ball(frame, Vec3(sign * h * 0.47, h * 0.52, 0), Vec3(h * 0.05, h * 0.1, h * 0.1), metal)
    clay.sweep(
        frame, Vec3(0, h * 0.62, h * 0.05), Vec3(0, h * 0.6, -h * 0.12), (h * 0.50, h * 0.48), (0.10, 1, 1), metal,
        melt=h * 0.03, group=HEAD,
    )  # fmt: skip
    if look.cape is not None:
        _plume(figure, look.cape)


def _plume(figure: Figure, colour: tuple[int, int, int]) -> None:
    h, clay, frame = figure.bones.head, figure.clay, figure.frames["head"]
    stuff = cloth(colour)
    places = [(1.03, 0.16), (1.19, -0.10), (1.14, -0.44), (0.92, -0.72), (0.62, -0.80)]
    radii = (0.05, 0.12, 0.15, 0.13, 0.03)
    points = [frame.at(h * 0.05 * figure.sway * n, h * y, h * z) for n, (y, z) in enumerate(places)]
    thick = [radius * h for radius in radii]
    clay.chain(*smoothed(points, thick, 2), stuff, melt=h * 0.04, group=HEAD + 20)


def _hat(figure: Figure) -> None:
    h, clay, frame = figure.bones.head, figure.clay, figure.frames["head"]
    stuff = cloth(figure.look.headgear_colour)
    clay.ball(frame, Vec3(0, h * 0.80, -h * 0.03), Vec3(h * 0.72, h * 0.05, h * 0.74), stuff)
    clay.sweep(
        frame, Vec3(0, h * 0.84, -h * 0.03), Vec3(0, h * 1.08, -h * 0.05), (h * 0.42, h * 0.34), (1, 0.5, 1), stuff
    )
    band = ((Vec3(0, 1, 0), h * 0.92), (Vec3(0, -1, 0), -h * 0.83))
    clay.sweep(
        frame, Vec3(0, h * 0.84, -h * 0.03), Vec3(0, h * 1.08, -h * 0.05), (h * 0.432, h * 0.352), (1, 0.5, 1),
        leather(figure.look.tie), cuts=band,
    )  # fmt: skip


def _cap(figure: Figure) -> None:
    h, clay, frame = figure.bones.head, figure.clay, figure.frames["head"]
    stuff = cloth(figure.look.headgear_colour)
    bowl = ((Vec3(0, -1, 0), -h * 0.70),)
    clay.ball(frame, Vec3(0, h * 0.62, -h * 0.03), Vec3(h * 0.44, h * 0.45, h * 0.48), stuff, cuts=bowl)
    clay.ball(frame, Vec3(0, h * 0.73, h * 0.42), Vec3(h * 0.34, h * 0.035, h * 0.30), stuff)


def _hood(figure: Figure) -> None:
    h, clay, frame = figure.bones.head, figure.clay, figure.frames["head"]
    stuff = cloth(figure.look.headgear_colour)
    opening = ((Vec3(0, -0.42, 0.9), -h * 0.02),)
    clay.ball(frame, Vec3(0, h * 0.56, -h * 0.05), Vec3(h * 0.49, h * 0.56, h * 0.54), stuff, cuts=opening)
    clay.limb(
        frame.at(0, h * 0.95, -h * 0.28),
        frame.at(0, h * 0.82, -h * 0.62),
        h * 0.2,
        h * 0.05,
        stuff,
        melt=h * 0.1,
        group=0,
    )
    chest, wide = figure.frames["chest"], figure.bones.shoulder
    clay.sweep(
        chest, Vec3(0, figure.bones.chest * 0.98, 0), Vec3(0, figure.bones.chest * 0.86, 0), (wide * 0.62, wide * 0.86),
        (1, 0.34, 0.74), stuff,
    )  # fmt: skip


def _crown(figure: Figure) -> None:
    h, clay, frame = figure.bones.head, figure.clay, figure.frames["head"]
    gold = steel(figure.look.headgear_colour)
    for number in range(10):
        angle = radians(36 * number)
        x, z = 0.34 * sin(angle), 0.38 * cos(angle) - 0.03
        clay.limb(
            frame.at(h * x, h * 0.86, h * z),
            frame.at(h * x * 1.2, h * 1.14, h * z * 1.2),
            h * 0.085,
            h * 0.012,
            gold,
            melt=0.006,
            group=31,
        )


def _horns(figure: Figure) -> None:
    h, clay, frame = figure.bones.head, figure.clay, figure.frames["head"]
    stuff = plate(figure.look.headgear_colour)
    for _, sign in SIDES:
        places = ((0.22, 0.90, 0.16), (0.40, 1.10, 0.16), (0.46, 1.32, 0.06), (0.38, 1.52, 0.0))
        points = [frame.at(sign * x * h, y * h, z * h) for x, y, z in places]
        for a, b, ra, rb in zip(points, points[1:], (0.10, 0.085, 0.06), (0.085, 0.06, 0.01), strict=True):
            clay.limb(a, b, ra * h, rb * h, stuff, melt=0.004, group=30)
