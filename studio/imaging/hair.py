"""Hair in sculpted locks: a cap, a fringe, and what hangs or stands from it."""

from __future__ import annotations

from collections.abc import Sequence

from studio.domain.skeleton_rotation import Vec3, add, between, scaled, turned
from studio.imaging.curve import smoothed
from studio.imaging.figure import HAIR, SIDES, Figure
from studio.imaging.look import Hair, Headgear
from studio.imaging.materials import hair, leather
from studio.imaging.shapes import Material

COVERING = (Headgear.HELMET, Headgear.HOOD)


def add_hair(figure: Figure) -> None:
    """Puts the hair on the head; a helmet or hood hides all but what hangs below it."""
    look = figure.look
    if look.beard:
        _beard(figure, hair(look.hair_colour))
    if look.hair is Hair.NONE or look.headgear in COVERING:
        return
    stuff = hair(look.hair_colour)
    _cap(figure, stuff)
    if look.headgear not in (Headgear.HAT, Headgear.CAP):
        _fringe(figure, stuff)
    match look.hair:
        case Hair.PONYTAIL:
            _tail(figure, stuff, Vec3(0, 0.90, -0.40), Vec3(0, 1.0, -0.66), 1.0)
        case Hair.TWINTAILS:
            for _, sign in SIDES:
                _tail(figure, stuff, Vec3(sign * 0.34, 0.82, -0.12), Vec3(sign * 0.58, 0.86, -0.14), 1.15)
        case Hair.BUN:
            _ball(figure, stuff, Vec3(0, 0.93, -0.42), 0.20)
        case Hair.BOB:
            _curtain(figure, stuff, 0.10, 0.20)
        case Hair.LONG:
            _curtain(figure, stuff, -0.35, 0.22)
            _mane(figure, stuff)
        case Hair.SPIKY:
            _spikes(figure, stuff)


def _cap(figure: Figure, stuff: Material) -> None:
    h, frame = figure.bones.head, figure.frames["head"]
    low = {Hair.BOB: 0.12, Hair.LONG: 0.05}.get(figure.look.hair, 0.24)
    cuts = ((Vec3(0, -0.62, 0.78), -0.19 * h), (Vec3(0, -1, 0), -low * h))
    size = Vec3(h * 0.415, h * 0.445, h * 0.465)
    figure.clay.ball(frame, Vec3(0, h * 0.60, -h * 0.03), size, stuff, melt=h * 0.03, group=HAIR, cuts=cuts)
    for _, sign in SIDES:
        _locks(
            figure, stuff, ((0.37, 0.66, 0.10), (0.385, 0.50, 0.14), (0.365, 0.34, 0.16)), (0.075, 0.06, 0.022), sign
        )


def _fringe(figure: Figure, stuff: Material) -> None:
    """Swept locks over the forehead, parted on the figure's left."""
    part = 0.10
    for start, end, drop, thick in (
        (part, -0.36, 0.56, 0.085),
        (part, -0.24, 0.60, 0.09),
        (part, -0.10, 0.64, 0.085),
        (part, 0.20, 0.64, 0.08),
        (part, 0.33, 0.56, 0.08),
    ):
        middle = (start + end) / 2
        points = ((start, 0.95, 0.20), (middle * 1.05, 0.85, 0.36), (end, drop, 0.385 - abs(end) * 0.28))
        _locks(figure, stuff, points, (thick, thick, 0.022), 1)


def _locks(
    figure: Figure,
    stuff: Material,
    points: Sequence[tuple[float, float, float]],
    radii: Sequence[float],
    sign: int,
) -> None:
    h, frame = figure.bones.head, figure.frames["head"]
    places = [frame.at(sign * x * h, y * h, z * h) for x, y, z in points]
    figure.clay.chain(places, [radius * h for radius in radii], stuff, melt=h * 0.025, group=HAIR)


