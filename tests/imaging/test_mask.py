"""A mask is drawn at the picture's own resolution and says what may change in the form an endpoint wants."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.imaging.mask import Mask, MaskForm, NoMask, read_mask


def opened(mask: Mask, form: MaskForm) -> Image.Image:
    return Image.open(io.BytesIO(mask.encoded(form)))


def test_a_rectangle_holds_both_its_corners_whichever_comes_first() -> None:
    mask = Mask.empty(8, 6).rectangle((5, 4, 2, 1))
    assert mask.size == (8, 6)
    assert mask.bits[1:5, 2:6].all() and mask.bits.sum() == 16
    assert mask.rectangle((2, 1, 5, 4), on=False).share == 0
    assert mask.bits.sum() == 16, "the mask before is as it was, so that undo is to keep it"


def test_what_lies_outside_the_picture_is_left_out() -> None:
    whole = Mask.empty(8, 6).rectangle((-50, -50, 50, 50))
    assert whole.share == 1
    assert Mask.empty(8, 6).rectangle((-9, -9, -1, -1)).share == 0
    assert Mask.empty(8, 6).brushed([(-3, 3), (100, 3)], (2, 2)).share == 0


def test_an_ellipse_fills_its_box_but_not_its_corners() -> None:
    mask = Mask.empty(40, 20).ellipse((0, 0, 39, 19))
    assert mask.bits[10, 0] and mask.bits[0, 20] and not mask.bits[0, 0]
    assert mask.share == pytest.approx(np.pi / 4, abs=0.02)


def test_a_brush_paints_along_its_points_and_takes_back() -> None:
    painted = Mask.empty(60, 60).brushed([(10, 30), (30, 30), (50, 30)], (5, 3))
    assert painted.bits[30, 10] and painted.bits[30, 50] and not painted.bits[40, 30]
    assert not painted.brushed([(30, 30)], (6, 6), on=False).bits[30, 30]


def test_inverting_twice_is_nothing_done() -> None:
    mask = Mask.empty(9, 9).ellipse((1, 1, 5, 5))
    assert (mask.inverted().inverted().bits == mask.bits).all()
    assert mask.inverted().share == pytest.approx(1 - mask.share)


def test_a_mask_is_small_while_it_is_kept_for_undo() -> None:
    mask = Mask.empty(1999, 1501).ellipse((100, 100, 900, 900)).brushed([(1500, 1200)], (40, 40))
    packed = mask.packed()
    assert len(packed) < 20_000
    assert (Mask.unpacked(packed, mask.size).bits == mask.bits).all()


def test_cells_say_how_much_of_each_may_change() -> None:
    cells = Mask.empty(100, 40).rectangle((0, 0, 49, 39)).cells(10, 4)
    assert cells.shape == (4, 10)
    assert cells[0, 0] == 1 and cells[0, 9] == 0


@pytest.mark.parametrize("form", list(MaskForm))
def test_a_mask_reads_back_from_the_forms_that_say_it_themselves(form: MaskForm, tmp_path: Path) -> None:
    mask = Mask.empty(64, 48).ellipse((10, 10, 30, 40))
    (tmp_path / "mask.png").write_bytes(mask.encoded(form))
    again, note = read_mask(tmp_path / "mask.png", (64, 48))
    wanted = mask.inverted() if form is MaskForm.BLACK else mask
    assert (again.bits == wanted.bits).all() and note == ""


def test_the_transparent_form_is_white_where_it_may_change_for_readers_of_colours() -> None:
    picture = opened(Mask.empty(8, 8).rectangle((0, 0, 3, 7)), MaskForm.CLEAR)
    assert picture.mode == "RGBA"
    assert picture.getpixel((0, 0)) == (255, 255, 255, 0) and picture.getpixel((7, 0)) == (0, 0, 0, 255)


def test_a_mask_of_another_shape_is_stretched_and_that_is_said(tmp_path: Path) -> None:
    Image.new("L", (100, 100), 255).save(tmp_path / "square.png")
    mask, note = read_mask(tmp_path / "square.png", (768, 1024))
    assert mask.size == (768, 1024) and "stretched to 768×1024" in note
    Image.new("L", (384, 512), 255).save(tmp_path / "half.png")
    assert read_mask(tmp_path / "half.png", (768, 1024))[1] == ""


def test_a_file_that_lets_nothing_change_is_refused(tmp_path: Path) -> None:
    Image.new("L", (8, 8)).save(tmp_path / "black.png")
    with pytest.raises(NoMask, match="lets nothing change"):
        read_mask(tmp_path / "black.png", (8, 8))
    (tmp_path / "text.png").write_text("hello")
    with pytest.raises(NoMask, match="no picture"):
        read_mask(tmp_path / "text.png", (8, 8))
