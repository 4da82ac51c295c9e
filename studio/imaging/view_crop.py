"""A part of a picture at a scale, over a backdrop: what the loupe shows when it is nearer than the whole."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 80_000_000
"""Larger pictures are not decoded; Pillow itself warns from 89 million on."""

SQUARE = 16
"""Pixels along a square of the checker."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels of the picture; it may reach beyond the picture's edges."""


class Backdrop(StrEnum):
    """What lies behind transparent parts and around the picture."""

    BLACK = "black"
    WHITE = "white"
    CHECKER = "checker"
    MAGENTA = "magenta"

    @property
    def following(self) -> Backdrop:
        """The next one, round and round."""
        order = list(Backdrop)
        return order[(order.index(self) + 1) % len(order)]


COLOURS = {
    Backdrop.BLACK: (0, 0, 0),
    Backdrop.WHITE: (255, 255, 255),
    Backdrop.CHECKER: (102, 102, 102),
    Backdrop.MAGENTA: (255, 0, 255),
}
"""Red, green and blue of each; of the checker its darker squares."""

LIGHT_SQUARE = (153, 153, 153)


def open_whole(path: Path) -> Image.Image:
    """The picture of a file, upright, as RGB, or as RGBA when parts of it are transparent.

    Raises OSError when it cannot be read, ValueError when it has too many pixels or is no picture.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as file:
            if file.width * file.height > MOST_PIXELS:
                raise ValueError(f"{path.name} has {file.width} × {file.height} pixels: too many to look into.")
            upright = ImageOps.exif_transpose(file)
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            if upright.mode.startswith("I;16"):
                upright = upright.point(lambda value: value / 256).convert("L")
            return upright.convert(mode)
    except (SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise ValueError(f"{path.name} is no picture that can be shown.") from error


def view_crop(picture: Image.Image, box: Box, size: tuple[int, int], backdrop: Backdrop) -> Image.Image:
    """A new RGB picture of `size` pixels that shows what `box` holds of an RGB or RGBA picture, the backdrop where
    there is nothing. From twice the size on, pixels are squares.
    """
    from PIL.Image import Resampling

    ground = backdrop_picture(size, backdrop)
    scale = size[0] / (box[2] - box[0])
    left, top = max(0.0, box[0]), max(0.0, box[1])
    right, bottom = min(float(picture.width), box[2]), min(float(picture.height), box[3])
    if right <= left or bottom <= top:
        return ground
    place = round((left - box[0]) * scale), round((top - box[1]) * scale)
    pixels = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    filter_by = Resampling.NEAREST if scale >= 2 else Resampling.BICUBIC if scale > 1 else Resampling.HAMMING
    part = picture.resize(pixels, filter_by, box=(left, top, right, bottom))
    ground.paste(part, place, part if part.mode == "RGBA" else None)
    return ground


def backdrop_picture(size: tuple[int, int], backdrop: Backdrop) -> Image.Image:
    """The backdrop alone, in RGB."""
    from PIL import Image

    ground = Image.new("RGB", size, COLOURS[backdrop])
    if backdrop is not Backdrop.CHECKER:
        return ground
    row = Image.new("RGB", (size[0], SQUARE * 2), COLOURS[backdrop])
    for x in range(0, size[0], SQUARE * 2):
        row.paste(LIGHT_SQUARE, (x, 0, x + SQUARE, SQUARE))
        row.paste(LIGHT_SQUARE, (x + SQUARE, SQUARE, x + SQUARE * 2, SQUARE * 2))
    for y in range(0, size[1], SQUARE * 2):
        ground.paste(row, (0, y))
    return ground
