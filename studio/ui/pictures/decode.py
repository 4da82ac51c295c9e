"""From a picture file to pixels of exactly the size that is shown. Runs in worker threads only."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from studio.imaging.thumbnail import SIDES
from studio.ui.pictures.as_seen import MOST_PIXELS, as_seen, turn_of, upright_size
from studio.ui.pictures.backend import BrokenPicture, Room, Unwanted, Wanted
from studio.ui.pictures.sidecar import content_of, keep_seen, small
from studio.ui.pictures.source import PictureSource

if TYPE_CHECKING:
    from PIL.Image import Image, Resampling

GAP = 1.5
"""A picture more than three times too large is halved before it is filtered: 5 ms less, 39 dB from the best filter."""

SMALLEST = min(SIDES)
"""Pixels across of the smallest pictures that are worth keeping smaller ones of."""


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
    pixels enough, unless it must be `exact` and is not one of a grid; where none is kept yet, some are made on the way.
    Raises `BrokenPicture` or `Unwanted`.
    """
    from PIL import Image, UnidentifiedImageError

    _still(wanted)
    try:
        with Image.open(source.path) as file:
            if file.width * file.height > MOST_PIXELS:
                raise BrokenPicture(f"{source.path.name} has {file.width} × {file.height} pixels: too many to show.")
            picture, columns, rows = _picture(source, file, room, cell, dots, wanted, exact)
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


def _picture(
    source: PictureSource,
    file: Image,
    room: Room,
    cell: tuple[int, int],
    dots: tuple[int, int],
    wanted: Wanted,
    exact: bool,
) -> tuple[Image, int, int]:
    size = upright_size(file, turn_of(file))
    columns, rows = fit_cells(size, room, cell)
    pixels = columns * dots[0], rows * dots[1]
    keeping = source.sidecars is not None and (not exact or room.small)
    if keeping and (found := _small(source, size, pixels, _resampling(dots, cell))) is not None:
        return found, columns, rows
    stamp = content_of(source.path) if keeping else ""
    if file.format == "JPEG" and not keeping:
        file.draft("RGB", (max(pixels) * 2, max(pixels) * 2))
    file.load()
    _still(wanted)
    turned = turn_of(file, loaded=True)
    seen = as_seen(file, turned)
    if (real := seen.size) != size and file.format != "JPEG":
        columns, rows = fit_cells(real, room, cell)
        pixels = columns * dots[0], rows * dots[1]
    # A box over whole pixels is already cheap; halving before it would blur what a part of a cell can show.
    gap = GAP if dots == cell else None
    picture = seen.resize(pixels, _resampling(dots, cell), reducing_gap=gap)
    if keeping and max(real) > SMALLEST:
        with contextlib.suppress(OSError):
            keep_seen(source, seen, stamp)  # a folder that cannot be written only costs time again
    return picture, columns, rows


def _small(
    source: PictureSource, size: tuple[int, int], pixels: tuple[int, int], resampling: Resampling
) -> Image | None:
    """The same from a kept small picture, of which only the head of the large one is read; None when there is none
    that would do.
    """
    if (found := small(source, size, pixels)) is None:
        return None
    try:
        with found:
            found.draft("RGB", (max(pixels) * 2, max(pixels) * 2))
            return found.convert("RGB").resize(pixels, resampling)
    except (OSError, ValueError, SyntaxError):
        return None  # it can be made again


def _still(wanted: Wanted) -> None:
    if not wanted():
        raise Unwanted


def _resampling(dots: tuple[int, int], cell: tuple[int, int]) -> Resampling:
    from PIL.Image import Resampling

    return Resampling.HAMMING if dots == cell else Resampling.BOX
