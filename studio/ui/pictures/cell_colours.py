"""Colours of a picture as parameters of SGR sequences, for terminals of 16 million, 256 and 16 colours."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from studio.ui.pictures.cell_strip import CellRow
from studio.ui.pictures.glyph_fit import Fitted

if TYPE_CHECKING:
    from numpy import int16, uint8
    from numpy.typing import NDArray

SHADES = " .:-=+*#%@"
"""Characters from dark to bright, for terminals without any colour."""

CUBE = (0, 95, 135, 175, 215, 255)
"""Levels of xterm's 6×6×6 colours, which begin at number 16; the 24 greys begin at 232 with 8 and go up by 10."""

SIXTEEN = (
    (0, 0, 0),
    (170, 0, 0),
    (0, 170, 0),
    (170, 85, 0),
    (0, 0, 170),
    (170, 0, 170),
    (0, 170, 170),
    (170, 170, 170),
    (85, 85, 85),
    (255, 85, 85),
    (85, 255, 85),
    (255, 255, 85),
    (85, 85, 255),
    (255, 85, 255),
    (85, 255, 255),
    (255, 255, 255),
)
"""The sixteen colours as the Linux console has them."""


def rows_of(fitted: Fitted, colours: int) -> list[CellRow]:
    """Rows for a terminal of `colours` colours: 16 777 216, 256, 16, or 0 for none."""
    if colours == 0:
        return _shaded(fitted)
    texts = ["".join(map(chr, codes)) for codes in fitted.codes.tolist()]
    front, back = fitted.front, fitted.back
    if colours > 256:
        fronts, backs = front.tolist(), back.tolist()
        ansi = [
            [f"38;2;{f[0]};{f[1]};{f[2]};48;2;{b[0]};{b[1]};{b[2]}" for f, b in zip(fs, bs, strict=True)]
            for fs, bs in zip(fronts, backs, strict=True)
        ]
    else:
        first, second = _nearest(front, colours), _nearest(back, colours)
        palette = _palette(colours)
        fronts, backs = palette[first].tolist(), palette[second].tolist()
        ansi = [
            [_indexed(f, b, colours) for f, b in zip(fs, bs, strict=True)]
            for fs, bs in zip(first.tolist(), second.tolist(), strict=True)
        ]
    return [
        CellRow(text, [tuple(colour) for colour in fs], [tuple(colour) for colour in bs], codes)
        for text, fs, bs, codes in zip(texts, fronts, backs, ansi, strict=True)
    ]


def _indexed(front: int, back: int, colours: int) -> str:
    if colours == 256:
        return f"38;5;{front};48;5;{back}"
    return f"{30 + front if front < 8 else 82 + front};{40 + back if back < 8 else 92 + back}"


@lru_cache(maxsize=2)
def _palette(colours: int) -> NDArray[uint8]:
    import numpy as np

    if colours == 16:
        return np.array(SIXTEEN, np.uint8)
    cube = [(r, g, b) for r in CUBE for g in CUBE for b in CUBE]
    greys = [(8 + 10 * n,) * 3 for n in range(24)]
    return np.array([*SIXTEEN, *cube, *greys], np.uint8)


def _nearest(colour: NDArray[uint8], colours: int) -> NDArray[int16]:
    """The number of the nearest colour. Of 256, the first 16 are left out: every terminal draws them differently."""
    import numpy as np

    first = 16 if colours == 256 else 0
    palette = _palette(colours)[first:].astype(np.float32)
    points = colour.reshape(-1, 3).astype(np.float32)
    distance = (palette**2).sum(1) - 2 * points @ palette.T
    numbers: NDArray[int16] = (distance.argmin(1) + first).astype(np.int16)
    return numbers.reshape(colour.shape[:-1])


def _shaded(fitted: Fitted) -> list[CellRow]:
    import numpy as np

    light = (fitted.front.astype(np.float32) + fitted.back) @ np.array([0.299, 0.587, 0.114], np.float32) / 510
    rows = []
    for line in np.clip(light * len(SHADES), 0, len(SHADES) - 1).astype(int).tolist():
        white, black = [(255, 255, 255)] * len(line), [(0, 0, 0)] * len(line)
        rows.append(CellRow("".join(SHADES[level] for level in line), white, black, [""] * len(line)))
    return rows
