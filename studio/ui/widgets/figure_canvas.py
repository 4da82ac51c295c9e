"""The figure of the pose editor: bones in braille or ASCII, the held handle marked, joints that the mouse can drag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.message import Message

from studio.domain.skeleton import Skeleton
from studio.ui.state.figure_edit import FigureEdit, Place
from studio.ui.widgets.run_line import Run, RunLine


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen, in heights of the figure: across, and up to and down from its middle."""

    wide: float
    high: float
    low: float

    def holds(self, places: Iterable[Place]) -> bool:
        """Whether all of them are inside."""
        return all(abs(x) <= self.wide / 2 and self.low <= y <= self.high for x, y in places)


WINDOWS = (Window(1.1, 0.58, -0.56), Window(1.4, 0.74, -0.6), Window(1.8, 0.9, -0.68), Window(2.6, 1.4, -0.9))
"""The figure is seen as large as it can be: standing, arms out, arms overhead, and jumping high."""

BONES = (
    ("neck", "chest", ""), ("chest", "waist", ""), ("waist", "pelvis", ""), ("neck", "chin", ""),
    ("left_shoulder", "right_shoulder", ""), ("left_hip", "right_hip", ""),
    ("left_shoulder", "left_elbow", "left"), ("left_elbow", "left_wrist", "left"), ("left_wrist", "left_hand", "left"),
    ("right_shoulder", "right_elbow", "right"), ("right_elbow", "right_wrist", "right"),
    ("right_wrist", "right_hand", "right"),
    ("left_hip", "left_knee", "left"), ("left_knee", "left_ankle", "left"),
    ("left_ankle", "left_heel", "left"), ("left_heel", "left_toe", "left"),
    ("right_hip", "right_knee", "right"), ("right_knee", "right_ankle", "right"),
    ("right_ankle", "right_heel", "right"), ("right_heel", "right_toe", "right"),
)  # fmt: skip
"""Joints that are joined, and whose side they are."""

BOLD = 110
"""Dots of the figure's height from which its bones are two dots wide."""

LOOKS = {"": "", "left": "accent", "right": "good", "held": "warn", "floor": "faint"}
_RANK = {"floor": 0, "": 1, "right": 2, "left": 3, "held": 4}
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


