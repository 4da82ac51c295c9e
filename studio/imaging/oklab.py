"""Oklab: a colour space in which equal distances look about equally large.

Matrices: Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Lab = NDArray[np.float32]
"""Lightness 0..1, then the green-red and the blue-yellow axis, each about -0.3..0.3; last axis of length 3."""

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)


def oklab(rgb: NDArray[np.uint8]) -> Lab:
    """sRGB bytes (last axis 3) as Oklab."""
    cones = np.cbrt(_LINEAR_TABLE[rgb] @ _TO_LMS.T)
    return np.asarray(cones @ _TO_LAB.T, np.float32)


def oklab_of_hex(text: str) -> Lab:
    """`#RRGGBB` as Oklab. Raises ValueError for anything else."""
    digits = text.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"{text!r} is no #RRGGBB")
    return oklab(np.frombuffer(bytes.fromhex(digits), np.uint8))


def _linear(encoded: NDArray[Any]) -> NDArray[np.float32]:
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LINEAR_TABLE = _linear(np.arange(256, dtype=np.float32) / 255)
