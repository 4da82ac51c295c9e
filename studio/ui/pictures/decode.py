"""From a picture file to pixels of exactly the size that is shown. Runs in worker threads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.pictures.backend import BrokenPicture, Room, Unwanted, Wanted
from studio.ui.pictures.sidecar import nearest
from studio.ui.pictures.source import PictureSource

if TYPE_CHECKING:
    from PIL.Image import Image, Resampling

MOST_PIXELS = 80_000_000
"""Larger pictures are not decoded; Pillow itself warns from 89 million on."""

BACKDROP = (24, 24, 27)
"""Red, green and blue seen through transparent parts."""

GAP = 1.5
"""A picture more than three times too large is halved before it is filtered: 5 ms less, 39 dB from the best filter."""

ORIENTATION = 0x0112
"""EXIF tag (EXIF 2.32, 4.6.4); values from 5 on are turned by a quarter."""


def fit_cells(size: tuple[int, int], room: Room, cell: tuple[int, int]) -> tuple[int, int]:
    """The most columns and rows a picture of `size` pixels can cover in `room` without being stretched, for cells of
    `cell` pixels.
    """
    width, height = size
    scale = min(room.columns * cell[0] / width, room.rows * cell[1] / height)
    columns, rows = round(width * scale / cell[0]), round(height * scale / cell[1])
    return min(room.columns, max(1, columns)), min(room.rows, max(1, rows))


def decode(
    source: PictureSource,
    room: Room,
    cell: tuple[int, int],
    dots: tuple[int, int],
    wanted: Wanted,
    *,
    exact: bool = False,
) -> tuple[Image, int, int]:
    """The picture as RGB, and the columns and rows it covers. A cell of the terminal is `cell` pixels, of which the
    caller can draw `dots`; the picture has exactly columns × rows × dots. A kept small picture will do where it has
    pixels enough, unless `exact`. Raises `BrokenPicture` or `Unwanted`.
    """
    from PIL import Image, UnidentifiedImageError

    _still(wanted)
    try:
        with Image.open(source.path) as file:
            if file.width * file.height > MOST_PIXELS:
                raise BrokenPicture(f"{source.path.name} has {file.width} × {file.height} pixels: too many to show.")
            if source.sidecars is not None and not exact and (small := _small(source, file, room, cell, dots)):
                return small
            turned = file.getexif().get(ORIENTATION, 1)
            size = (file.height, file.width) if turned >= 5 else file.size
            columns, rows = fit_cells(size, room, cell)
            pixels = columns * dots[0], rows * dots[1]
            if file.format == "JPEG":
                file.draft("RGB", (max(pixels) * 2, max(pixels) * 2))
            file.load()
            _still(wanted)
            picture = _upright(_flat(file), turned).resize(pixels, _resampling(dots, cell), reducing_gap=GAP)
    except FileNotFoundError:
        raise BrokenPicture(f"{source.path.name} is not on the disk any more.") from None
    except PermissionError:
        raise BrokenPicture(f"{source.path.name} may not be read.") from None
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise BrokenPicture(f"{source.path.name} is not a picture that can be shown here.") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise BrokenPicture(f"{source.path.name} is damaged.") from None
    _still(wanted)
    return picture, columns, rows


def _small(
    source: PictureSource, file: Image, room: Room, cell: tuple[int, int], dots: tuple[int, int]
) -> tuple[Image, int, int] | None:
    """The same from a kept small picture, of which only the head of the large one is read; None when there is none
    that would do. Transparent parts are white in it, so it will not do for them.
    """
    from PIL import Image as Pillow

    columns, rows = fit_cells(file.size, room, cell)
    pixels = columns * dots[0], rows * dots[1]
    if file.mode != "RGB" or "transparency" in file.info or (path := nearest(source, file.size, pixels)) is None:
        return None
    try:
        with Pillow.open(path) as small:
            small.draft("RGB", (max(pixels) * 2, max(pixels) * 2))
            return small.convert("RGB").resize(pixels, _resampling(dots, cell)), columns, rows
    except (OSError, ValueError, SyntaxError):
        return None  # it can be made again


def _still(wanted: Wanted) -> None:
    if not wanted():
        raise Unwanted


def _resampling(dots: tuple[int, int], cell: tuple[int, int]) -> Resampling:
    from PIL.Image import Resampling

    return Resampling.HAMMING if dots == cell else Resampling.BOX


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
