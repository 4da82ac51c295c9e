"""The widget that shows one picture."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from studio.domain.text import plain
from studio.ui.pictures.backend import BrokenPicture, Prepared, Room, Unwanted
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.source import PictureSource

PATIENCE = 0.3
"""Seconds before an empty view says that a picture is being opened; most come sooner, and words would only flicker."""


class PictureState(StrEnum):
    """What a view is doing."""

    EMPTY = "empty"
    LOADING = "loading"
    SHOWN = "shown"
    BROKEN = "broken"


class Sheet(Widget):
    """Finished rows, given to the terminal as they are: no style, filter or opacity touches them."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Sheet { width: 0; height: 0; display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self._strips: tuple[Strip, ...] = ()

    def lay(self, strips: tuple[Strip, ...], columns: int, rows: int) -> None:
        """Show these rows."""
        self._strips = strips
        if self.display and self.size == (columns, rows):
            self.refresh()
            return
        # Another size means another layout, and that paints by itself.
        self.styles.width, self.styles.height = columns, rows
        self.display = True

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in `crop`. Textual's own way would take every row apart, cell by cell, on the event loop."""
        width, base = self.size.width, self.visual_style.rich_style
        lines = []
        for y in crop.line_range:
            strip = self._strips[y] if 0 <= y < len(self._strips) else Strip.blank(width, base)
            lines.append(strip if strip.cell_length == width else strip.adjust_cell_length(width, base))
        if crop.column_span != (0, width):
            lines = [line.crop(*crop.column_span) for line in lines]
        return lines


class PictureView(Widget):
    """Shows a picture as large as the room allows, centred. `show` returns at once; the picture before stays until
    the new one is complete, also after a resize.
    """

    DEFAULT_CSS = """
    PictureView { width: 1fr; height: 1fr; align: center middle; overflow: hidden; }
    PictureView > .picture--message {
        width: auto; max-width: 100%; height: auto; color: $text-muted; text-align: center;
    }
    """

    class Shown(Message):
        """A picture is on the screen."""

        def __init__(self, view: PictureView, source: PictureSource) -> None:
            super().__init__()
            self.view = view
            self.source = source

        @property
        def control(self) -> PictureView:
            """The view."""
            return self.view

    class Failed(Message):
        """A picture cannot be shown; `sentence` says why."""

        def __init__(self, view: PictureView, source: PictureSource, sentence: str) -> None:
            super().__init__()
            self.view = view
            self.source = source
            self.sentence = sentence

        @property
        def control(self) -> PictureView:
            """The view."""
            return self.view

    def __init__(self, darkroom: Darkroom, *, empty: str = "No picture yet.", **options: Any) -> None:
        """`options` are those of every widget: id, classes, name."""
        super().__init__(**options)
        self.darkroom = darkroom
        self.state = PictureState.EMPTY
        self._empty = empty
        self._sheet = Sheet()
        self._message = Static(empty, classes="picture--message", markup=False)
        self._housed: Widget | None = None
        self._source: PictureSource | None = None
        self._shown: PictureSource | None = None
        self._patience: Timer | None = None

    def compose(self) -> ComposeResult:
        """The rows, and a place for words."""
        yield self._sheet
        yield self._message

    @property
    def source(self) -> PictureSource | None:
        """The picture that is wanted, on the screen or on its way there."""
        return self._source

    @property
    def housed(self) -> Widget | None:
        """The widget a back end shows its picture with."""
        return self._housed

    def show(self, source: PictureSource | None) -> None:
        """Show a picture as soon as it is ready; None clears."""
        if source is None:
            self.clear()
            return
        self._source = source
        room = self._room()
        if room is None:
            return  # on_resize comes back to it
        if (prepared := self.darkroom.ready(source, room)) is not None:
            self._emit(prepared)
            return
        self.state = PictureState.LOADING
        if self._shown is None and self._patience is None:
            self._patience = self.set_timer(PATIENCE, self._say_loading)
        self.run_worker(self._develop(source, room), group="picture", exclusive=True, exit_on_error=True)

    def clear(self) -> None:
        """Show no picture, and say so calmly."""
        self._source = None
        self.state = PictureState.EMPTY
        self.workers.cancel_group(self, "picture")
        self._take_down()
        self._say(self._empty)

    def prefetch(self, *sources: PictureSource) -> None:
        """Prepare pictures that may be shown next, in this order. Replaces what was asked before."""
        if (room := self._room()) is not None:
            self.darkroom.prefetch(sources, room)

    def lay(self, prepared: Prepared) -> None:
        """For back ends: show finished rows."""
        self._message.display = False
        self.house(None)
        self._sheet.lay(prepared.strips, prepared.columns, prepared.rows)

    def house(self, widget: Widget | None) -> None:
        """For back ends: show a widget of their own instead of rows."""
        if self._housed is widget:
            return
        if self._housed is not None:
            self._housed.remove()
        self._housed = widget
        if widget is not None:
            self._message.display = False
            self._sheet.display = False
            self.mount(widget)

    def send(self, text: str) -> None:
        """For back ends: a command of their protocol, in order with what Textual draws."""
        if self.app._driver is not None:
            self.app._driver.write(text)

    def on_resize(self, event: events.Resize) -> None:
        """The picture again, in the new size."""
        if self._source is not None and self.state is not PictureState.BROKEN:
            self.show(self._source)

    def on_unmount(self) -> None:
        """Let the terminal forget the picture."""
        self.darkroom.backend.withdraw(self)

    async def _develop(self, source: PictureSource, room: Room) -> None:
        def wanted() -> bool:
            return self.is_attached and self._source == source and self._room() == room

        try:
            prepared = await self.darkroom.develop(source, room, wanted)
        except Unwanted:
            return
        except BrokenPicture as broken:
            if wanted():
                self._fail(source, str(broken))
            return
        if wanted():
            self._emit(prepared)

    def _emit(self, prepared: Prepared) -> None:
        self.state = PictureState.SHOWN
        self._shown = prepared.source
        self.darkroom.backend.emit(self, prepared)
        self.post_message(self.Shown(self, prepared.source))

    def _fail(self, source: PictureSource, sentence: str) -> None:
        self.state = PictureState.BROKEN
        self._take_down()
        self._say(sentence)
        self.post_message(self.Failed(self, source, sentence))

    def _take_down(self) -> None:
        self._shown = None
        self._sheet.display = False
        self.darkroom.backend.withdraw(self)
        self.house(None)

    def _say_loading(self) -> None:
        self._patience = None
        if self.state is PictureState.LOADING and self._source is not None and self._shown is None:
            self._say(f"opening {self._source.path.name}")

    def _say(self, sentence: str) -> None:
        # The same words again would cost a layout of the whole screen.
        if (words := plain(sentence)) != self._message.content:
            self._message.update(words)
        self._message.display = True

    def _room(self) -> Room | None:
        width, height = self.content_size
        return Room(width, height) if width > 0 and height > 0 else None
