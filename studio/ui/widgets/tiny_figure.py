"""A skeleton in a few braille dots, for rows of text."""

from __future__ import annotations

from functools import lru_cache

from studio.domain.skeleton import LIMBS, Proportions, Skeleton, keypoints

BODY = LIMBS[:13]
"""Trunk, arms, legs and the neck; the face is too small for dots."""
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bit of each dot of a braille cell by row and column (Unicode, Braille Patterns)."""
STANDING = Skeleton()


@lru_cache(maxsize=512)
def tiny_figure(skeleton: Skeleton, proportions: Proportions, cells: int, rows: int) -> tuple[str, ...]:
    """The figure in `rows` rows of `cells` braille cells, filling them as far as its shape allows."""
    width, height = cells * 2, rows * 4
    points = keypoints(skeleton, proportions)
    xs = [points[index].x for pair in BODY for index in pair]
    ys = [points[index].y for pair in BODY for index in pair]
    middle = (max(xs) + min(xs)) / 2
    scale = min((width - 1) / max(0.01, max(xs) - min(xs)), (height - 1) / max(0.01, max(ys) - min(ys)))
    low = max(ys)

    def place(index: int) -> tuple[float, float]:
        point = points[index]
        return (width - 1) / 2 + (point.x - middle) * scale, (height - 1) + (point.y - low) * scale

    bits = [[0] * cells for _ in range(rows)]
    for start, end in BODY:
        (x0, y0), (x1, y1) = place(start), place(end)
        steps = max(1, round(2 * max(abs(x1 - x0), abs(y1 - y0))))
        for step in range(steps + 1):
            x = min(width - 1, max(0, round(x0 + (x1 - x0) * step / steps)))
            y = min(height - 1, max(0, round(y0 + (y1 - y0) * step / steps)))
            bits[y // 4][x // 2] |= DOTS[y % 4][x % 2]
    return tuple("".join(chr(0x2800 + cell) for cell in row) for row in bits)


def figure_and_remark(skeleton: Skeleton | None, build: Proportions) -> tuple[str, str]:
    """For the pose editor: the figure in six rows, and where it comes from."""
    shown = skeleton or STANDING
    remark = "drawn from the pose's skeleton" if skeleton else "a guess from your words; the words are what is sent"
    return "\n".join(tiny_figure(shown, build, 12, 6)), remark
