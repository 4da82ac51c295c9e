"""Pictures to measure encoders with, always the same: a figure with hard edges and grain, and a smooth photo."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter


@cache
def figure(side: int) -> Image.Image:
    """A drawn figure: flat shapes, strands of hair, a glow, grain."""
    image = Image.new("RGB", (side, side), (18, 20, 34))
    draw = ImageDraw.Draw(image)
    unit = side / 100
    rng = np.random.default_rng(11)
    for number in range(60):
        ends = tuple(rng.uniform(-10, 110, 4) * unit)
        colour = (int(rng.integers(10, 60)), int(rng.integers(10, 50)), int(rng.integers(40, 120)))
        draw.line(ends, fill=colour, width=max(1, round(unit * number / 40)))
    draw.ellipse((38 * unit, 12 * unit, 62 * unit, 38 * unit), fill=(236, 190, 160))
    body = [(35, 40), (65, 40), (72, 90), (28, 90)]
    draw.polygon([(x * unit, y * unit) for x, y in body], fill=(190, 40, 90))
    for strand in range(90):
        turn, length = np.pi * (0.9 + strand * 0.0135), rng.uniform(14, 40)
        end = (50 + length * np.cos(turn)) * unit, (25 - length * np.sin(turn) * 0.8) * unit
        shade = int(rng.integers(60, 230))
        draw.line(
            (50 * unit, 22 * unit, *end), fill=(shade, shade // 3, 255 - shade // 2), width=max(1, round(unit / 4))
        )
    glow = Image.new("RGB", image.size)
    ImageDraw.Draw(glow).line((10 * unit, 80 * unit, 90 * unit, 66 * unit), fill=(0, 255, 230), width=round(2 * unit))
    lit = np.asarray(image, np.int16) + np.asarray(glow.filter(ImageFilter.GaussianBlur(1.5 * unit)))
    return Image.fromarray(np.clip(lit + rng.normal(0, 2, lit.shape), 0, 255).astype(np.uint8))


@cache
def photo(side: int) -> Image.Image:
    """Noise as smooth as nature: each octave has half the strength of the one below."""
    rng = np.random.default_rng(5)
    total = np.zeros((side, side, 3))
    for octave in range(2, 9):
        size = 1 << octave
        small = Image.fromarray(rng.integers(0, 256, (size, size, 3), np.uint8))
        total += np.asarray(small.resize((side, side), Image.Resampling.BICUBIC), float) / 2 ** (octave - 1)
    total = (total - total.min()) / (total.max() - total.min())
    return Image.fromarray((total * 255).astype(np.uint8))


def psnr(one: Image.Image, other: Image.Image) -> float:
    """Peak signal to noise in dB; infinite for the same picture."""
    error = float(((np.asarray(one, float) - np.asarray(other, float)) ** 2).mean())
    return float(10 * np.log10(255**2 / error)) if error else float("inf")
