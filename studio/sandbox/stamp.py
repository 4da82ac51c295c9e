"""The small SANDBOX in the lower right corner of every sandbox picture: put on, and taken off again before an edit."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

STAMP = "SANDBOX"

EVEN = 0.035
"""Spread of channel values, 0..1, up to which the surroundings of a stamp count as one even ground."""

Box = tuple[int, int, int, int]


def stamped(picture: Image.Image) -> Image.Image:
    """The picture with the stamp, readable on any ground. One too small for it comes back as it is."""
    out = picture.copy()
    plate = _plate(max(9, min(out.size) // 48))
    box = stamp_box(out.size)
    if box is None:
        return out
    if out.mode == "RGBA":
        out.alpha_composite(plate, box[:2])
    else:
        out.paste(plate.convert("RGB"), box[:2], plate.getchannel("A"))
    return out


def stamp_box(size: tuple[int, int]) -> Box | None:
    """Where the stamp lies in a picture of that size; None when there is no room."""
    text = max(9, min(size) // 48)
    plate, pad = _plate(text), _pad(text)
    left, top = size[0] - plate.width - pad, size[1] - plate.height - pad
    return None if left < 1 or top < 1 else (left, top, left + plate.width, top + plate.height)


def without_stamp(picture: Image.Image) -> Image.Image:
    """The picture with the ground where a stamp was, when that ground is even; else as it is.

    An edit of a sandbox picture would otherwise mirror, recolour or cut out the stamp as if it were the subject.
    """
    box = stamp_box(picture.size)
    if box is None:
        return picture
    left, top, right, bottom = box
    pixels = np.asarray(picture.convert("RGB"), dtype=np.float32) / 255
    above, beside = pixels[top - 1, left:right], pixels[top:bottom, left - 1]
    if max(float(above.std(axis=0).max()), float(beside.std(axis=0).max())) > EVEN:
        return picture
    ground = np.repeat(beside[:, None], right - left, axis=1)
    patch = Image.fromarray((ground * 255 + 0.5).astype(np.uint8), "RGB")
    out = picture.copy()
    out.paste(patch.convert(out.mode), (left, top))
    if out.mode == "RGBA":
        clear = picture.getchannel("A").crop((left - 1, top, left, bottom)).resize(patch.size)
        patch.putalpha(clear)
        out.paste(patch, (left, top))
    return out


def _pad(text: int) -> int:
    return max(2, text // 3)


@lru_cache(maxsize=16)
def _plate(text: int) -> Image.Image:
    font = ImageFont.load_default(text)
    left, top, right, bottom = font.getbbox(STAMP)
    pad = _pad(text)
    plate = Image.new("RGBA", (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad), (0, 0, 0, 0))
    pen = ImageDraw.Draw(plate)
    pen.rounded_rectangle((0, 0, plate.width - 1, plate.height - 1), radius=pad, fill=(20, 20, 24, 110))
    pen.text((pad - left, pad - top), STAMP, font=font, fill=(255, 255, 255, 205))
    return plate
