"""How good and how large pictures are in every protocol, held by floors and ceilings."""

from __future__ import annotations

import base64
import io
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.ui.pictures.glyph_fit import fit
from studio.ui.pictures.glyph_tables import glyphs
from studio.ui.pictures.kitty_feed import png
from studio.ui.pictures.overlay_pieces import LARGEST, Grid, as_inline, as_sixel, grid_of
from studio.ui.pictures.quick_png import quick_png
from studio.ui.pictures.sixel import Indexed, indexed, sixel
from studio.ui.pictures.tier import Tier
from tests.ui.pictures.sixel_reader import read_sixel
from tests.ui.pictures.subjects import figure, photo, psnr
from tests.ui.pictures.test_glyphs import drawn

SIDE = 600
GRID = Grid((60, 30), (10, 20), (60, 30))


def body(text: str) -> bytes:
    assert text.startswith("\x1bP0;1;0q")
    assert text.endswith("\x1b\\")
    return text[8:-2].encode()


def put_together(pieces: list[tuple[int, int, str]], grid: Grid) -> Image.Image:
    """What a terminal shows of sixel or inline pieces."""
    (wide, high), (columns, rows) = grid.cell, grid.cells
    whole = Image.new("RGB", (columns * wide, rows * high))
    for row, column, text in pieces:
        if text.startswith("\x1bP"):
            part = Image.fromarray(read_sixel(body(text))[..., :3])
        else:
            part = Image.open(io.BytesIO(base64.b64decode(text.split(":", 1)[1][:-1]))).convert("RGB")
        whole.paste(part, (column * wide, row * high))
    return whole


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(1, 20), st.integers(1, 256), st.integers(0, 1000))
def test_sixel_says_every_pixel_exactly(width: int, height: int, colours: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    palette = rng.integers(0, 101, (256, 3)).astype(np.int32)
    pixels = rng.integers(0, colours, (height, width)).astype(np.uint8)
    pixels[:, : width // 2] = pixels[0, 0]
    seen = read_sixel(body(sixel(Indexed(pixels, palette))))
    assert seen.shape == (height, width, 4)
    assert (seen[..., 3] == 255).all(), "no pixel is left as it was"
    assert np.array_equal(seen[..., :3], np.rint(palette[pixels] * 255 / 100).astype(np.uint8))


def test_sixel_of_real_pictures_is_as_the_palette_to_the_last_step() -> None:
    for picture in (figure(SIDE), photo(SIDE)):
        few = indexed(picture)
        seen = read_sixel(body(sixel(few))).astype(int)
        palette = few.palette[few.pixels] * 255 / 100
        assert np.abs(seen[..., :3] - palette).max() <= 1, "one step of the per cent that sixel has"


def test_a_very_wide_picture_is_written_too() -> None:
    pixels = np.zeros((7, 5000), np.uint8)
    pixels[:, 4000:] = 255
    seen = read_sixel(body(sixel(Indexed(pixels, np.array([[0, 0, 0]] * 255 + [[100, 0, 0]], np.int32)))))
    assert seen[3, 3999, 0] == 0
    assert seen[3, 4000, 0] == 255
    with pytest.raises(ValueError, match="too many"):
        sixel(Indexed(np.zeros((6, 10000), np.uint8), np.zeros((256, 3), np.int32)))


@pytest.mark.parametrize(
    ("tier", "figure_db", "photo_db", "most"),
    [(Tier.FULL, 39.5, 30.4, 340_000), (Tier.LEAN, 33.8, 24.1, 280_000)],
)
def test_sixel_is_good_enough_for_its_size(tier: Tier, figure_db: float, photo_db: float, most: int) -> None:
    for picture, floor in ((figure(SIDE), figure_db), (photo(SIDE), photo_db)):
        pieces = as_sixel(picture, GRID, tier)
        assert psnr(put_together(pieces, GRID), picture) >= floor
        assert sum(len(text) for _, _, text in pieces) <= most


def test_inline_pictures_are_good_enough_for_their_size() -> None:
    for picture, floor, most in ((figure(SIDE), 27.1, 75_000), (photo(SIDE), 43.5, 33_000)):
        pieces = as_inline(picture, GRID, Tier.FULL)
        assert psnr(put_together(pieces, GRID), picture) >= floor
        assert sum(len(text) for _, _, text in pieces) <= most
        assert all(re.match(r"\x1b\]1337;File=inline=1;size=\d+;width=60;height=30;", text) for _, _, text in pieces)


def test_kitty_pictures_are_lossless_or_a_fifth_of_the_bytes() -> None:
    for picture, floor in ((figure(SIDE), 24.6), (photo(SIDE), 46.4)):
        full, lean = png(picture, Tier.FULL), png(picture, Tier.LEAN)
        assert Image.open(io.BytesIO(full)).tobytes() == picture.tobytes()
        assert len(full) < 0.7 * SIDE * SIDE * 3
        assert len(lean) < 0.22 * len(full)
        shown = Image.open(io.BytesIO(lean)).resize(picture.size, Image.Resampling.BILINEAR)
        assert psnr(shown, picture) >= floor


@pytest.mark.parametrize(
    ("kind", "figure_db", "photo_db"),
    [("half", 21.3, 36.9), ("quadrant", 21.6, 37.2), ("sextant", 21.9, 37.3), ("octant", 22.1, 37.5)],
)
def test_symbols_are_as_good_as_an_exhaustive_search_makes_them(kind: str, figure_db: float, photo_db: float) -> None:
    family = glyphs(kind)
    for picture, floor in ((figure(SIDE), figure_db), (photo(SIDE), photo_db)):
        small = picture.resize((60 * family.columns, 30 * family.rows), Image.Resampling.BOX)
        assert fit(small, family).codes.shape == (30, 60)
        shown = Image.fromarray(drawn(small, kind)).resize(picture.size, Image.Resampling.NEAREST)
        assert psnr(shown, picture) >= floor


@pytest.mark.parametrize("encode", [as_sixel, as_inline])
@pytest.mark.parametrize("far", [False, True])
def test_pieces_cover_the_picture_without_gap_or_seam_and_none_is_too_large(encode: object, far: bool) -> None:
    assert callable(encode)
    picture = photo(SIDE).resize((1040, 1120))
    grid = grid_of((104, 56), (10, 20), far=far)
    for _, _, columns, rows in grid.boxes():
        assert columns * 10 <= LARGEST
        assert rows * 20 <= LARGEST
    pieces = encode(picture, grid, Tier.FULL)
    assert psnr(put_together(pieces, grid), picture) > 26
    if far:
        assert max(len(text) for _, _, text in pieces) < 64_000


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 1000))
def test_a_quickly_written_png_is_lossless(width: int, height: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(quick_png(Image.fromarray(pixels))))), pixels)


def test_a_quickly_written_png_is_hardly_larger() -> None:
    for picture in (figure(SIDE), photo(SIDE)):
        assert len(quick_png(picture)) < 1.12 * len(png(picture, Tier.FULL))
