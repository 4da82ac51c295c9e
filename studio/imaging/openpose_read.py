"""Reading an OpenPose picture: where its coloured joints lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.domain.skeleton_view import COLOURS, KEYPOINTS, LIMBS

if TYPE_CHECKING:
    from PIL import Image

NEAR = 46
"""How far a pixel's red, green and blue together may lie from a joint's colour; the next joint's is 85 away."""
LONGEST = 768
"""Pixels of the longer side a picture is read at: joints stay a few pixels wide."""


def read_openpose(picture: Image.Image) -> dict[str, tuple[float, float]]:
    """The keypoints of an OpenPose picture by name, x to the right and y down, in its pixels.

    Joints are drawn in their full colours, the limbs between them darker. What cannot be made out is left out; a
    picture that is no skeleton gives next to none.
    """
    from PIL import Image

    scale = min(1.0, LONGEST / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    # Nearest, for a blend of two joints' colours is a third one's.
    data = np.asarray(picture.convert("RGB").resize(size, Image.Resampling.NEAREST), np.int16)
    bright = np.argwhere(data.max(-1) > 190)
    if not len(bright):
        return {}
    pixels = data[bright[:, 0], bright[:, 1]]
    far = np.abs(pixels[:, None] - np.asarray(COLOURS, np.int16)[None]).max(-1)
    nearest = far.argmin(1)
    good = far[np.arange(len(far)), nearest] < NEAR
    found: dict[str, tuple[float, float]] = {}
    for number, name in enumerate(KEYPOINTS):
        own = bright[good & (nearest == number)].astype(np.float32)
        place = _blob(own)
        if place is not None:
            found[name] = (float(place[1]) / scale, float(place[0]) / scale)
    return found


def limbs_seen(found: dict[str, tuple[float, float]]) -> int:
    """How many of the 17 limbs have both ends: a picture with fewer than eight is hardly a skeleton."""
    return sum(KEYPOINTS[a] in found and KEYPOINTS[b] in found for a, b in LIMBS)


def _blob(places: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """The middle of the densest heap of pixels; None for fewer than three, which are noise."""
    if len(places) < 3:
        return None
    middle = np.median(places, 0)
    for reach in (40.0, 16.0, 8.0):
        close = places[np.abs(places - middle).max(-1) <= reach]
        if len(close):
            middle = close.mean(0)
    return np.asarray(middle, np.float32)
