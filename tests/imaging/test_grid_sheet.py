"""Labelled contact sheets and their letters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from studio.imaging.grid_sheet import ALARM, NOTICE, SheetCell, SheetText, grid_sheet
from studio.imaging.lettering import cut, lettered, wrapped

TEXT = SheetText("Glitch: guidance × pose", "FLUX.2 · $0.10", ("4", "5.5"), ("running", "sitting"), "guidance", "pose")
COLOURS = ((255, 0, 0), (0, 200, 0), (0, 0, 255), (250, 200, 0))
Grid = list[list[SheetCell]]


def grid(size: tuple[int, int] = (90, 120)) -> Grid:
    cells = [SheetCell(Image.new("RGB", size, colour), "running-001", "seed 7 · $0.05") for colour in COLOURS]
    return [cells[:2], cells[2:]]


def where(sheet: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of everything in one colour."""
    ys, xs = np.nonzero((np.asarray(sheet) == colour).all(axis=2))
    assert len(xs), f"nothing is {colour}"
    return int(xs.min()), int(ys.min()), int(xs.max()), int(ys.max())


def test_pictures_are_aligned_in_rows_and_columns_with_a_margin_on_every_side() -> None:
    sheet = grid_sheet(TEXT, grid())
    red, green, blue, yellow = (where(sheet, colour) for colour in COLOURS)
    assert red[0] == blue[0] and green[0] == yellow[0]
    assert red[1] == green[1] and blue[1] == yellow[1]
    assert red[2] < green[0] and red[3] < blue[1]
    assert {(box[2] - box[0], box[3] - box[1]) for box in (red, green, blue, yellow)} == {
        (red[2] - red[0], red[3] - red[1])
    }
    assert min(red[0], sheet.width - yellow[2], sheet.height - yellow[3]) > 20


def test_a_picture_is_shown_whole_and_in_its_shape() -> None:
    for size in ((300, 100), (100, 300), (128, 128)):
        box = where(grid_sheet(TEXT, grid(size)), COLOURS[0])
        assert (box[2] - box[0] + 1) / (box[3] - box[1] + 1) == pytest.approx(size[0] / size[1], rel=0.02)


def test_every_label_is_written_and_a_missing_one_leaves_its_room_alone() -> None:
    whole = np.asarray(grid_sheet(TEXT, grid()))
    for changed in (
        replace(TEXT, title="Glitch"),
        replace(TEXT, subtitle="FLUX.2"),
        replace(TEXT, columns=("4", "7")),
        replace(TEXT, rows=("running", "sleeping")),
        replace(TEXT, across="steps"),
    ):
        other = np.asarray(grid_sheet(changed, grid()))
        assert other.shape != whole.shape or not np.array_equal(other, whole)


def test_a_failed_cell_is_marked_and_the_sandbox_says_so() -> None:
    cells = grid()
    cells[1][1] = SheetCell(None, "failed", "seed 7", "fal refused it.")
    sheet = grid_sheet(replace(TEXT, mark="SANDBOX"), cells)
    left, top, _, _ = where(sheet, ALARM)
    assert left > where(sheet, COLOURS[2])[2] and top > where(sheet, COLOURS[1])[3]
    assert where(sheet, NOTICE)[1] < where(sheet, COLOURS[0])[1]


def test_many_columns_stay_a_picture_that_can_be_opened() -> None:
    text = replace(TEXT, columns=tuple(map(str, range(24))), rows=("",), down="")
    sheet = grid_sheet(text, [[SheetCell(None, "failed")] * 24])
    assert sheet.width < 8000


@pytest.mark.parametrize("rows", [[], [[]], [[SheetCell(None, "")]]])
def test_a_grid_that_does_not_match_its_labels_is_refused(rows: Grid) -> None:
    with pytest.raises(ValueError, match="a cell for every column"):
        grid_sheet(TEXT, rows)


def test_text_is_kept_within_its_width_and_its_lines() -> None:
    pen = ImageDraw.Draw(Image.new("RGB", (8, 8)))
    text, font = lettered("sitting-on-a-very-long-named-chair by the window", 16)
    lines = wrapped(pen, text, font, 120, 3)
    assert 1 < len(lines) <= 3
    assert all(pen.textlength(line, font=font) <= 120 for line in lines)
    assert lines[-1].endswith("...") and "".join(lines).startswith("sitting-on-")
    assert cut(pen, "short", font, 500) == "short"


@pytest.mark.parametrize("text", ["guidance × pose", "Œuvre — ärger", "ポーズ", "плащ", "🦊"])
def test_every_text_is_written_in_some_letters(text: str) -> None:
    shown, font = lettered(text, 20)
    assert shown
    assert font.getbbox(shown)[2] > 0
