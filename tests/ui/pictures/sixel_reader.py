"""Sixel back into pixels, as a terminal would draw it (DEC STD 070, 6)."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(rb"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])")
_BITS = np.array([1, 2, 4, 8, 16, 32])


def read_sixel(body: bytes) -> NDArray[np.uint8]:
    """Height × width × red, green, blue, alpha from what stands between `q` and the end of the string."""
    size = re.match(rb'"\d+;\d+;(\d+);(\d+)', body)
    assert size is not None, "no raster attributes"
    width, height = int(size[1]), int(size[2])
    canvas = np.zeros((height + 6, width, 4), np.uint8)
    colours: dict[int, tuple[int, ...]] = {}
    colour: tuple[int, ...] = (0, 0, 0, 255)
    x, y, position = 0, 0, size.end()
    for match in _TOKEN.finditer(body, position):
        assert match.start() == position, f"not sixel: {body[position : match.start()][:20]!r}"
        position = match.end()
        number, red, green, blue, count, run, one, control = match.groups()
        if number:
            if red is not None:
                colours[int(number)] = (*(round(int(part) * 255 / 100) for part in (red, green, blue)), 255)
            colour = colours[int(number)]
        elif control:
            x, y = 0, y + 6 * (control == b"-")
        else:
            times, value = (int(count), run[0] - 63) if count else (1, one[0] - 63)
            assert x + times <= width, "drawn past the right edge"
            rows = np.flatnonzero(_BITS & value) + y
            canvas[rows[rows < height + 6], x : x + times] = colour
            x += times
    assert position == len(body), f"not sixel: {body[position:][:20]!r}"
    return canvas[:height]
