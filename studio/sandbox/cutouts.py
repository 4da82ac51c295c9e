"""What is background in a picture: everything like its corners that can be reached from its border."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

NEAR = 0.12
"""Distance of colours, 0 to 1.7, up to which a pixel still counts as background: mannequin papers shade by less."""

FLOOR = 0.66
"""Part of the height below which a figure's shadow may lie."""

DEEPEST_SHADOW = 0.55
"""Light of a shadow relative to its paper, above which it still counts as ground."""

WORKING_SIDE = 512
"""Pixels of the longer side at which the flood runs; its edge is refined at full size."""

Pixels = NDArray[np.floating[Any]]


def background_mask(picture: Image.Image) -> Pixels:
    """How much each pixel is background, 0..1, height by width.

    A border in one colour counts as the background's; the flood then follows slow changes such as a floor's shading.
    """
    small = picture.convert("RGB")
    small.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=np.float32) / 255
    reached = Image.fromarray(np.where(_flooded(_likeness(pixels)), 255, 0).astype(np.uint8), "L")
    # One pixel further in: the outermost ring of a figure is half paper and would shine as a fringe.
    reached = reached.filter(ImageFilter.MaxFilter(3))
    soft = reached.resize(picture.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.8))
    return np.asarray(soft, dtype=np.float32) / 255


def without_background(picture: Image.Image) -> Image.Image:
    """The picture in RGBA with its background transparent and no fringe of its colour at the edges."""
    rgb = picture.convert("RGB")
    outside = background_mask(rgb)
    alpha = 1 - outside
    pixels = np.asarray(rgb, dtype=np.float32) / 255
    ground = _border_colour(pixels)
    # An edge pixel is a mixture of figure and ground; take the ground's part out again.
    share = np.maximum(alpha, 0.35)[..., None]
    clean = np.clip((pixels - ground * (1 - share)) / share, 0, 1)
    clean = np.where(alpha[..., None] < 1, clean, pixels)
    stack = np.dstack([clean, alpha])
    cut = Image.fromarray((stack * 255 + 0.5).astype(np.uint8), "RGBA")
    if picture.mode == "RGBA":
        earlier = np.minimum(np.asarray(cut.getchannel("A")), np.asarray(picture.getchannel("A")))
        cut.putalpha(Image.fromarray(earlier, "L"))
    return cut


def _likeness(pixels: Pixels) -> NDArray[np.bool_]:
    paper = _border_colour(pixels)
    near = np.linalg.norm(pixels - paper, axis=2) < NEAR
    # On the floor a shadow belongs to the ground: the paper's own hue, only darker.
    light = pixels.mean(axis=2) / max(0.05, float(paper.mean()))
    hueless = np.abs(pixels - paper * light[..., None]).max(axis=2) < NEAR / 3
    on_floor = np.arange(len(pixels))[:, None] > len(pixels) * FLOOR
    return np.asarray(near | (on_floor & hueless & (light > DEEPEST_SHADOW)), dtype=np.bool_)


def _flooded(open_: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The open cells that are connected with the border, found by whole runs of a row or a column at a time."""
    reached = open_.copy()
    reached[1:-1, 1:-1] = False
    while True:
        before = int(reached.sum())
        reached = _along_rows(open_, reached)
        reached = _along_rows(open_.T, reached.T).T
        if int(reached.sum()) == before:
            return reached


def _along_rows(open_: NDArray[np.bool_], reached: NDArray[np.bool_]) -> NDArray[np.bool_]:
    height, width = open_.shape
    runs = np.cumsum(~open_, axis=1) + np.arange(height)[:, None] * (width + 1)
    hit = np.zeros(height * (width + 1), dtype=np.bool_)
    hit[runs[reached]] = True
    return np.asarray(open_ & hit[runs], dtype=np.bool_)


def _border_colour(pixels: Pixels) -> Pixels:
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    return np.asarray(np.median(border, axis=0), dtype=np.float32)
