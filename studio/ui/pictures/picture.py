"""The widget that shows one picture."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from studio.domain.text import plain
from studio.ui.pictures.backend import BrokenPicture, Prepared, Room, Unwanted
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.sheet import Sheet
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier
from studio.ui.pictures.wire import AppWire

PATIENCE = 0.3
"""Seconds before an empty view says that a picture is being opened; most come sooner, and words would only flicker."""

MOVING, REST = 0.15, 0.03
"""Who goes to the next picture within so many seconds is on the way somewhere: wait a moment before working."""

LOOKED_AT = 0.3
"""Seconds after which a lean picture is looked at and worth a full one."""


class PictureState(StrEnum):
    """What a view is doing."""

    EMPTY = "empty"
    LOADING = "loading"
    SHOWN = "shown"
    BROKEN = "broken"


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

    class Refined(Message):
        """A finer one of the picture that was shown is on the screen."""

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
        self.shown: Prepared | None = None
        """The picture on the screen."""
        self._asked_at = 0.0
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

    @property
    def wire(self) -> AppWire:
        """For back ends: the way to the terminal."""
        return self.darkroom.wire_to(self.app)

    def show(self, source: PictureSource | None) -> None:
        """Show a picture as soon as it is ready; None clears."""
        if source is None:
            self.clear()
            return
        self._source = source
        room = self._room()
        if room is None:
            return  # on_resize comes back to it
        moving = time.monotonic() - self._asked_at < MOVING
        self._asked_at = time.monotonic()
        if (prepared := self.darkroom.ready(source, room)) is not None:
            self._emit(prepared, room)
            self.darkroom.doubts.about(source, lambda: self.show(source) if self._source == source else None)
            return
        self._wait(REST if moving else 0)
        self._develop(source, room, REST if moving else 0)

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

    def lay(
        self, prepared: Prepared, *, widget: Widget | None = None, painted: Callable[[], None] | None = None
    ) -> None:
        """For back ends: the picture is complete."""
        before, self.shown = self.shown, prepared
        self.state = PictureState.SHOWN
        self._message.display = False
        self._house(widget)
        if widget is None:
            self._sheet.lay(prepared.strips, prepared.columns, prepared.rows, painted)
        if (tier := self.darkroom.finer(prepared)) is not None:
            self.set_timer(LOOKED_AT, lambda: self._look_closer(prepared, tier))
        if before is None or before.source != prepared.source or before.tier is prepared.tier:
            self.post_message(self.Shown(self, prepared.source))
        else:
            self.post_message(self.Refined())

    def exposed(self) -> Region | None:
        """For back ends: where the rows are, with nothing in front of them."""
        return self._sheet.exposed()

    def repaint(self) -> None:
        """For back ends: write all rows again."""
        self._sheet.refresh()

    def on_mount(self) -> None:
        """Show the picture again when the terminal was somebody else's, or its font is another."""
        self.app.app_resume_signal.subscribe(self, lambda app: self.show(self._source))
        self.darkroom.join(self, lambda: self.show(self._source))

    def on_resize(self, event: events.Resize) -> None:
        """The picture again, in the new size."""
        self.darkroom.refit(self.app)
        if self._source is not None and self.state is not PictureState.BROKEN:
            self.show(self._source)

    def on_unmount(self) -> None:
        """Let the terminal forget the picture."""
        self.darkroom.leave(self)
        self.darkroom.backend.withdraw(self)

    def _develop(self, source: PictureSource, room: Room, rest: float, tier: Tier | None = None) -> None:
        wanted = self._wanted(source, room)

        async def develop() -> None:
            try:
                if rest:
                    await asyncio.sleep(rest)
                prepared = await self.darkroom.develop(source, room, wanted, tier)
            except Unwanted:
                return
            except BrokenPicture as broken:
                if wanted():
                    self._fail(source, str(broken))
                return
            if wanted():
                self._emit(prepared, room)

        # As a function: a worker that is replaced before it began would leave a coroutine that nobody awaited.
        _: Worker[None] = self.run_worker(develop, group="picture", exclusive=True)

    def _wanted(self, source: PictureSource, room: Room) -> Callable[[], bool]:
        return lambda: self.is_attached and self._source == source and self._room() == room

    def _emit(self, prepared: Prepared, room: Room) -> None:
        if not self.darkroom.backend.holds(prepared):
            self._wait(0)
        self.darkroom.backend.emit(self, prepared, self._wanted(prepared.source, room))

    def _wait(self, rest: float) -> None:
        if self.shown is None or self.shown.source != self._source:
            self.state = PictureState.LOADING
        if self.shown is None and self._patience is None:
            self._patience = self.set_timer(PATIENCE + rest, self._say_loading)

    def _look_closer(self, prepared: Prepared, tier: Tier) -> None:
        """Follow with a finer picture, unless the artist has gone on."""
        room = self._room()
        if self.shown is prepared and self._source == prepared.source and room is not None:
            self._develop(prepared.source, room, 0, tier)

    def _fail(self, source: PictureSource, sentence: str) -> None:
        self.state = PictureState.BROKEN
        self._take_down()
        self._say(sentence)
        self.post_message(self.Failed(self, source, sentence))

    def _take_down(self) -> None:
        self.shown = None
        self._sheet.display = False
        self.darkroom.backend.conceal(self)
        self._house(None)

    def _house(self, widget: Widget | None) -> None:
        if self._housed is widget:
            return
        if self._housed is not None:
            self._housed.remove()
        self._housed = widget
        if widget is not None:
            self._sheet.display = False
            self.mount(widget)

    def _say_loading(self) -> None:
        self._patience = None
        if self.state is PictureState.LOADING and self._source is not None and self.shown is None:
            self._say(f"opening {self._source.path.name}")

    def _say(self, sentence: str) -> None:
        # The same words again would cost a layout of the whole screen.
        if (words := plain(sentence)) != self._message.content:
            self._message.update(words)
        self._message.display = True

    def _room(self) -> Room | None:
        width, height = self.content_size
        return Room(width, height) if width > 0 and height > 0 else None
