"""Drawing a mask cell by cell: the tool, the cursor, the part of the picture in view, and what can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.imaging.mask import Mask

ZOOMS = (1, 2, 4, 8)
BRUSHES = (1, 2, 3, 5, 8)
"""Widths of the brush in cells."""

MOST = 200
"""Masks that are kept for undo, packed."""


class Tool(StrEnum):
    """What space does."""

    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    BRUSH = "brush"


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the picture in view, in pixels, and the cells it is shown in."""

    left: float
    top: float
    width: float
    height: float
    columns: int
    rows: int

    @property
    def across(self) -> float:
        """Pixels of a cell's width."""
        return self.width / self.columns

    @property
    def down(self) -> float:
        """Pixels of a cell's height."""
        return self.height / self.rows

    def pixel(self, column: int, row: int) -> tuple[int, int]:
        """The pixel in the middle of a cell."""
        return int(self.left + (column + 0.5) * self.across), int(self.top + (row + 0.5) * self.down)

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """The cell a pixel is shown in; it may lie outside."""
        return int((x - self.left) // self.across), int((y - self.top) // self.down)


def frame_for(size: tuple[int, int], room: tuple[int, int], zoom: int, at: tuple[int, int]) -> Frame:
    """What is shown of a picture of `size` pixels in a room of cells, twice as high as wide, around the pixel `at`."""
    width, height = size[0] / zoom, size[1] / zoom
    scale = max(width / max(1, room[0]), height / max(1, room[1] * 2))
    columns, rows = max(1, round(width / scale)), max(1, round(height / scale / 2))
    left = max(0.0, min(at[0] - width / 2, size[0] - width))
    top = max(0.0, min(at[1] - height / 2, size[1] - height))
    return Frame(left, top, width, height, min(columns, max(1, room[0])), min(rows, max(1, room[1])))


@dataclass(slots=True)
class MaskDrawing:
    """One mask on its way. Coordinates are pixels of the picture."""

    mask: Mask
    cursor: tuple[int, int]
    tool: Tool = Tool.RECTANGLE
    anchor: tuple[int, int] | None = None
    """Where a rectangle or an ellipse began."""
    down: bool = False
    """The brush paints while the cursor moves."""
    erasing: bool = False
    brush: int = 1
    """Which of BRUSHES."""
    zoom: int = 0
    """Which of ZOOMS."""
    _past: tuple[bytes, ...] = ()
    _future: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, size: tuple[int, int], mask: Mask | None) -> MaskDrawing:
        """A new drawing, or one that goes on with a mask of the same size."""
        kept = mask if mask is not None and mask.size == size else Mask.empty(*size)
        return cls(kept, (size[0] // 2, size[1] // 2))

    def move(self, frame: Frame, columns: int, rows: int) -> None:
        """The cursor so many cells further; a brush that is down paints on its way."""
        steps = max(abs(columns), abs(rows), 1)
        for _ in range(steps):
            x = self.cursor[0] + columns / steps * frame.across
            y = self.cursor[1] + rows / steps * frame.down
            self.cursor = self._inside(x, y)
            if self.down:
                self._dab(frame, new=False)

    def go(self, frame: Frame, x: int, y: int) -> None:
        """The cursor to a pixel, for the mouse."""
        self.cursor = self._inside(x, y)
        if self.down:
            self._dab(frame, new=False)

    def press(self, frame: Frame) -> None:
        """Begin a shape, end it, or put the brush down and take it up."""
        if self.tool is Tool.BRUSH:
            self.down = not self.down
            if self.down:
                self._dab(frame, new=True)
        elif self.anchor is None:
            self.anchor = self.cursor
        else:
            self._put(self.drawn(self.mask, self._box(frame)))
            self.anchor = None

    def shape(self, frame: Frame) -> tuple[int, int, int, int] | None:
        """The corners of the shape that is being drawn, both inside it; None while none is."""
        return None if self.anchor is None else self._box(frame)

    def drawn(self, mask: Mask, box: tuple[int, int, int, int]) -> Mask:
        """A mask with the shape between two corners, as the tool draws it."""
        on = not self.erasing
        return mask.ellipse(box, on=on) if self.tool is Tool.ELLIPSE else mask.rectangle(box, on=on)

    def take(self, tool: Tool) -> None:
        """Another tool; what was begun is left."""
        self.tool, self.anchor, self.down = tool, None, False

    def let_go(self) -> bool:
        """Leave what was begun; False when nothing was."""
        begun = self.anchor is not None or self.down
        self.anchor, self.down = None, False
        return begun

    def use(self, mask: Mask) -> None:
        """Another mask as one deed."""
        self.let_go()
        self._put(mask)

    def undo(self) -> bool:
        """The mask before; False when there is none."""
        if self.let_go():
            return True
        if not self._past:
            return False
        self._future = (*self._future, self.mask.packed())
        self._past, self.mask = self._past[:-1], Mask.unpacked(self._past[-1], self.mask.size)
        return True

    def redo(self) -> bool:
        """The mask that was undone; False when there is none."""
        if not self._future:
            return False
        self._past = (*self._past, self.mask.packed())
        self._future, self.mask = self._future[:-1], Mask.unpacked(self._future[-1], self.mask.size)
        return True

    def words(self) -> str:
        """What space does now, and how much may change."""
        deed = "takes away" if self.erasing else "may change"
        brush = f" {BRUSHES[self.brush]}" if self.tool is Tool.BRUSH else ""
        begun = " · space ends it" if self.anchor else " · space lifts it" if self.down else ""
        return f"{self.tool}{brush} · {deed}{begun} · {self.mask.share:.1%} of the picture · {ZOOMS[self.zoom]}×"

    def _inside(self, x: float, y: float) -> tuple[int, int]:
        width, height = self.mask.size
        return max(0, min(width - 1, round(x))), max(0, min(height - 1, round(y)))

    def _dab(self, frame: Frame, *, new: bool) -> None:
        radius = BRUSHES[self.brush] / 2
        # A cell is twice as high as wide: a round brush is half as many cells high.
        painted = self.mask.brushed([self.cursor], (radius * frame.across, radius * frame.across), on=not self.erasing)
        if new:
            self._put(painted)
        else:
            self.mask = painted

    def _put(self, mask: Mask) -> None:
        self._past = (*self._past, self.mask.packed())[-MOST:]
        self._future = ()
        self.mask = mask

    def _box(self, frame: Frame) -> tuple[int, int, int, int]:
        """The shape from cell to cell: both corner cells are wholly inside it."""
        first, last = self.anchor or self.cursor, self.cursor
        ends = [frame.cell(*first), frame.cell(*last)]
        (left, right), (top, bottom) = (sorted(end[axis] for end in ends) for axis in (0, 1))
        return (
            round(frame.left + left * frame.across),
            round(frame.top + top * frame.down),
            round(frame.left + (right + 1) * frame.across) - 1,
            round(frame.top + (bottom + 1) * frame.down) - 1,
        )
