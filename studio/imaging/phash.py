"""A perceptual hash: 64 bits that hardly change when a picture is scaled, recompressed or lit a little differently.

The method is the DCT hash of the pHash library (C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash
Functions", 2010): low frequencies of a 32 x 32 grey picture, each compared with their median.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

SIDE = 32
BITS = 64


def perceptual_hash(picture: Image.Image) -> int:
    """64 bits of a picture of any mode; transparent parts count as white."""
    from PIL import Image

    if picture.has_transparency_data:
        backed = Image.new("RGBA", picture.size, "white")
        backed.alpha_composite(picture.convert("RGBA"))
        picture = backed
    grey = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return hash_of(np.asarray(grey, np.float32))


def hash_of(grey: NDArray[np.float32]) -> int:
    """The same of a grey array of 32 x 32, in any unit of lightness."""
    basis = _basis()
    low = (basis @ grey @ basis.T)[:8, 1:9].ravel()
    bits = low > np.median(low)
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def bits_apart(one: int, other: int) -> int:
    """In how many of the 64 bits two hashes differ; below about 10 the pictures look alike."""
    return (one ^ other).bit_count()


@functools.cache
def _basis() -> NDArray[np.float32]:
    k, n = np.mgrid[0:SIDE, 0:SIDE]
    return np.asarray(np.cos(np.pi * k * (2 * n + 1) / (2 * SIDE)), np.float32)
