"""Labelled contact sheets: a grid of pictures with a title, names of columns and rows, and a badge for each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.imaging.lettering import cut, lettered, wrapped

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

PAPER = (243, 242, 239)
CARD = (255, 255, 255)
EDGE = (222, 219, 213)
INK = (38, 38, 42)
MUTED = (122, 119, 114)
ALARM = (168, 52, 40)
BLANK = (249, 240, 236)
NOTICE = (214, 120, 20)

LONGEST = (512, 200)
"""Most and least pixels of the longer side of one picture on a sheet."""
WIDEST = 3600
"""Pixels that the pictures of one row or column may have together."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: its picture, or why there is none."""

    picture: Image.Image | None
    name: str
    """What stands right under it."""
    badge: str = ""
    """A second, quieter line, such as seed and price."""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class SheetText:
    """Everything that is written around the pictures."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    across: str = ""
    """What the columns differ in."""
    down: str = ""
    mark: str = ""
    """A notice at the top right, such as SANDBOX."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything goes, in pixels."""

    box: tuple[int, int]
    unit: int
    left: int
    top: int
    size: tuple[int, int]

    @property
    def margin(self) -> int:
        return self.unit * 4

    @property
    def gap(self) -> int:
        return self.unit * 2

    @property
    def caption(self) -> int:
        return round(self.unit * 4.2)

    @property
    def card(self) -> tuple[int, int]:
        return self.box[0], self.box[1] + self.caption

    def place(self, column: int, row: int) -> tuple[int, int]:
        return self.left + column * (self.card[0] + self.gap), self.top + row * (self.card[1] + self.gap)


def grid_sheet(text: SheetText, cells: Sequence[Sequence[SheetCell]]) -> Image.Image:
    """One RGB picture of all cells, rows of columns, each picture whole and in its shape.

    Raises ValueError when the cells do not match the names of columns and rows, or there are none.
    """
    from PIL import Image, ImageDraw

    if not cells or len(cells) != len(text.rows) or any(len(row) != len(text.columns) for row in cells):
        raise ValueError("a grid needs a cell for every column of every row")
    pen = ImageDraw.Draw(Image.new("RGB", (8, 8)))
    plan = _planned(pen, text, cells)
    sheet = Image.new("RGB", plan.size, PAPER)
    pen = ImageDraw.Draw(sheet)
    _write_head(pen, text, plan)
    _write_names(pen, text, plan)
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            _put_cell(sheet, pen, cell, plan, plan.place(column, row))
    return sheet


