"""The head: skull, jaw, nose, ears, eyes, brows and mouth."""

from __future__ import annotations

from itertools import pairwise

from studio.domain.skeleton_rotation import Vec3
from studio.imaging.figure import HEAD, SIDES, Figure
from studio.imaging.look import Beast, Clothing, Headgear
from studio.imaging.materials import glass, hair, leather, mixed, skin
from studio.imaging.shapes import Material, linear


def skull(figure: Figure) -> Vec3:
    """Half-breadth, half-height and half-depth of the skull, which sits 0.58 of a head above the chin."""
    h = figure.bones.head
    return Vec3(h * 0.375, h * 0.42, h * 0.43)


SKULL_HEIGHT = 0.575


def add_head(figure: Figure) -> None:
    """Puts on the head with its face; hair and headgear come later."""
    h, clay, frame = figure.bones.head, figure.clay, figure.frames["head"]
    flesh = skin(figure.look.skin)
    size = skull(figure)
    clay.ball(frame, Vec3(0, h * SKULL_HEIGHT, -h * 0.02), size, flesh, melt=h * 0.08, group=HEAD)
    if figure.look.beast is not Beast.NONE:
        return
    soft = figure.look.feminine
    jaw = (0.28, 0.14) if soft else (0.285, 0.175)
    clay.sweep(
        frame, Vec3(0, h * 0.36, h * 0.10), Vec3(0, h * 0.125, h * 0.19), (h * jaw[0], h * jaw[1]), (1, 0.95, 1),
        flesh, melt=h * 0.1, group=HEAD,
    )  # fmt: skip
    nose = h * (0.036 if soft else 0.048)
    clay.limb(
        frame.at(0, h * 0.45, h * 0.405),
        frame.at(0, h * 0.345, h * 0.445),
        nose * 0.6,
        nose,
        flesh,
        melt=h * 0.04,
        group=HEAD,
    )
    for _, sign in SIDES:
        clay.ball(
            frame,
            Vec3(sign * size.x * 1.0, h * 0.43, -h * 0.03),
            Vec3(h * 0.04, h * 0.10, h * 0.065),
            flesh,
            melt=h * 0.03,
            group=HEAD,
        )
    if figure.look.headgear is not Headgear.HELMET and figure.look.clothing is not Clothing.CLAY:
        _face(figure)


def _face(figure: Figure) -> None:
    h, look = figure.bones.head, figure.look
    large = max(0.75, min(1.25, 7.2 / look.heads)) * (1.08 if look.feminine else 0.92)
    white, iris, black = glass((244, 244, 246)), glass(look.eyes), glass((12, 12, 16))
    shine = Material(linear((255, 255, 255)), glow=0.6)
    for _, sign in SIDES:
        x, y = sign * h * 0.15, h * 0.435
        _disc(figure, Vec3(x, y, h * 0.345), Vec3(h * 0.076 * large, h * 0.068 * large, h * 0.055), white)
        _disc(
            figure,
            Vec3(x - sign * h * 0.008, y, h * 0.368),
            Vec3(h * 0.046 * large, h * 0.056 * large, h * 0.042),
            iris,
        )
        _disc(
            figure,
            Vec3(x - sign * h * 0.009, y, h * 0.382),
            Vec3(h * 0.024 * large, h * 0.032 * large, h * 0.034),
            black,
        )
        _disc(
            figure, Vec3(x + h * 0.012, y + h * 0.022 * large, h * 0.402), Vec3(h * 0.013, h * 0.013, h * 0.014), shine
        )
    _expression(figure, large)


def _expression(figure: Figure, large: float) -> None:
    """Brows and mouth of the pose's mood."""
    h, clay, frame, look = figure.bones.head, figure.clay, figure.frames["head"], figure.look
    mood = figure.skeleton.head.mood
    inner, outer, lift = _BROWS.get(mood, _BROWS[""])
    brow = hair(mixed(look.hair_colour, (30, 22, 20), 0.35))
    thick = h * (0.011 if look.feminine else 0.017)
    high = h * 0.435 + h * (0.098 + lift) * large
    for _, sign in SIDES:
        points = ((0.07, inner, 0.40), (0.155, 0.012, 0.392), (0.235, outer, 0.35))
        arc = [frame.at(sign * h * x, high + h * y, h * z) for x, y, z in points]
        for a, b in pairwise(arc):
            clay.limb(a, b, thick * 1.15, thick, brow)
    lips = leather(mixed(look.skin, (150, 52, 58), 0.62))
    corner, middle, open_by = _MOUTHS.get(mood, _MOUTHS[""])
    y = h * 0.207
    if open_by:
        clay.ball(
            frame, Vec3(0, y - h * 0.012, h * 0.342), Vec3(h * 0.052, h * open_by, h * 0.034), leather((92, 30, 34))
        )
    for _, sign in SIDES:
        points = ((0.0, middle, 0.366), (0.045, (middle + corner) * 0.45, 0.358), (0.078, corner, 0.338))
        arc = [frame.at(sign * h * x, y + h * up, h * z) for x, up, z in points]
        for a, b in pairwise(arc):
            clay.limb(a, b, h * 0.0125, h * 0.010, lips)


_BROWS = {
    "": (0.0, -0.012, 0.0),
    "happy": (0.004, -0.016, 0.02),
    "sad": (0.035, -0.035, 0.01),
    "angry": (-0.045, 0.02, -0.008),
    "surprised": (0.01, -0.012, 0.055),
    "tired": (0.012, -0.03, -0.012),
}
"""Height of the inner and outer end of a brow and of the whole, in heads."""

_MOUTHS = {
    "": (0.004, -0.006, 0.0),
    "happy": (0.032, -0.012, 0.026),
    "sad": (-0.022, 0.008, 0.0),
    "angry": (-0.016, 0.004, 0.0),
    "surprised": (0.0, 0.028, 0.045),
    "tired": (-0.012, 0.0, 0.0),
}
"""Height of the corners and the middle of the mouth, and how far it is open, in heads."""


def _disc(figure: Figure, at: Vec3, radius: Vec3, material: Material) -> None:
    figure.clay.ball(figure.frames["head"], at, radius, material)
