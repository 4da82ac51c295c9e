"""Tiny stick figures for lists: a pose in a few character cells of Unicode braille, or in plain ASCII."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, cos, degrees, hypot, pi, sin

from studio.domain.skeleton_view import KEYPOINTS, Point

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in U+2800..U+28FF, by row and column of the 4 x 2 cell."""

_AT = {name: number for number, name in enumerate(KEYPOINTS)}
_BONES = (
    ("right_shoulder", "left_shoulder"), ("right_shoulder", "right_elbow"), ("right_elbow", "right_wrist"),
    ("left_shoulder", "left_elbow"), ("left_elbow", "left_wrist"), ("right_hip", "right_knee"),
    ("right_knee", "right_ankle"), ("left_hip", "left_knee"), ("left_knee", "left_ankle"), ("right_hip", "left_hip"),
)  # fmt: skip

Place = tuple[float, float]


def braille_figure(points: Sequence[Point], columns: int, rows: int) -> list[str]:
    """The 18 keypoints as a stick figure of `rows` lines, each `columns` braille characters wide.

    The figure fills the cells as far as its own proportions allow. Raises ValueError for fewer than one cell or
    another number of points.
    """
    width, height = columns * 2, rows * 4
    cells = [[0] * columns for _ in range(rows)]
    for x, y in _strokes(points, columns, rows, width, height):
        if 0 <= x < width and 0 <= y < height:
            cells[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
    return ["".join(chr(0x2800 + bits) for bits in line) for line in cells]


def ascii_figure(points: Sequence[Point], columns: int, rows: int) -> list[str]:
    """The same figure in plain ASCII, for terminals without Unicode; one cell or one row becomes `ascii_mark`."""
    if columns < 3 or rows < 2:
        _checked(points, columns, rows)
        return [ascii_mark(points).center(columns)] + [" " * columns for _ in range(rows - 1)]
    lines = [[" "] * columns for _ in range(rows)]
    places = _fitted(points, columns, rows, columns, rows * 2)
    for first, last in (*_limbs(places), _spine(places)):
        slope = degrees(atan2(last[1] - first[1], last[0] - first[0])) % 180
        mark = "-" if slope < 22 or slope > 158 else "\\" if slope < 68 else "|" if slope < 112 else "/"
        for x, y in _line(first, last):
            _mark(lines, x, y // 2, mark)
    head = _head(places)
    _mark(lines, round(head[0]), round(head[1]) // 2, "o")
    return ["".join(line) for line in lines]


def ascii_mark(points: Sequence[Point]) -> str:
    """One ASCII character for the whole pose.

    `Y` both arms up, `P` one, `T` arms out, `_` lying, `V` upside down, `h` seated or low, `A` legs wide, `I` upright.
    """
    _checked(points, 1, 1)
    at = {name: points[number] for name, number in _AT.items()}
    hip, neck, nose = _middle(at["left_hip"], at["right_hip"]), at["neck"], at["nose"]
    trunk = max(hypot(neck.x - hip[0], neck.y - hip[1]), 1e-6)
    ankles, wrists = (at["left_ankle"], at["right_ankle"]), (at["left_wrist"], at["right_wrist"])
    marks = (
        ("_", abs(neck.y - hip[1]) < 0.55 * abs(neck.x - hip[0])),
        ("V", neck.y > hip[1]),
        ("Y", all(wrist.y < nose.y for wrist in wrists)),
        ("h", max(ankle.y for ankle in ankles) - hip[1] < 1.15 * trunk),
        ("P", any(wrist.y < nose.y for wrist in wrists)),
        ("T", abs(wrists[0].x - wrists[1].x) > 2.0 * trunk),
        ("A", abs(ankles[0].x - ankles[1].x) > 0.8 * trunk),
    )
    return next((mark for mark, fits in marks if fits), "I")


def _checked(points: Sequence[Point], columns: int, rows: int) -> None:
    if columns < 1 or rows < 1:
        raise ValueError("a figure needs at least one column and one row")
    if len(points) != len(KEYPOINTS):
        raise ValueError(f"a figure needs {len(KEYPOINTS)} keypoints, not {len(points)}")


def _fitted(points: Sequence[Point], columns: int, rows: int, width: int, height: int) -> dict[str, Place]:
    """The keypoints on a grid of `width` x `height` square dots, as large as they fit, centred."""
    _checked(points, columns, rows)
    head = _head({name: (points[n].x, points[n].y) for name, n in _AT.items()})
    xs = [*(point.x for point in points), head[0]]
    ys = [*(point.y for point in points), head[1]]
    wide, tall = max(max(xs) - min(xs), 1e-6), max(max(ys) - min(ys), 1e-6)
    scale = min((width - 1) / wide, (height - 1) / tall)
    left, top = (width - 1 - wide * scale) / 2, (height - 1 - tall * scale) / 2
    return {
        name: (left + (points[n].x - min(xs)) * scale, top + (points[n].y - min(ys)) * scale) for name, n in _AT.items()
    }


def _strokes(points: Sequence[Point], columns: int, rows: int, width: int, height: int) -> Iterable[tuple[int, int]]:
    places = _fitted(points, columns, rows, width, height)
    for first, last in (*_limbs(places), _spine(places)):
        yield from _line(first, last)
    x, y = _head(places)
    neck = places["neck"]
    radius = hypot(neck[0] - x, neck[1] - y) * 0.55
    if radius < 1.2:
        yield from ((int(x) + dx, int(y) + dy) for dx in (0, 1) for dy in (0, 1) if height > 8 or dx + dy == 0)
        return
    steps = max(8, round(radius * 8))
    for step in range(steps):
        angle = 2 * pi * step / steps
        yield round(x + radius * cos(angle)), round(y + radius * sin(angle))


def _limbs(places: dict[str, Place]) -> tuple[tuple[Place, Place], ...]:
    return tuple((places[a], places[b]) for a, b in _BONES)


def _spine(places: dict[str, Place]) -> tuple[Place, Place]:
    return places["neck"], _middle(places["left_hip"], places["right_hip"])


def _head(places: dict[str, Place]) -> Place:
    """The middle of the head: between the ears."""
    return _middle(places["left_ear"], places["right_ear"])


def _middle(a: Place | Point, b: Place | Point) -> Place:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


def _line(first: Place, last: Place) -> Iterable[tuple[int, int]]:
    steps = max(1, round(max(abs(last[0] - first[0]), abs(last[1] - first[1]))))
    for step in range(steps + 1):
        part = step / steps
        yield round(first[0] + (last[0] - first[0]) * part), round(first[1] + (last[1] - first[1]) * part)


def _mark(lines: list[list[str]], x: int, y: int, mark: str) -> None:
    if 0 <= y < len(lines) and 0 <= x < len(lines[y]):
        lines[y][x] = mark