def _tail(figure: Figure, stuff: Material, root: Vec3, out: Vec3, size: float) -> None:
    """A bound tail that leaves the head and hangs to the ground's side, swung a little by the seed."""
    h, frame = figure.bones.head, figure.frames["head"]
    start, first = frame.at(*scaled(root, h)), frame.at(*scaled(out, h))
    figure.clay.limb(
        between(start, first, 0.1), between(start, first, 0.32), 0.10 * h, 0.10 * h, leather(figure.look.tie)
    )
    behind = turned(frame.rotation, Vec3(root.x * 0.6, -0.25, root.z * 0.75))
    sideways = turned(frame.rotation, Vec3(0.22 * figure.sway, 0, 0))
    down = Vec3(0, -1, 0)
    direction, places = behind, [between(start, first, 0.2), first]
    for _ in range(4):
        direction = add(between(direction, down, 0.42), scaled(sideways, 0.5))
        places.append(add(places[-1], scaled(direction, 0.26 * h * size)))
    radii = [radius * h for radius in (0.075, 0.11, 0.155, 0.165, 0.125, 0.03)]
    figure.clay.chain(*smoothed(places, radii, 2), stuff, melt=h * 0.03, group=HAIR)


def _ball(figure: Figure, stuff: Material, at: Vec3, size: float) -> None:
    h, frame = figure.bones.head, figure.frames["head"]
    figure.clay.ball(frame, scaled(at, h), Vec3(size * h, size * h * 0.92, size * h), stuff, melt=h * 0.02, group=HAIR)


def _curtain(figure: Figure, stuff: Material, low: float, thick: float) -> None:
    """Hair that falls round the back of the head and beside the face."""
    for angle_x, angle_z in ((0.30, 0.12), (0.36, -0.10), (0.26, -0.32), (0.08, -0.42)):
        for _, sign in SIDES:
            points = (
                (angle_x * 0.9, 0.72, angle_z), (angle_x * 1.08, 0.40, angle_z - 0.02), (angle_x * 1.02, low,
                    angle_z + 0.02),
            )  # fmt: skip
            _locks(figure, stuff, points, (thick * 0.7, thick * 0.8, thick * 0.34), sign)


def _mane(figure: Figure, stuff: Material) -> None:
    """Long hair down the back, between the shoulder blades, swung by the seed."""
    b, chest, head = figure.bones, figure.frames["chest"], figure.frames["head"]
    for across in (-0.5, 0.0, 0.5):
        top = head.at(across * b.head * 0.44, b.head * 0.3, -b.head * 0.36)
        middle = chest.at(across * b.shoulder * 0.9 + figure.sway * 0.01, b.chest * 0.62, -b.shoulder * 0.82)
        end = chest.at(across * b.shoulder * 0.8 + figure.sway * 0.03, -b.chest * 0.25, -b.shoulder * 0.92)
        radius = b.head * 0.16
        figure.clay.limb(top, middle, radius, radius * 0.95, stuff, melt=0.01, group=HAIR)
        figure.clay.limb(middle, end, radius * 0.95, radius * 0.25, stuff, melt=0.01, group=HAIR)


def _beard(figure: Figure, stuff: Material) -> None:
    for _, sign in SIDES:
        _locks(figure, stuff, ((0.34, 0.40, 0.10), (0.27, 0.20, 0.22), (0.12, 0.06, 0.32)), (0.06, 0.10, 0.11), sign)
        _locks(figure, stuff, ((0.02, 0.27, 0.385), (0.11, 0.24, 0.35)), (0.035, 0.03), sign)
    _locks(figure, stuff, ((0.0, 0.10, 0.34), (0.0, -0.08, 0.34)), (0.13, 0.04), 1)


def _spikes(figure: Figure, stuff: Material) -> None:
    for x, y, z, long in (
        (0.0, 0.98, 0.30, 0.20), (0.22, 0.98, 0.22, 0.22), (-0.22, 0.98, 0.22, 0.22), (0.0, 1.02, 0.0, 0.30),
        (0.30, 0.92, -0.06, 0.28), (-0.30, 0.92, -0.06, 0.28), (0.16, 0.94, -0.28, 0.30), (-0.16, 0.94, -0.28, 0.30),
        (0.0, 0.76, -0.44, 0.28), (0.34, 0.70, -0.20, 0.24), (-0.34, 0.70, -0.20, 0.24),
    ):  # fmt: skip
        outward = Vec3(x * 1.2, (y - 0.5) * 0.9, z * 1.2 - 0.12)
        points = (
            (x * 0.8, y * 0.86 + 0.04, z * 0.85),
            (x + outward.x * long, y + outward.y * long, z + outward.z * long),
        )
        _locks(figure, stuff, points, (0.15, 0.015), 1)
