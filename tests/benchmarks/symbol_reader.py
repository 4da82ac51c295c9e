"""Coloured block characters, as chafa prints them, back into pixels."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from studio.ui.pictures.glyph_tables import glyphs

_TOKEN = re.compile(r"\x1b\[([\d;]*)m|\x1b\[[?\d;]*[a-ln-z]|(\r?\n)|([^\x1b\r\n])", re.IGNORECASE)
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)


def read_symbols(text: str, cells: tuple[int, int], cell: tuple[int, int]) -> NDArray[np.uint8]:
    """Height × width × 3 for halves, quadrants and sextants in 24-bit colours. KeyError for another character."""
    masks = {code: _mask(kind, bits, cell) for kind in ("sextant", "quadrant", "half") for bits, code in _codes(kind)}
    (columns, rows), (wide, high) = cells, cell
    out = np.zeros((rows * high, columns * wide, 3), np.uint8)
    front, back, turned, x, y = _WHITE, _BLACK, False, 0, 0
    for match in _TOKEN.finditer(text):
        codes, line, character = match.groups()
        if codes is not None:
            front, back, turned = _after(codes, front, back, turned)
        elif line:
            x, y = 0, y + 1
        elif character and x < columns and y < rows:
            mask = masks[ord(character)][..., None]
            one, other = (back, front) if turned else (front, back)
            out[y * high : (y + 1) * high, x * wide : (x + 1) * wide] = np.where(mask, one, other)
            x += 1
    return out


def _codes(kind: str) -> list[tuple[int, int]]:
    family = glyphs(kind).codes
    return list(enumerate(family))


def _mask(kind: str, bits: int, cell: tuple[int, int]) -> NDArray[np.bool_]:
    family = glyphs(kind)
    y, x = np.mgrid[0 : cell[1], 0 : cell[0]]
    part = y * family.rows // cell[1] * family.columns + x * family.columns // cell[0]
    mask: NDArray[np.bool_] = (bits >> part & 1) > 0
    return mask


Colour = tuple[int, int, int]


def _after(codes: str, front: Colour, back: Colour, turned: bool) -> tuple[Colour, Colour, bool]:
    rest = iter(int(code or 0) for code in codes.split(";"))
    for code in rest:
        if code == 0:
            front, back, turned = _WHITE, _BLACK, False
        elif code in {7, 27}:
            turned = code == 7
        elif code in {38, 48} and next(rest, 0) == 2:
            colour = next(rest, 0), next(rest, 0), next(rest, 0)
            front, back = (colour, back) if code == 38 else (front, colour)
    return front, back, turned
