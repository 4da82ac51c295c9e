"""A mascot's animal parts: muzzle, ears, tail, and the light patches of its coat."""

from __future__ import annotations

from studio.domain.skeleton_rotation import Vec3, add, scaled, turned
from studio.imaging.body import chest_size, hip_size
from studio.imaging.curve import smoothed
from studio.imaging.figure import HEAD, SIDES, Figure
from studio.imaging.look import Beast
from studio.imaging.materials import fur, glass, mixed
from studio.imaging.pattern import beyond, patch
from studio.imaging.shapes import Material

WHITE = (250, 244, 234)
TAIL = 25

_EARS = {
    Beast.FOX: (0.27, 0.88, 0.40, 1.44, 0.17),
    Beast.WOLF: (0.26, 0.88, 0.36, 1.34, 0.16),
    Beast.CAT: (0.27, 0.86, 0.36, 1.26, 0.17),
    Beast.BEAR: (0.34, 0.86, 0.38, 0.98, 0.17),
    Beast.RABBIT: (0.15, 0.92, 0.22, 1.78, 0.12),
    Beast.NONE: (0.28, 0.88, 0.38, 1.28, 0.14),
}
"""Root across and up, tip across and up, breadth: in heads from the chin."""


def add_beast(figure: Figure) -> None:
    """Puts on the animal parts that the look has."""
    look = figure.look
    if look.beast is not Beast.NONE:
        _face(figure)
        _coat(figure)
    if look.ears or look.beast is not Beast.NONE:
        _ears(figure)
    if look.tail:
        _tail(figure)


def _face(figure: Figure) -> None:
    h, clay, frame, look = figure.bones.head, figure.clay, figure.frames["head"], figure.look
    coat = fur(look.body, trim=WHITE)
    blunt = look.beast in (Beast.BEAR, Beast.CAT, Beast.RABBIT)
    long = 0.52 if blunt else 0.72
    white = fur(WHITE)
    clay.ball(frame, Vec3(0, h * 0.42, h * 0.04), Vec3(h * 0.44, h * 0.30, h * 0.38), coat, melt=h * 0.10, group=HEAD)
    for _, sign in SIDES:
        for x, y in ((0.58, 0.30), (0.60, 0.40), (0.50, 0.20)):
            clay.limb(
                frame.at(sign * h * 0.30, h * 0.34, h * 0.08),
                frame.at(sign * h * x, h * y, h * 0.02),
                h * 0.17,
                h * 0.02,
                white,
                melt=h * 0.06,
                group=HEAD,
            )
    bridge = (h * 0.22, h * 0.10) if not blunt else (h * 0.22, h * 0.15)
    clay.sweep(
        frame,
        Vec3(0, h * 0.37, h * 0.30),
        Vec3(0, h * 0.31, h * long),
        bridge,
        (1, 0.8, 1),
        coat,
        melt=h * 0.06,
        group=HEAD,
    )
    clay.sweep(
        frame,
        Vec3(0, h * 0.27, h * 0.30),
        Vec3(0, h * 0.26, h * (long - 0.04)),
        (h * 0.22, h * 0.10),
        (1, 0.7, 1),
        white,
        melt=h * 0.02,
        group=HEAD,
    )
    clay.ball(frame, Vec3(0, h * 0.35, h * (long + 0.08)), Vec3(h * 0.075, h * 0.058, h * 0.055), glass((22, 18, 20)))
    _features(figure, long)


def _features(figure: Figure, long: float) -> None:
    """Eyes and mouth; the muzzle reaches `long` heads forward."""
    h, clay, frame, look = figure.bones.head, figure.clay, figure.frames["head"], figure.look
    eye, iris, spark = glass((20, 16, 18)), glass(look.eyes), Material((1.0, 1.0, 1.0), glow=0.7)
    for _, sign in SIDES:
        x = sign * h * 0.185
        clay.ball(frame, Vec3(x, h * 0.56, h * 0.345), Vec3(h * 0.082, h * 0.100, h * 0.060), eye)
        clay.ball(frame, Vec3(x, h * 0.545, h * 0.372), Vec3(h * 0.055, h * 0.068, h * 0.042), iris)
        clay.ball(frame, Vec3(x, h * 0.55, h * 0.388), Vec3(h * 0.034, h * 0.044, h * 0.034), eye)
        clay.ball(frame, Vec3(x + h * 0.024, h * 0.592, h * 0.408), Vec3(h * 0.018, h * 0.018, h * 0.016), spark)
    mouth = glass((60, 26, 24))
    for _, sign in SIDES:
        clay.limb(
            frame.at(0, h * 0.235, h * (long + 0.05)),
            frame.at(sign * h * 0.14, h * 0.235, h * (long - 0.16)),
            h * 0.010,
            h * 0.010,
            mouth,
        )


