"""An edit that shifted or zoomed is found out, and laid over its source again."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from studio.imaging.align import aligned, alignment

SIZE = (384, 512)


def scene() -> Image.Image:
    """A figure with enough corners to be recognised."""
    picture = Image.new("RGB", SIZE, (230, 230, 232))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((150, 60, 220, 140), fill=(70, 40, 90))
    draw.polygon([(140, 150), (240, 150), (220, 300), (160, 300)], fill=(170, 40, 60))
    draw.line((150, 170, 90, 260, 130, 330), fill=(200, 150, 120), width=18)
    draw.line((235, 170, 300, 210, 310, 130), fill=(200, 150, 120), width=18)
    draw.line((170, 300, 140, 460, 110, 470), fill=(40, 40, 70), width=24)
    draw.line((205, 300, 260, 380, 250, 480), fill=(40, 40, 70), width=24)
    return picture


def changed(grown: float = 1.0, across: float = 0, down: float = 0) -> Image.Image:
    """The scene in other colours, grown around its middle and moved."""
    inverted = ImageOps.invert(scene())
    width, height = SIZE
    data = (
        1 / grown,
        0,
        width / 2 - (width / 2 + across) / grown,
        0,
        1 / grown,
        height / 2 - (height / 2 + down) / grown,
    )
    return inverted.transform(SIZE, Image.Transform.AFFINE, data, Image.Resampling.BICUBIC, fillcolor=(25, 25, 23))


@pytest.mark.parametrize(
    ("grown", "across", "down"), [(1, 9, -6), (1.06, 0, 0), (0.92, -14, 10), (1.15, 20, -20), (1, 60, 3)]
)
def test_shift_and_scale_are_found_whatever_the_colours(grown: float, across: float, down: float) -> None:
    found = alignment(scene(), changed(grown, across, down))
    assert found.sure and found.moved(SIZE)
    assert found.scale == pytest.approx(1 / grown, abs=0.006)
    assert (-found.dx / found.scale, -found.dy / found.scale) == pytest.approx((across, down), abs=1.5)


def test_an_edit_that_stayed_where_it_was_is_left_alone() -> None:
    found = alignment(scene(), changed())
    assert found.sure and not found.moved(SIZE)
    assert found.words() == "lies as it did"


def test_what_happened_is_said_in_words() -> None:
    words = alignment(scene(), changed(1.1, 12, -20)).words()
    assert "12 pixels right" in words and "20 up" in words and "grown by" in words


def test_two_pictures_with_nothing_in_common_are_not_aligned() -> None:
    chance = np.random.default_rng(3).integers(0, 255, (16, 12, 3), dtype=np.uint8)
    other = Image.fromarray(chance).resize(SIZE, Image.Resampling.BICUBIC)
    assert not alignment(scene(), other).sure


@pytest.mark.parametrize("size", [SIZE, (768, 1024), (440, 592)])
def test_the_aligned_copy_lies_over_the_source_whatever_size_the_edit_has(size: tuple[int, int]) -> None:
    edit = changed(1.08, 15, -12).resize(size)
    picture = aligned(scene(), edit, alignment(scene(), edit))
    assert picture.size == SIZE
    inside = (80, 60, 320, 440)
    apart = np.asarray(picture.crop(inside), dtype=float) - np.asarray(changed().crop(inside), dtype=float)
    unaligned = np.asarray(edit.resize(SIZE).crop(inside), dtype=float) - np.asarray(
        changed().crop(inside), dtype=float
    )
    assert np.abs(apart).mean() < 0.25 * np.abs(unaligned).mean()


def test_what_the_edit_does_not_cover_comes_from_the_source() -> None:
    edit = changed(1, 60, 0)
    picture = aligned(scene(), edit, alignment(scene(), edit))
    right = np.asarray(picture.crop((350, 0, 384, 40)))
    assert np.abs(right.astype(int) - np.asarray(scene().crop((350, 0, 384, 40)))).max() <= 2
