"""A look dressed in the colours of reference pictures, for the edits that redraw a character from references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from studio.imaging.look import Look
from studio.sandbox.colour_words import Rgb
from studio.sandbox.cutouts import background_mask

SAMPLE_SIDE = 160
"""Pixels of the longer side at which colours are counted."""


def dressed_like(look: Look, references: Sequence[Image.Image]) -> Look:
    """The look with the two commonest colours of the first reference's figure, and its paper's colour."""
    small = references[0].convert("RGB")
    small.thumbnail((SAMPLE_SIDE, SAMPLE_SIDE), Image.Resampling.BOX)
    pixels = np.asarray(small).reshape(-1, 3)
    outside = background_mask(small).reshape(-1)
    figure, paper = pixels[outside < 0.5], pixels[outside >= 0.5]
    colours = _commonest(figure if len(figure) else pixels)
    background = _middle(paper) if len(paper) else look.paper
    return replace(look, body=colours[0], second=colours[min(1, len(colours) - 1)], paper=background)


def _commonest(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[Rgb]:
    bins = (pixels // 43).astype(np.int32)
    codes = bins[:, 0] * 36 + bins[:, 1] * 6 + bins[:, 2]
    counts = np.bincount(codes, minlength=216)
    favourites = [int(code) for code in np.argsort(-counts, kind="stable")[:2] if counts[code]]
    return [_middle(pixels[codes == code]) for code in favourites]


def _middle(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Rgb:
    red, green, blue = (round(float(channel)) for channel in pixels.mean(axis=0))
    return red, green, blue