class FigureCanvas(RunLine):
    """Draws a FigureEdit as large as it fits. It grows smaller when a limb would leave the window and never larger
    again, so that a turned limb moves nothing else.
    """

    DEFAULT_CSS = "FigureCanvas { width: 1fr; height: 1fr; }"

    class Grabbed(Message):
        """A handle was taken hold of with the mouse."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Dragged(Message):
        """The held joint was drawn somewhere; `done` when it was let go."""

        def __init__(self, skeleton: Skeleton, *, done: bool) -> None:
            super().__init__()
            self.skeleton = skeleton
            self.done = done

    def __init__(self, edit: FigureEdit, *, utf8: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self._edit = edit
        self._utf8 = utf8
        self._dragging: int | None = None
        self._drawn: Skeleton | None = None
        self._window = WINDOWS[0]

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """The figure on its floor."""
        height = self.content_size.height
        self._widen()
        bits, owners = self._painted(width, height)
        places = self._edit.places()
        held = self._cell(places[self._edit.handle.joint], width, height)
        rows = []
        for y in range(height):
            runs = []
            for x in range(width):
                if (x, y) == held:
                    runs.append(Run("◉" if self._utf8 else "@", "warn"))
                    continue
                dots, owner = bits.get((x, y), 0), owners.get((x, y), "")
                runs.append(Run(self._glyph(dots), LOOKS[owner]))
            rows.append(runs)
        return rows

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the nearest joint."""
        number = self._edit.nearest(self._place(event.x, event.y))
        if number is not None:
            event.stop()
            self.capture_mouse()
            self._dragging, self._drawn = number, self._edit.skeleton
            self.post_message(self.Grabbed(number))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The joint follows the pointer as far as it can."""
        if self._dragging is not None and self._drawn is not None:
            event.stop()
            self._drawn = self._edit.dragged(self._dragging, self._place(event.x, event.y), self._drawn)
            self.post_message(self.Dragged(self._drawn, done=False))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go: one step that can be undone."""
        if self._dragging is not None and self._drawn is not None:
            event.stop()
            self.release_mouse()
            self.post_message(self.Dragged(self._drawn, done=True))
        self._dragging = self._drawn = None

    def cell_of(self, joint: str) -> tuple[int, int]:
        """The column and the row that show a joint."""
        return self._cell(self._edit.places()[joint], *self.content_size)

    def _widen(self) -> None:
        """By what was let go only: under the dragging mouse the figure would slip away."""
        places = self._edit.places().values()
        later = WINDOWS[WINDOWS.index(self._window) :]
        self._window = next((window for window in later if window.holds(places)), WINDOWS[-1])

    def _painted(self, width: int, height: int) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], str]]:
        bits: dict[tuple[int, int], int] = {}
        owners: dict[tuple[int, int], str] = {}
        for x, y, owner in self._strokes(width, height):
            cell = (x // 2, y // 4)
            if 0 <= cell[0] < width and 0 <= cell[1] < height:
                bits[cell] = bits.get(cell, 0) | _DOTS[y % 4][x % 2]
                if _RANK[owner] >= _RANK[owners.get(cell, "floor")]:
                    owners[cell] = owner
        return bits, owners

    def _strokes(self, width: int, height: int) -> Iterable[tuple[int, int, str]]:
        places = self._edit.places_of(self._drawn or self._edit.skeleton)
        floor = self._dot((0, -0.52), width, height)[1]
        middle, reach = width, round(0.45 * self._scale(width, height))
        yield from ((x, floor, "floor") for x in range(middle - reach, middle + reach, 3))
        thick = 2 if self._scale(width, height) > BOLD else 1
        grasp = self._edit.handle.drags or self._edit.handle.joint
        for first, last, side in BONES:
            owner = "held" if last == grasp and side else side
            start, end = self._dot(places[first], width, height), self._dot(places[last], width, height)
            for x, y in _line(start, end):
                yield from ((x + more, y, owner) for more in range(thick))
        crown, chin = places["crown"], places["chin"]
        held = self._edit.handle.name == "head"
        yield from ((x, y, "held" if held else "") for x, y in self._head(crown, chin, width, height))
        nose = self._dot(places["nose"], width, height)
        yield nose[0], nose[1], "held" if held else ""

    def _head(self, crown: Place, chin: Place, width: int, height: int) -> Iterable[tuple[int, int]]:
        """An oval from chin to crown."""
        from math import atan2, cos, hypot, pi, sin

        (ax, ay), (bx, by) = self._dot(crown, width, height), self._dot(chin, width, height)
        length = max(2.0, hypot(ax - bx, ay - by))
        along, angle = length / 2, atan2(ay - by, ax - bx)
        steps = max(12, round(length * 4))
        for step in range(steps):
            turn = 2 * pi * step / steps
            u, v = along * cos(turn), 0.78 * along * sin(turn)
            yield (
                round((ax + bx) / 2 + u * cos(angle) - v * sin(angle)),
                round((ay + by) / 2 + u * sin(angle) + v * cos(angle)),
            )

    def _scale(self, width: int, height: int) -> float:
        """Dots for one height of the figure; a dot is as high as it is wide."""
        return min(2 * width / self._window.wide, 4 * height / (self._window.high - self._window.low))

    def _top(self, scale: float, height: int) -> float:
        return (4 * height - (self._window.high - self._window.low) * scale) / 2

    def _dot(self, place: Place, width: int, height: int) -> tuple[int, int]:
        scale = self._scale(width, height)
        top = self._top(scale, height)
        return round(width + place[0] * scale), round(top + (self._window.high - place[1]) * scale)

    def _cell(self, place: Place, width: int, height: int) -> tuple[int, int]:
        x, y = self._dot(place, width, height)
        return x // 2, y // 4

    def _place(self, x: int, y: int) -> Place:
        """The place in the picture plane that a cell shows."""
        width, height = self.content_size
        scale = self._scale(width, height)
        top = self._top(scale, height)
        return (2 * x + 1 - width) / scale, self._window.high - (4 * y + 2 - top) / scale

    def _glyph(self, dots: int) -> str:
        if self._utf8:
            return chr(0x2800 + dots) if dots else " "
        return " " if not dots else "." if dots.bit_count() < 2 else "o" if dots.bit_count() < 4 else "#"


def _line(start: tuple[int, int], end: tuple[int, int]) -> Iterable[tuple[int, int]]:
    steps = max(1, abs(end[0] - start[0]), abs(end[1] - start[1]))
    for step in range(steps + 1):
        part = step / steps
        yield round(start[0] + (end[0] - start[0]) * part), round(start[1] + (end[1] - start[1]) * part)