def _coat(figure: Figure) -> None:
    b, clay, chest = figure.bones, figure.clay, chest_size(figure)
    coat = fur(figure.look.body, trim=WHITE)
    bib = patch((0, b.chest * 0.30), (chest.x * 0.66, b.chest * 1.15), 0.12)
    for part in ("chest", "waist", "hips", "neck"):
        clay.draw_on(part, bib, figure.frames["chest"], coat)
    socks = fur(figure.look.second, trim=figure.look.body)
    for side, _ in SIDES:
        clay.draw_on(f"{side}_forearm", beyond(1, -b.forearm * 0.35, 0.03), figure.frames[f"{side}_forearm"], socks)
        clay.draw_on(f"{side}_shin", beyond(1, -b.shin * 0.40, 0.03), figure.frames[f"{side}_shin"], socks)


def _ears(figure: Figure) -> None:
    h, clay, frame, look = figure.bones.head, figure.clay, figure.frames["head"], figure.look
    colour = look.body if look.beast is not Beast.NONE else look.hair_colour
    x0, y0, x1, y1, wide = _EARS[look.beast]
    outer, inner = fur(colour, trim=look.second), fur(mixed(look.second, (235, 190, 180), 0.55))
    tipped = beyond(1, h * (y0 + (y1 - y0) * 0.62), h * 0.06) if look.beast in (Beast.FOX, Beast.WOLF) else None
    for _, sign in SIDES:
        clay.sweep(
            frame, Vec3(sign * h * x0, h * y0, -h * 0.02), Vec3(sign * h * x1, h * y1, -h * 0.04), (h * wide,
                h * wide * 0.16),
            (1, 1, 0.55), outer, melt=h * 0.04, group=HEAD, pattern=tipped,
        )  # fmt: skip
        clay.sweep(
            frame, Vec3(sign * h * x0, h * (y0 + 0.02), h * 0.055), Vec3(sign * h * (x0 + (x1 - x0) * 0.62),
                h * (y0 + (y1 - y0) * 0.62), h * 0.0),
            (h * wide * 0.66, h * wide * 0.14), (1, 1, 0.42), inner,
        )  # fmt: skip


def _tail(figure: Figure) -> None:
    """A tail that rises from the back and curls; bushy with a white tip for foxes and wolves."""
    b, look, frame = figure.bones, figure.look, figure.frames["pelvis"]
    bushy = look.beast in (Beast.FOX, Beast.WOLF)
    colour = look.body if look.beast is not Beast.NONE else look.hair_colour
    start = frame.at(0, b.pelvis * 0.2, -hip_size(figure).z * 0.8)
    reach = (0.30 if look.beast is not Beast.BEAR and look.beast is not Beast.RABBIT else 0.06) * (1 - b.head)
    side = 0.30 + 0.3 * figure.sway
    places = [start]
    for back, up in ((-0.30, -0.16), (-0.32, 0.02), (-0.22, 0.34), (-0.02, 0.42), (0.10, 0.26)):
        step = turned(frame.rotation, Vec3(side * 0.42, up, back))
        places.append(add(places[-1], scaled(step, reach * 1.25)))
    radii = (0.022, 0.05, 0.078, 0.088, 0.062, 0.012) if bushy else (0.02, 0.019, 0.018, 0.017, 0.016, 0.012)
    coat = fur(colour)
    if not bushy:
        figure.clay.chain(places, radii, coat, melt=0.016, group=TAIL)
        return
    points, thick = smoothed(places, radii, 3)
    figure.clay.chain(points[:12], thick[:12], coat, melt=0.016, group=TAIL)
    figure.clay.chain(points[11:], thick[11:], fur(WHITE), melt=0.002, group=TAIL)