def _planned(pen: ImageDraw.ImageDraw, text: SheetText, cells: Sequence[Sequence[SheetCell]]) -> _Plan:
    most = max(len(text.rows), len(text.columns))
    side = max(LONGEST[1], min(LONGEST[0], WIDEST // most))
    shapes = [cell.picture.size for row in cells for cell in row if cell.picture is not None] or [(3, 4)]
    fits = [(round(w * side / max(w, h)), round(h * side / max(w, h))) for w, h in shapes]
    # A card is wide enough for its two lines of text, even under a tall thin picture.
    box = max(max(w for w, _ in fits), side // 2), max(h for _, h in fits)
    unit = max(9, side // 29)
    widest = max((_row_width(pen, name, unit, side) for name in (*text.rows, text.down.upper())), default=0)
    plan = _Plan(box, unit, unit * 4 + (widest + unit * 2 if widest else 0), 0, (0, 0))
    head = plan.margin + unit * 8 + (unit * 3 if text.across else 0) + unit * 3
    right = plan.left + len(text.columns) * (plan.card[0] + plan.gap) - plan.gap + plan.margin
    bottom = head + len(text.rows) * (plan.card[1] + plan.gap) - plan.gap + plan.margin
    needed = plan.margin * 2 + max(_length(pen, text.title, unit * 2, True), _length(pen, text.subtitle, unit))
    return _Plan(box, unit, plan.left, head, (max(right, min(needed, right * 2)), bottom))


def _row_width(pen: ImageDraw.ImageDraw, name: str, unit: int, side: int) -> int:
    label, font = lettered(name, _label(unit), bold=True)
    return round(max((pen.textlength(line, font=font) for line in wrapped(pen, label, font, side // 2, 4)), default=0))


def _label(unit: int) -> int:
    return round(unit * 1.35)


def _length(pen: ImageDraw.ImageDraw, text: str, size: int, bold: bool = False) -> int:
    label, font = lettered(text, size, bold=bold)
    return round(pen.textlength(label, font=font))


def _write_head(pen: ImageDraw.ImageDraw, text: SheetText, plan: _Plan) -> None:
    room = plan.size[0] - plan.margin * 2
    if text.mark:
        label, font = lettered(text.mark, plan.unit, bold=True)
        wide = round(pen.textlength(label, font=font))
        right, middle = plan.size[0] - plan.margin, plan.margin + plan.unit
        pill = (right - wide - plan.unit * 2, middle - plan.unit, right, middle + plan.unit)
        pen.rounded_rectangle(pill, plan.unit, outline=NOTICE, width=max(1, plan.unit // 8))
        pen.text((right - plan.unit, middle), label, NOTICE, font, "rm")
        room -= wide + plan.unit * 4
    title, font = lettered(text.title, plan.unit * 2, bold=True)
    pen.text((plan.margin, plan.margin + plan.unit), cut(pen, title, font, room), INK, font, "lm")
    words, font = lettered(text.subtitle, plan.unit)
    whole = plan.size[0] - plan.margin * 2
    pen.text((plan.margin, plan.margin + plan.unit * 4), cut(pen, words, font, whole), MUTED, font, "lm")


def _write_names(pen: ImageDraw.ImageDraw, text: SheetText, plan: _Plan) -> None:
    base = plan.top - plan.unit * 2
    right = plan.place(len(text.columns) - 1, 0)[0] + plan.card[0]
    if text.across:
        label, font = lettered(text.across.upper(), round(plan.unit * 0.9), bold=True)
        middle, line = (plan.left + right) / 2, base - plan.unit * 3
        half = pen.textlength(label, font=font) / 2 + plan.unit
        for start, end in ((plan.left, middle - half), (middle + half, right)):
            pen.line((start, line, end, line), EDGE, max(1, plan.unit // 8))
        pen.text((middle, line), label, MUTED, font, "mm")
    if text.down:
        label, font = lettered(text.down.upper(), round(plan.unit * 0.9), bold=True)
        pen.text((plan.margin, base), label, MUTED, font, "lm")
    for column, name in enumerate(text.columns):
        label, font = lettered(name, _label(plan.unit), bold=True)
        x = plan.place(column, 0)[0] + plan.card[0] / 2
        pen.text((x, base), cut(pen, label, font, plan.card[0]), INK, font, "mm")
    for row, name in enumerate(text.rows):
        label, font = lettered(name, _label(plan.unit), bold=True)
        lines = wrapped(pen, label, font, plan.left - plan.margin - plan.unit, 4)
        y = plan.place(0, row)[1] + plan.box[1] / 2
        pen.multiline_text((plan.margin, y), "\n".join(lines), INK, font, "lm", spacing=plan.unit / 2)


def _put_cell(
    sheet: Image.Image, pen: ImageDraw.ImageDraw, cell: SheetCell, plan: _Plan, place: tuple[int, int]
) -> None:
    x, y = place
    wide, tall = plan.card
    pen.rounded_rectangle((x - 1, y - 1, x + wide, y + tall), plan.unit // 2, CARD, EDGE)
    if cell.picture is not None:
        _put_picture(sheet, cell.picture, plan, place)
    else:
        _put_trouble(pen, cell, plan, place)
    middle, under = x + wide / 2, y + plan.box[1]
    for line, colour, size, bold, at in (
        (cell.name, INK if cell.picture is not None else ALARM, plan.unit, True, 1.35),
        (cell.badge, MUTED, round(plan.unit * 0.95), False, 2.9),
    ):
        label, font = lettered(line, size, bold=bold)
        shown = cut(pen, label, font, wide - plan.unit)
        pen.text((middle, under + plan.unit * at), shown, colour, font, "mm")


def _put_picture(sheet: Image.Image, picture: Image.Image, plan: _Plan, place: tuple[int, int]) -> None:
    from PIL import Image, ImageDraw, ImageOps

    small = ImageOps.contain(picture.convert("RGBA"), plan.box, Image.Resampling.LANCZOS)
    at = place[0] + (plan.box[0] - small.width) // 2, place[1] + (plan.box[1] - small.height) // 2
    # The card's round upper corners, drawn four times as large so that they come out smooth.
    mask = Image.new("L", (plan.box[0] * 4, plan.box[1] * 4), 0)
    round_by = plan.unit * 2
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, plan.box[0] * 4, plan.box[1] * 4 + round_by * 2), round_by, 255)
    mask = mask.resize(plan.box, Image.Resampling.BOX)
    layer = Image.new("RGBA", plan.box, (*CARD, 255))
    layer.alpha_composite(small, (at[0] - place[0], at[1] - place[1]))
    sheet.paste(layer.convert("RGB"), place, mask)


def _put_trouble(pen: ImageDraw.ImageDraw, cell: SheetCell, plan: _Plan, place: tuple[int, int]) -> None:
    x, y = place
    wide, tall = plan.box
    pen.rounded_rectangle((x, y, x + wide - 1, y + tall), plan.unit // 2, BLANK, corners=(True, True, False, False))
    middle, centre, arm = x + wide / 2, y + tall * 0.36, plan.unit * 1.2
    for rise in (-1, 1):
        pen.line((middle - arm, centre - arm * rise, middle + arm, centre + arm * rise), ALARM, max(2, plan.unit // 3))
    label, font = lettered(cell.trouble, plan.unit)
    lines = wrapped(pen, label, font, wide - plan.unit * 3, 6)
    spot = middle, centre + arm + plan.unit * 1.5
    pen.multiline_text(spot, "\n".join(lines), ALARM, font, "ma", spacing=plan.unit / 2, align="center")
