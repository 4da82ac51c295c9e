"""The turnaround sheet: one character from every side on one floor line, faces and details below, its colours named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.imaging.grid_sheet import CARD, EDGE, INK, MUTED, NOTICE, PAPER
from studio.imaging.lettering import cut, lettered

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

FIGURE = 620
"""Pixels from head to foot of every standing figure."""
PORTRAIT = 300
"""Pixels of the longer side of a face or a detail."""
UNIT = 20
"""Pixels of a line of small text; everything else is measured in it."""
LEAST = 1100
"""Pixels of width below which title and colours would be cramped."""
MARGIN = UNIT * 3
PROBE = 256
"""Pixels of the longer side of the copy in which the figure is looked for."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """One view of the character."""

    picture: Image.Image
    name: str
    badge: str = ""
    """A second, quieter line."""
    body: bool = True
    """The whole figure, which stands in the first row; else a face or a detail."""


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands around the views."""

    title: str
    subtitle: str
    colours: tuple[tuple[str, str], ...] = ()
    """Pairs of `#RRGGBB` and what has that colour."""
    mark: str = ""
    """A notice at the top right, such as SANDBOX."""


def turnaround_sheet(head: SheetHead, views: Sequence[SheetView]) -> Image.Image:
    """One RGB picture of all views. Standing figures are cut out along their background, where it is plain enough, and
    brought to one height, so that proportions can be compared from view to view.

    Raises ValueError when there is no view.
    """
    from PIL import Image, ImageDraw

    if not views:
        raise ValueError("a turnaround sheet needs a view")
    rows = [[view for view in views if view.body], [view for view in views if not view.body]]
    placed = [[(view, _fitted(view)) for view in row] for row in rows if row]
    width = max(LEAST, *(sum(_cell(small) for _, small in row) + UNIT * (len(row) - 1) + MARGIN * 2 for row in placed))
    heights = [max(small.height for _, small in row) for row in placed]
    top = MARGIN + UNIT * (8 if head.colours else 5)
    sheet = Image.new("RGB", (width, top + sum(height + UNIT * 6 for height in heights) + MARGIN - UNIT), PAPER)
    pen = ImageDraw.Draw(sheet)
    _write_head(pen, head, width)
    for row, height in zip(placed, heights, strict=True):
        _put_row(sheet, pen, row, top, height)
        top += height + UNIT * 6
    return sheet


def _fitted(view: SheetView) -> Image.Image:
    """The picture in the size it has on the sheet."""
    from PIL import Image, ImageOps

    picture = view.picture.convert("RGBA")
    if not view.body:
        return ImageOps.contain(picture, (PORTRAIT, PORTRAIT), Image.Resampling.LANCZOS)
    left, top, right, bottom = figure_box(picture)
    tall = bottom - top
    # A little air on both sides, and the shadow under the feet.
    air = round(tall * 0.04)
    piece = picture.crop(
        (max(0, left - air), max(0, top - air), min(picture.width, right + air), min(picture.height, bottom + air))
    )
    ratio = FIGURE / tall
    size = max(1, round(piece.width * ratio)), max(1, round(piece.height * ratio))
    return piece.resize(size, Image.Resampling.LANCZOS)


def figure_box(picture: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the figure in pixels; of the whole picture where its background hides it."""
    import numpy as np

    from studio.imaging.figure_mask import figure_mask
    from studio.imaging.oklab import oklab

    small = picture.convert("RGBA")
    small.thumbnail((PROBE, PROBE))
    pixels = np.asarray(small, np.uint8)
    found = figure_mask(oklab(pixels[..., :3]), pixels[..., 3])
    if found.trouble and "cut off" not in found.trouble:
        return 0, 0, picture.width, picture.height
    if found.pixels[0].any() or found.pixels[-1].any():
        # Head or feet are outside: its height says nothing.
        return 0, 0, picture.width, picture.height
    rows, columns = np.nonzero(found.pixels.any(1))[0], np.nonzero(found.pixels.any(0))[0]
    across, down = picture.width / small.width, picture.height / small.height
    return (
        int(columns[0] * across),
        int(rows[0] * down),
        min(picture.width, round((int(columns[-1]) + 1) * across)),
        min(picture.height, round((int(rows[-1]) + 1) * down)),
    )


def _cell(small: Image.Image) -> int:
    return max(small.width, UNIT * 8)


def _put_row(
    sheet: Image.Image,
    pen: ImageDraw.ImageDraw,
    row: Sequence[tuple[SheetView, Image.Image]],
    top: int,
    height: int,
) -> None:
    x = MARGIN
    floor = top + height
    used = sum(_cell(small) for _, small in row) + UNIT * (len(row) - 1)
    x += max(0, (sheet.width - MARGIN * 2 - used) // 2)
    for view, small in row:
        wide = _cell(small)
        pen.rounded_rectangle((x - 1, top - 1, x + wide, floor + UNIT * 4), UNIT // 2, CARD, EDGE)
        sheet.paste(small, (x + (wide - small.width) // 2, floor - small.height), small)
        pen.line((x, floor, x + wide - 1, floor), EDGE, 2)
        for words, colour, size, bold, at in (
            (view.name, INK, UNIT, True, 1.3),
            (view.badge, MUTED, round(UNIT * 0.75), False, 2.9),
        ):
            label, font = lettered(words, size, bold=bold)
            pen.text((x + wide / 2, floor + UNIT * at), cut(pen, label, font, wide - UNIT // 2), colour, font, "mm")
        x += wide + UNIT


def _write_head(pen: ImageDraw.ImageDraw, head: SheetHead, width: int) -> None:
    room = width - MARGIN * 2
    if head.mark:
        label, font = lettered(head.mark, round(UNIT * 0.9), bold=True)
        wide = round(pen.textlength(label, font=font))
        right, middle = width - MARGIN, MARGIN + UNIT
        pen.rounded_rectangle(
            (right - wide - UNIT * 2, middle - UNIT, right, middle + UNIT), UNIT, outline=NOTICE, width=2
        )
        pen.text((right - UNIT, middle), label, NOTICE, font, "rm")
        room -= wide + UNIT * 4
    title, font = lettered(head.title, UNIT * 2, bold=True)
    pen.text((MARGIN, MARGIN + UNIT), cut(pen, title, font, room), INK, font, "lm")
    words, font = lettered(head.subtitle, round(UNIT * 0.9))
    pen.text((MARGIN, MARGIN + round(UNIT * 3.3)), cut(pen, words, font, width - MARGIN * 2), MUTED, font, "lm")
    x, y = MARGIN, MARGIN + UNIT * 6
    for colour, name in head.colours:
        label, font = lettered(name, round(UNIT * 0.85))
        wide = round(pen.textlength(label, font=font))
        if x + UNIT * 2 + wide > width - MARGIN:
            break
        pen.rounded_rectangle((x, y - UNIT * 3 // 4, x + UNIT * 3 // 2, y + UNIT * 3 // 4), UNIT // 4, colour, EDGE)
        pen.text((x + UNIT * 2, y), label, INK, font, "lm")
        x += UNIT * 2 + wide + UNIT * 3 // 2
