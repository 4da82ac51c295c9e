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
LEAST_PIXELS = 3
"""Pixels of a joint's colour below which they are noise."""
APART = 40.0
"""Pixels at that size between two people's joints of one name; the dot of one joint is smaller."""
LONGEST = 768
"""Pixels of the longer side a picture is read at: joints stay a few pixels wide."""


def read_openpose(picture: Image.Image) -> dict[str, tuple[float, float]]:
    """The keypoints of an OpenPose picture by name, x to the right and y down, in its pixels.

    Joints are drawn in their full colours, the limbs between them darker. What cannot be made out is left out; a
    picture that is no skeleton gives next to none.
    """
    places, scale = _joint_pixels(picture)
    found: dict[str, tuple[float, float]] = {}
    for name, own in places.items():
        place = _blob(own)
        if place is not None:
            found[name] = (float(place[1]) / scale, float(place[0]) / scale)
    return found


def figures_seen(picture: Image.Image) -> int:
    """How many skeletons an OpenPose picture shows: most of its joints are there so many times."""
    places, _ = _joint_pixels(picture)
    counts = sorted(_heaps(own) for own in places.values() if len(own) >= LEAST_PIXELS)
    return counts[len(counts) // 2] if counts else 0


def _joint_pixels(picture: Image.Image) -> tuple[dict[str, NDArray[np.float32]], float]:
    """The pixels (row, column) in each joint's full colour, and the scale of the picture they were found in."""
    from PIL import Image

    scale = min(1.0, LONGEST / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    # Nearest, for a blend of two joints' colours is a third one's.
    data = np.asarray(picture.convert("RGB").resize(size, Image.Resampling.NEAREST), np.int16)
    bright = np.argwhere(data.max(-1) > 190)
    if not len(bright):
        return {}, scale
    pixels = data[bright[:, 0], bright[:, 1]]
    far = np.abs(pixels[:, None] - np.asarray(COLOURS, np.int16)[None]).max(-1)
    nearest = far.argmin(1)
    good = far[np.arange(len(far)), nearest] < NEAR
    names = enumerate(KEYPOINTS)
    return {name: bright[good & (nearest == number)].astype(np.float32) for number, name in names}, scale


def limbs_seen(found: dict[str, tuple[float, float]]) -> int:
    """How many of the 17 limbs have both ends: a picture with fewer than eight is hardly a skeleton."""
    return sum(KEYPOINTS[a] in found and KEYPOINTS[b] in found for a, b in LIMBS)


def _blob(places: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """The middle of the densest heap of pixels; None for so few that they are noise."""
    if len(places) < LEAST_PIXELS:
        return None
    middle = np.median(places, 0)
    for reach in (40.0, 16.0, 8.0):
        close = places[np.abs(places - middle).max(-1) <= reach]
        if len(close):
            middle = close.mean(0)
    return np.asarray(middle, np.float32)


def _heaps(places: NDArray[np.float32]) -> int:
    """How many dots some pixels make; a dot of less than a quarter of the largest is noise."""
    left, sizes = places, []
    while len(left):
        near = np.abs(left - left[0]).max(-1) <= APART
        sizes.append(int(near.sum()))
        left = left[~near]
    return sum(size * 4 >= max(sizes) for size in sizes) if sizes else 0
