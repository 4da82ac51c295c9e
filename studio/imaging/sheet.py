"""Contact sheets: many pictures in a grid, each with its caption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

PAPER = (244, 243, 241)
INK = (44, 44, 48)


def contact_sheet(
    pictures: Sequence[Image.Image],
    labels: Sequence[str],
    columns: int,
    cell: tuple[int, int],
    *,
    gap: int = 8,
    paper: tuple[int, int, int] = PAPER,
    ink: tuple[int, int, int] = INK,
) -> Image.Image:
    """One picture of all `pictures`, each fitted into a `cell` of pixels (never enlarged beyond it) over its label.

    Raises ValueError when there is nothing to show, no column, or not one label for each picture.
    """
    from PIL import Image, ImageDraw, ImageFont, ImageOps

    if not pictures or columns < 1 or len(pictures) != len(labels):
        raise ValueError("a contact sheet needs pictures, at least one column and one label for each picture")
    text = max(10, min(20, cell[0] // 13))
    font = ImageFont.load_default(text)
    rows = -(-len(pictures) // columns)
    across, down = cell[0] + gap, cell[1] + text + 2 * gap
    sheet = Image.new("RGB", (columns * across + gap, rows * down + gap), paper)
    pen = ImageDraw.Draw(sheet)
    for number, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        x, y = gap + number % columns * across, gap + number // columns * down
        small = ImageOps.contain(picture.convert("RGBA"), cell, Image.Resampling.LANCZOS)
        place = (x + (cell[0] - small.width) // 2, y + (cell[1] - small.height) // 2)
        sheet.paste(small, place, small)
        while label and pen.textlength(label, font=font) > cell[0]:
            label = label[:-2] + "…" if len(label) > 2 else ""
        pen.text((x + cell[0] / 2, y + cell[1] + gap // 2), label, fill=ink, font=font, anchor="ma")
    return sheet
