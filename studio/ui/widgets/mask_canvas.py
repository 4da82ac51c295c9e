"""The picture in cells with the mask over it, where a mask is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from studio.ui.state.mask_drawing import ZOOMS, Frame, MaskDrawing, Tool, frame_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from studio.imaging.mask import Mask

TINT = (255, 40, 160)
"""What may change is dyed with this."""

DYED = 0.55
CURSOR = Style(color="black", bgcolor="white", bold=True)


class MaskCanvas(Widget, can_focus=True):
    """Shows the drawing it is given; posts `Changed` when the mouse changed it."""

    ALLOW_SELECT = False
    DEFAULT_CSS: ClassVar[str] = "MaskCanvas { width: 1fr; height: 1fr; }"

    class Changed(Message):
        """The mouse drew."""

    def __init__(self, drawing: MaskDrawing, picture: Image, *, utf8: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self.drawing = drawing
        self._picture = picture
        self._utf8 = utf8
        self._pixels: tuple[Frame, NDArray[np.float64]] | None = None
        self._shares: tuple[Mask, Frame, NDArray[np.float64]] | None = None
        self._lines: Sequence[Strip] = ()

    @property
    def frame(self) -> Frame:
        """What is in view now."""
        room = self.size.width, self.size.height
        return frame_for(self.drawing.mask.size, room, ZOOMS[self.drawing.zoom], self._centre())

    def redraw(self) -> None:
        """The drawing has changed."""
        self._lines = ()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        if not self._lines:
            self._lines = self._drawn()
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width, self.rich_style)

    def on_resize(self) -> None:
        """Other cells."""
        self.redraw()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin where the mouse is."""
        event.stop()
        self.capture_mouse()
        self._to(event)
        if self.drawing.anchor is None and not self.drawing.down:
            self.drawing.press(self.frame)
        self._drew()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A button that is held draws."""
        if event.button:
            self._to(event)
            self._drew()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End what the mouse began."""
        self.release_mouse()
        if self.drawing.anchor is not None or (self.drawing.down and self.drawing.tool is Tool.BRUSH):
            self.drawing.press(self.frame)
        self._drew()

    def _to(self, event: events.MouseEvent) -> None:
        frame = self.frame
        self.drawing.go(frame, *frame.pixel(event.x, event.y))

    def _drew(self) -> None:
        self.redraw()
        self.post_message(self.Changed())

    def _centre(self) -> tuple[int, int]:
        # The view stays while a shape is drawn, so that the cells under it stay the same.
        return self.drawing.anchor or self.drawing.cursor

    def _drawn(self) -> list[Strip]:
        import numpy as np

        frame = self.frame
        pixels = self._scaled(frame)
        mask = self._masked(frame)
        dyed = pixels * (1 - DYED * mask[..., None]) + np.array(TINT) * (DYED * mask[..., None])
        rows = np.clip(dyed, 0, 255).astype(np.uint8).reshape(frame.rows, 2, frame.columns, 3)
        cursor = frame.cell(*self.drawing.cursor)
        return [
            self._row(rows[y], mask[2 * y : 2 * y + 2], cursor[0] if cursor[1] == y else -1) for y in range(frame.rows)
        ]

    def _row(self, pair: NDArray[np.uint8], mask: NDArray[np.float64], cursor: int) -> Strip:
        segments: list[Segment] = []
        above, below, shares = pair[0].tolist(), pair[1].tolist(), mask.mean(axis=0).tolist()
        for column, (upper, lower, share) in enumerate(zip(above, below, shares, strict=True)):
            if column == cursor:
                segments.append(Segment("+", CURSOR))
                continue
            glyph = "▀" if self._utf8 else "#" if share > 0.5 else " "
            segments.append(Segment(glyph, _style(*upper, *lower)))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _scaled(self, frame: Frame) -> NDArray[np.float64]:
        import numpy as np
        from PIL.Image import Resampling

        if self._pixels is None or self._pixels[0] != frame:
            box = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
            small = self._picture.resize((frame.columns, frame.rows * 2), Resampling.BOX, box=box)
            self._pixels = frame, np.asarray(small, dtype=np.float64)
        return self._pixels[1]

    def _masked(self, frame: Frame) -> NDArray[np.float64]:
        """How much of each half cell may change. The shape on its way is drawn in half cells: pixels can be many."""
        import numpy as np

        from studio.imaging.mask import Mask

        settled, box = self._settled(frame), self.drawing.shape(frame)
        if box is None:
            return settled
        left, right = (round((x - frame.left) / frame.across) for x in (box[0], box[2] + 1))
        top, bottom = (round((y - frame.top) / frame.down * 2) for y in (box[1], box[3] + 1))
        empty, cells = Mask.empty(frame.columns, frame.rows * 2), (left, top, right - 1, bottom - 1)
        if self.drawing.erasing:
            return np.minimum(settled, self.drawing.drawn(empty.inverted(), cells).bits)
        return np.maximum(settled, self.drawing.drawn(empty, cells).bits)

    def _settled(self, frame: Frame) -> NDArray[np.float64]:
        import numpy as np
        from PIL import Image
        from PIL.Image import Resampling

        mask = self.drawing.mask
        if self._shares is not None and self._shares[0] is mask and self._shares[1] == frame:
            return self._shares[2]
        box = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
        whole = Image.fromarray(mask.bits.astype(np.uint8) * 255)
        small = whole.resize((frame.columns, frame.rows * 2), Resampling.BOX, box=box)
        shares = np.asarray(small, dtype=np.float64) / 255
        self._shares = mask, frame, shares
        return shares


@lru_cache(maxsize=1 << 14)
def _style(red: int, green: int, blue: int, below_red: int, below_green: int, below_blue: int) -> Style:
    """Made once for each pair of colours: most cells stay as they are from key to key."""
    return Style(color=Color.from_rgb(red, green, blue), bgcolor=Color.from_rgb(below_red, below_green, below_blue))
