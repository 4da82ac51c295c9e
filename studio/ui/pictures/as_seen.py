"""A picture's pixels as an eye should see them: upright, in red, green and blue, nothing shining through."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 80_000_000
"""Larger pictures are not decoded; Pillow itself warns from 89 million on."""

BACKDROP = (24, 24, 27)
"""Red, green and blue seen through transparent parts."""

ORIENTATION = 0x0112
"""EXIF tag (EXIF 2.32, 4.6.4); values from 5 on are turned by a quarter."""


def turn_of(file: Image, *, loaded: bool = False) -> int:
    """How an opened picture is turned, by its EXIF data. Of a PNG only what stands before its pixels is read, unless it
    is `loaded`: the rest would cost a whole decoding.
    """
    if file.format == "PNG" and not loaded and "exif" not in file.info:
        return 1
    turned = file.getexif().get(ORIENTATION, 1)
    return turned if isinstance(turned, int) else 1


def upright_size(file: Image, turned: int) -> tuple[int, int]:
    """Width and height once it stands upright."""
    return (file.height, file.width) if turned >= 5 else file.size


def as_seen(file: Image, turned: int) -> Image:
    """A new RGB picture, or the same one when nothing is to be done."""
    return _upright(_flat(file), turned)


def _flat(image: Image) -> Image:
    from PIL import Image as Pillow

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        flat = Pillow.new("RGB", image.size, BACKDROP)
        own = image.convert("RGBA")
        flat.paste(own, mask=own.getchannel("A"))
        return flat
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _upright(image: Image, turned: int) -> Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[turned]) if turned in turns else image
