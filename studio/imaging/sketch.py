"""The unfinished picture: grain, and colours that have not yet settled, until enough steps have been taken."""

from __future__ import annotations

import numpy as np

from studio.imaging.backdrop import enlarged
from studio.imaging.shapes import Array

_CLAY = np.array((0.55, 0.47, 0.41), np.float32)


def roughened(light: Array, rough: float, seed: int) -> Array:
    """A picture in linear light made as rough as `rough` says (0 leaves it alone): paler, grained, in fewer tones."""
    if rough <= 0.02:
        return light
    rough = min(1.0, rough)
    height, width = light.shape[:2]
    grey = light @ np.array((0.2126, 0.7152, 0.0722), np.float32)
    unsettled = (0.10 + 0.90 * grey[..., None] ** np.float32(0.8)) * (_CLAY / 0.55) ** np.float32(0.5)
    result = light + (unsettled - light) * np.float32(max(0.0, rough - 0.2) * 0.9)
    dice = np.random.default_rng(seed % (1 << 32))
    step = 2
    coarse = dice.standard_normal((height // step + 2, width // step + 2)).astype(np.float32)
    grain = enlarged(coarse, step, (height, width)) + dice.standard_normal((height, width)).astype(np.float32) * 0.5
    result = result * (1 + grain[..., None] * np.float32(0.10 * rough))
    if rough > 0.4:
        tones = np.float32(34 - 20 * rough)
        encoded = np.clip(result, 0, 1) ** np.float32(1 / 2.2)
        stepped = np.round(encoded * tones) / tones
        encoded += (stepped - encoded) * np.float32(min(1.0, (rough - 0.4) * 1.4))
        result = encoded ** np.float32(2.2)
    return np.asarray(result, np.float32)
