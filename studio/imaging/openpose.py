"""The skeleton picture that pose-guided models take: OpenPose's coloured limbs on black."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, cos, hypot, sin
from typing import TYPE_CHECKING

from studio.domain.skeleton_view import COLOURS, LIMBS, Point

if TYPE_CHECKING:
    from PIL import Image

_DIM = 0.6
"""OpenPose draws limbs at 0.6 of their colour and the joints at full strength."""


def draw_openpose(keypoints: Sequence[Point], size: tuple[int, int]) -> Image.Image:
    """The 18 keypoints of a unit square as a skeleton picture (RGB) of `size` pixels, centred, aspect kept.

    Keypoints that are not seen are left out with their limbs, as a detector would.
    """
    from PIL import Image, ImageDraw

    smooth = 2
    width, height = size[0] * smooth, size[1] * smooth
    span = min(width, height)
    if span == height:
        span = min(height, round(width * 1.35))
    places = [((p.x - 0.5) * span + width / 2, (p.y - 0.5) * span + height / 2) for p in keypoints]
    places = _inside(places, width, height)
    picture = Image.new("RGB", (width, height), (0, 0, 0))
    pen = ImageDraw.Draw(picture)
    thick = max(2.0, span / 120)
    for number, (a, b) in enumerate(LIMBS):
        if keypoints[a].seen and keypoints[b].seen:
            red, green, blue = (round(c * _DIM) for c in COLOURS[number])
            pen.polygon(_spindle(places[a], places[b], thick), fill=(red, green, blue))
    for number, (x, y) in enumerate(places):
        if keypoints[number].seen:
            pen.ellipse((x - thick, y - thick, x + thick, y + thick), fill=COLOURS[number])
    return picture.resize(size, Image.Resampling.LANCZOS)


def _inside(places: list[tuple[float, float]], width: int, height: int) -> list[tuple[float, float]]:
    """The places shrunk about the picture's middle until all lie within a small margin."""
    reach_x = max(abs(x - width / 2) for x, _ in places)
    reach_y = max(abs(y - height / 2) for _, y in places)
    factor = min(1.0, 0.47 * width / max(reach_x, 1e-6), 0.47 * height / max(reach_y, 1e-6))
    return [(width / 2 + (x - width / 2) * factor, height / 2 + (y - height / 2) * factor) for x, y in places]


def _spindle(a: tuple[float, float], b: tuple[float, float], thick: float) -> list[tuple[float, float]]:
    """The outline of a limb: an ellipse between two joints, as OpenPose draws it."""
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    half, angle = hypot(b[0] - a[0], b[1] - a[1]) / 2, atan2(b[1] - a[1], b[0] - a[0])
    outline = []
    for step in range(32):
        turn = step * 0.19635
        along, across = half * cos(turn), thick * sin(turn)
        outline.append(
            (middle[0] + along * cos(angle) - across * sin(angle), middle[1] + along * sin(angle) + across * cos(angle))
        )
    return outline
