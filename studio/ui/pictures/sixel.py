"""Pictures as sixel (DEC STD 070, chapter 6), written by numpy. Runs in worker threads only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_, int32, uint8, uint64
    from numpy.typing import NDArray
    from PIL.Image import Image

COLOURS = 256
"""Most colours of a picture; every terminal that draws sixel today has as many registers."""

SAMPLE = 150
"""Pixels of each side of the sample that colours are chosen from."""

BANDS = 13.0
"""Mean squared error, 37 dB, from which on the octree's bands can be seen in smooth parts."""

LONGEST = 9999
"""Columns of the widest picture."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """Pixels as numbers of colours (height × width), and the colours in per cent of red, green and blue."""

    pixels: NDArray[uint8]
    palette: NDArray[int32]


def indexed(picture: Image, colours: int = COLOURS) -> Indexed:
    """An RGB picture in fewer colours. The octree takes 2 ms and is good where there are many; a smooth picture would
    show bands, so there all colours are chosen by median cut from a sample, which takes 8 to 28.
    """
    import numpy as np
    from PIL import Image as Pillow

    octree, cut, none = Pillow.Quantize.FASTOCTREE, Pillow.Quantize.MEDIANCUT, Pillow.Dither.NONE
    sample = picture.resize((min(picture.width, SAMPLE), min(picture.height, SAMPLE)), Pillow.Resampling.NEAREST)
    off = np.asarray(sample, np.int16) - np.asarray(sample.quantize(colours, octree, dither=none).convert("RGB"))
    if colours < COLOURS or float((off.astype(np.float32) ** 2).mean()) <= BANDS:
        few = picture.quantize(colours, octree, dither=none)
    else:
        few = picture.quantize(palette=sample.quantize(colours, cut, dither=none), dither=none)
    palette = np.array(few.getpalette(), np.int32).reshape(-1, 3)
    return Indexed(np.asarray(few), (palette * 100 + 127) // 255)


def sixel(picture: Indexed) -> str:
    """The whole device control string. ValueError when the picture is wider than `LONGEST`."""
    # The arrays are small: spinning threads would only take a core from the event loop. Counts before the import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy as np

    height, width = picture.pixels.shape
    if width > LONGEST:
        raise ValueError(f"{width} columns are too many for sixel")
    band, colour, column, mask = _columns(picture.pixels)
    # Runs of equal columns, side by side in one colour of one band.
    key = band * 256 + colour
    starts = np.ones(len(key), np.bool_)
    starts[1:] = (key[1:] != key[:-1]) | (column[1:] != column[:-1] + 1) | (mask[1:] != mask[:-1])
    start = np.flatnonzero(starts)
    length = np.diff(np.append(start, len(key)))
    band, colour, column, mask = band[start], colour[start], column[start], mask[start]
    new_band, new_colour = np.zeros(len(start), np.bool_), np.ones(len(start), np.bool_)
    new_band[1:] = band[1:] != band[:-1]
    new_colour[1:] = new_band[1:] | (colour[1:] != colour[:-1])
    end = np.concatenate(([0], (column + length)[:-1]))
    gap = np.where(new_colour, column, column - end)
    body = _written(new_band, new_colour, colour, gap, length, mask)
    used = np.flatnonzero(np.bincount(colour, minlength=256))
    registers = "".join(
        f"#{n};2;{r};{g};{b}" for n, (r, g, b) in zip(used, picture.palette[used].tolist(), strict=True)
    )
    return f'\x1bP0;1;0q"1;1;{width};{height}{registers}{body}\x1b\\'


def _columns(pixels: NDArray[uint8]) -> tuple[NDArray[int32], NDArray[int32], NDArray[int32], NDArray[int32]]:
    """Band, colour, column, and the six bits of every column that has the colour in the band; in this order."""
    import numpy as np

    height, width = pixels.shape
    row = np.arange(height, dtype=np.int32)
    # One number for band, colour, column and the row within the band: sorting it is all the grouping there is.
    shift = width.bit_length()
    packed = (((row // 6)[:, None] << 8 | pixels) << shift | np.arange(width, dtype=np.int32)) << 3
    flat = (packed | (row % 6)[:, None]).ravel()
    flat.sort()
    key = flat >> 3
    first = np.ones(len(key), np.bool_)
    first[1:] = key[1:] != key[:-1]
    at = np.flatnonzero(first)
    mask = np.add.reduceat(np.left_shift(1, flat & 7, dtype=np.int32), at)
    key = key[at]
    group = key >> shift
    return group >> 8, group & 255, key & ((1 << shift) - 1), mask


def _written(
    new_band: NDArray[bool_],
    new_colour: NDArray[bool_],
    colour: NDArray[int32],
    gap: NDArray[int32],
    length: NDArray[int32],
    mask: NDArray[int32],
) -> str:
    """The text of all runs: three words of eight characters for each (the colour, the gap, the run), read in order and
    with the unused characters left out.
    """
    import numpy as np

    fixed, times, heads = _words()
    words = np.zeros((len(colour), 3), "<u8")
    at = np.flatnonzero(new_colour)
    words[at, 0] = heads[colour[at]] + np.where(new_band[at], ord("-"), ord("$")).astype(np.uint64)
    words[0, 0] -= np.uint64(ord("$"))
    at = np.flatnonzero(gap)
    words[at, 1] = fixed[gap[at]] + times[gap[at]] * np.uint64(63)
    words[:, 2] = fixed[length] + times[length] * (mask + 63).astype(np.uint64)
    return words.tobytes().translate(None, b"\0").decode("ascii")


@cache
def _words() -> tuple[NDArray[uint64], NDArray[uint64], NDArray[uint64]]:
    """For every length of a run: eight characters, and where in them its own character stands (once, twice, three
    times, or after `!` and the length). For every colour: its selection, with the first place left free.
    """
    import numpy as np

    runs = ["", "*", "**", "***", *(f"!{count}*" for count in range(4, LONGEST + 1))]
    letters = np.array([list(run.ljust(8, "\0").encode()) for run in runs], np.uint8)
    own = letters == ord("*")
    heads = np.array([list(f"\0#{number}".ljust(8, "\0").encode()) for number in range(256)], np.uint8)
    fixed = np.where(own, 0, letters).astype(np.uint8)
    little = np.dtype("<u8")
    return (
        np.ascontiguousarray(fixed).view(little)[:, 0],
        np.ascontiguousarray(own.astype(np.uint8)).view(little)[:, 0],
        np.ascontiguousarray(heads).view(little)[:, 0],
    )
