from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from PIL import Image

from studio.ui.pictures.glyph_fit import fit
from studio.ui.pictures.glyph_tables import glyphs

KINDS = ("half", "quadrant", "sextant", "octant")


def drawn(picture: Image.Image, kind: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """What a terminal would show: every part of every cell in one of the cell's two colours."""
    family = glyphs(kind)
    fitted = fit(picture, family)
    out = np.zeros((picture.height, picture.width, 3), np.uint8)
    for row, codes in enumerate(fitted.codes.tolist()):
        for column, code in enumerate(codes):
            bits = family.codes.index(code)
            for part in range(family.columns * family.rows):
                y, x = row * family.rows + part // family.columns, column * family.columns + part % family.columns
                out[y, x] = (fitted.front if bits >> part & 1 else fitted.back)[row, column]
    return out


@pytest.mark.parametrize("kind", KINDS)
def test_every_pattern_has_its_own_character(kind: str) -> None:
    family = glyphs(kind)
    assert len(set(family.codes)) == 1 << (family.columns * family.rows)


def test_sextants_carry_the_parts_their_unicode_names_list() -> None:
    for bits, code in enumerate(glyphs("sextant").codes):
        name = unicodedata.name(chr(code))
        if name.startswith("BLOCK SEXTANT-"):
            parts = name.removeprefix("BLOCK SEXTANT-")
            assert bits == sum(1 << (int(part) - 1) for part in parts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_of_two_colours_is_drawn_exactly(kind: str) -> None:
    family = glyphs(kind)
    random = np.random.default_rng(7)
    cells = 12
    pixels = np.zeros((family.rows, cells * family.columns, 3), np.uint8)
    for cell in range(cells):
        two = random.integers(0, 256, (2, 3), np.uint8)
        where = random.integers(0, 2, (family.rows, family.columns))
        pixels[:, cell * family.columns : (cell + 1) * family.columns] = two[where]
    picture = Image.fromarray(pixels)
    assert np.array_equal(drawn(picture, kind), pixels)


def test_finer_characters_never_draw_worse() -> None:
    random = np.random.default_rng(3)
    smooth = Image.fromarray(random.integers(0, 256, (6, 6, 3), np.uint8)).resize((48, 48), Image.Resampling.BICUBIC)
    errors = []
    for kind in ("half", "quadrant", "octant"):
        family = glyphs(kind)
        small = smooth.resize((12 * family.columns, 12 * family.rows), Image.Resampling.BOX)
        shown = Image.fromarray(drawn(small, kind)).resize((48, 48), Image.Resampling.NEAREST)
        errors.append(float(((np.asarray(shown, float) - np.asarray(smooth, float)) ** 2).mean()))
    assert errors == sorted(errors, reverse=True)
