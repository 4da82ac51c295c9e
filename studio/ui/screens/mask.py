"""Drawing what may change, over the picture itself, in cells or from a file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from studio.domain.text import plain
from studio.imaging.mask import Mask, NoMask, read_mask
from studio.ui.screens.dialog import Dialog
from studio.ui.state.mask_drawing import BRUSHES, ZOOMS, MaskDrawing, Tool
from studio.ui.widgets.mask_canvas import MaskCanvas

if TYPE_CHECKING:
    from PIL.Image import Image

FAST = 5
"""Cells of a step with shift."""


class MaskScreen(Dialog[Mask]):
    """Gives the mask on ctrl+s or enter. The mouse draws, too. `here` is where typed paths begin."""

    title_text = "What may change"
    hint = (
        "arrows · r rectangle, e ellipse, b brush · space begins and ends · x takes away · [ ] brush · + - zoom\n"
        "i turns it round · c clears · ctrl+z, ctrl+y · f from a file · ctrl+s keeps it · esc"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", priority=True, id="mask.keep"),
        *(
            Binding(f"{key},{letter}", f"move({x}, {y})", "Move", show=False, id=f"mask.{key}")
            for key, letter, x, y in (
                ("left", "h", -1, 0),
                ("right", "l", 1, 0),
                ("up", "k", 0, -1),
                ("down", "j", 0, 1),
            )
        ),
        *(
            Binding(f"shift+{key},{letter}", f"move({x}, {y})", "Move far", show=False, id=f"mask.far-{key}")
            for key, letter, x, y in (
                *(("left", "H", -FAST, 0), ("right", "L", FAST, 0), ("up", "K", 0, -FAST), ("down", "J", 0, FAST)),
            )
        ),
        Binding("space,enter", "press", "Begin or end", id="mask.press"),
        *(Binding(tool.value[0], f"tool('{tool.value}')", tool.value, id=f"mask.{tool.value}") for tool in Tool),
        Binding("x", "erase", "Take away", id="mask.erase"),
        Binding("left_square_bracket", "brush(-1)", "Smaller brush", show=False, id="mask.smaller"),
        Binding("right_square_bracket", "brush(1)", "Larger brush", show=False, id="mask.larger"),
        Binding("plus,equals_sign", "zoom(1)", "Closer", show=False, id="mask.closer"),
        Binding("minus", "zoom(-1)", "Farther", show=False, id="mask.farther"),
        Binding("i", "invert", "Turn it round", id="mask.invert"),
        Binding("c", "clear", "Clear", id="mask.clear"),
        Binding("ctrl+z,u", "undo", "Undo", id="mask.undo"),
        Binding("ctrl+y,U", "redo", "Redo", id="mask.redo"),
        Binding("f", "file", "From a file", id="mask.file"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    MaskScreen {
        & > .dialog-panel { width: 100%; height: 100%; padding: 0 1; }
        MaskCanvas { height: 1fr; }
        #mask-line { height: 1; }
        #mask-file { border: none; height: 1; padding: 0 1; background: $panel; display: none; }
        #mask-file.-asked { display: block; }
        .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, path: Path, name: str, mask: Mask | None, here: Path, *, utf8: bool = True) -> None:
        super().__init__()
        self._path, self._name, self._before = path, name, mask
        self._here, self._utf8 = here, utf8
        self._drawing: MaskDrawing | None = None

    def body(self) -> Iterable[Widget]:
        """The picture comes when it is read; below, what space does, and a place for a path."""
        yield Static("", id="mask-line", markup=False)
        yield Input(placeholder="path of a mask: white, or transparent, is what may change", id="mask-file")

    async def on_mount(self) -> None:
        """Read the picture in a thread."""
        self.query_one(".dialog-panel").border_title = plain(f"What may change in {self._name}")
        try:
            picture = await asyncio.to_thread(_opened, self._path)
        except OSError:
            self._say(f"{self._path.name} cannot be read any more.")
            return
        drawing = self._drawing = MaskDrawing.of(picture.size, self._before)
        canvas = MaskCanvas(drawing, picture, utf8=self._utf8)
        await self.query_one(".dialog-panel").mount(canvas, before=0)
        canvas.focus()
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """While a path is typed, letters are letters."""
        typing = self.focused is not None and self.focused.id == "mask-file"
        return action in {"leave", "keep"} or (not typing and self._drawing is not None)

    def action_move(self, columns: int, rows: int) -> None:
        """The cursor."""
        if self._drawing is not None:
            self._drawing.move(self._canvas.frame, columns, rows)
            self._draw()

    def action_press(self) -> None:
        """Begin or end a shape; the brush down or up."""
        if self._drawing is not None:
            self._drawing.press(self._canvas.frame)
            self._draw()

    def action_tool(self, name: str) -> None:
        """Rectangle, ellipse or brush."""
        if self._drawing is not None:
            self._drawing.take(Tool(name))
            self._draw()

    def action_erase(self) -> None:
        """Paint, or take away."""
        if self._drawing is not None:
            self._drawing.erasing = not self._drawing.erasing
            self._draw()

    def action_brush(self, by: int) -> None:
        """A smaller or larger brush."""
        if self._drawing is not None:
            self._drawing.brush = max(0, min(len(BRUSHES) - 1, self._drawing.brush + by))
            self._draw()

    def action_zoom(self, by: int) -> None:
        """Closer or farther; not while a shape is drawn."""
        if self._drawing is not None and self._drawing.anchor is None:
            self._drawing.zoom = max(0, min(len(ZOOMS) - 1, self._drawing.zoom + by))
            self._draw()

    def action_invert(self) -> None:
        """What stayed changes, and the other way round."""
        if self._drawing is not None:
            self._drawing.use(self._drawing.mask.inverted())
            self._draw()

    def action_clear(self) -> None:
        """Nothing may change."""
        if self._drawing is not None:
            self._drawing.use(Mask.empty(*self._drawing.mask.size))
            self._draw()

    def action_undo(self) -> None:
        """The mask before."""
        if self._drawing is not None and not self._drawing.undo():
            self.app.bell()
        self._draw()

    def action_redo(self) -> None:
        """The mask that was undone."""
        if self._drawing is not None and not self._drawing.redo():
            self.app.bell()
        self._draw()

    def action_file(self) -> None:
        """Ask for the path of a mask."""
        asked = self.query_one("#mask-file", Input)
        asked.add_class("-asked")
        asked.focus()

    def action_keep(self) -> None:
        """Close with the mask, if anything may change."""
        if self._drawing is None:
            return
        if self._drawing.mask.share:
            self.dismiss(self._drawing.mask)
        else:
            self._say("Nothing may change yet: space begins a rectangle, space ends it.")

    def action_leave(self) -> None:
        """Leave the path, then what was begun, then the screen."""
        asked = self.query_one("#mask-file", Input)
        if asked.has_focus:
            self._unask()
        elif self._drawing is not None and self._drawing.let_go():
            self._draw()
        else:
            self.dismiss(None)

    def on_mask_canvas_changed(self) -> None:
        """The mouse drew."""
        self._draw()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the mask of a file."""
        event.stop()
        if self._drawing is None or not event.value.strip():
            return
        path = self._here / Path(event.value.strip().strip("'\"")).expanduser()
        try:
            mask, note = await asyncio.to_thread(partial(read_mask, path, self._drawing.mask.size))
        except NoMask as error:
            self._say(str(error))
            return
        self._unask()
        self._drawing.use(mask)
        self._draw()
        if note:
            self._say(note)

    @property
    def _canvas(self) -> MaskCanvas:
        return self.query_one(MaskCanvas)

    def _unask(self) -> None:
        self.query_one("#mask-file", Input).remove_class("-asked")
        self._canvas.focus()

    def _draw(self) -> None:
        if self._drawing is not None:
            self._canvas.redraw()
            self._say(self._drawing.words())

    def _say(self, text: str) -> None:
        self.query_one("#mask-line", Static).update(plain(text), layout=False)


def _opened(path: Path) -> Image:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return picture.convert("RGB")
    except (SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise OSError(f"no picture: {error}") from error
