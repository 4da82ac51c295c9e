"""A small picture for grids, strips and lists: one widget, no layout, to be shown another picture at any time.

    class Cell(Thumbnail):
        CAPTION_ROWS = 1

        def captions(self, width):
            return [Strip([Segment("running-003 ✓".ljust(width)[:width])], width)]

    cell = Cell(darkroom)                                           # its size by CSS: width: 16; height: 9
    cell.show(PictureSource.of_take(studio.project.folder, take))   # at once when it is ready, else soon; None empties

A virtual grid keeps as many of them as fit on the screen and gives each another take when it scrolls: what was asked
for before and has not begun is given up, and what was prepared before is there with the next frame.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from studio.domain.text import plain
from studio.ui.pictures.backend import BrokenPicture, Prepared, Room, Unwanted
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.exposed import exposed
from studio.ui.pictures.framed_strip import FramedStrip
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.watched_strip import WatchedStrip
from studio.ui.pictures.wire import AppWire

MOVING, REST = 0.15, 0.03
"""Who shows another picture within so many seconds is scrolling: wait a moment before working."""


class Thumbnail(Widget):
    """Shows one picture as large as its box allows, centred, with rows of words below. Borders and padding are not
    drawn; colours are (`background`, also of a class or `:hover`). Nothing is posted when a picture comes.
    """

    CAPTION_ROWS: ClassVar[int] = 0
    """Rows kept free below the picture for `captions`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Thumbnail { width: 16; height: 8; }"

    def __init__(self, darkroom: Darkroom, **options: Any) -> None:
        """`options` are those of every widget: id, classes, name."""
        super().__init__(**options)
        self.darkroom = darkroom
        self.trouble = ""
        """Why the picture cannot be shown; empty when it can."""
        self._source: PictureSource | None = None
        self._shown: Prepared | None = None
        self._painted: Callable[[], None] | None = None
        self._lines: tuple[tuple[Style, int, int], list[Strip]] | None = None
        self._asked_at = 0.0
        self._coming: asyncio.Task[None] | None = None

    @property
    def source(self) -> PictureSource | None:
        """The picture that is wanted, on the screen or on its way there."""
        return self._source

    @property
    def picture_shown(self) -> bool:
        """The picture that is wanted is on the screen."""
        return self._shown is not None

    def captions(self, width: int) -> Sequence[Strip]:
        """For subclasses: the words below the picture, each `width` cells. Call `recaption` when they change."""
        return ()

    def recaption(self) -> None:
        """The words below the picture have changed; the picture itself is not written again."""
        self._lines = None
        width, height = self.size
        self.refresh(Region(0, height - self.CAPTION_ROWS, width, self.CAPTION_ROWS))

    def show(self, source: PictureSource | None) -> None:
        """Show a picture, at once when it is ready; until then the box is empty. None empties it."""
        if source == self._source and (self._shown is not None or self._coming is not None):
            return
        self._source = source
        self._begin()

    def lay(
        self, prepared: Prepared, *, widget: Widget | None = None, painted: Callable[[], None] | None = None
    ) -> None:
        """For back ends: the picture is complete."""
        self._shown, self._painted, self._lines = prepared, painted, None
        self.refresh()

    @property
    def housed(self) -> Widget | None:
        """For back ends: there is no widget inside."""
        return None

    @property
    def wire(self) -> AppWire:
        """For back ends: the way to the terminal."""
        return self.darkroom.wire_to(self.app)

    def exposed(self) -> Region | None:
        """For back ends: where the picture is, with nothing in front of it."""
        if self._shown is None:
            return None
        return exposed(self, self._place(self._shown))

    def repaint(self) -> None:
        """For back ends: write all rows again."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in `crop`, finished. Textual's own way would take them apart."""
        width, height = self.size
        key = self.visual_style.rich_style, width, height
        if self._lines is None or self._lines[0] != key:
            self._lines = key, self._rows(*key)
        lines = self._lines[1]
        blank = Strip.blank(width, key[0])
        found = [lines[y] if 0 <= y < len(lines) else blank for y in crop.line_range]
        return found if crop.column_span == (0, width) else [line.crop(*crop.column_span) for line in found]

    def on_mount(self) -> None:
        """Show the picture again when the terminal was somebody else's, or its font is another."""
        self.app.app_resume_signal.subscribe(self, lambda app: self._begin())
        self.darkroom.join(self, self._begin)

    def on_resize(self, event: events.Resize) -> None:
        """The picture again, in the new size."""
        self._begin()

    def on_unmount(self) -> None:
        """Let the terminal forget the picture."""
        self._give_up()
        self.darkroom.leave(self)
        self.darkroom.backend.withdraw(self)

    def _begin(self) -> None:
        source, room = self._source, self._room()
        if source is not None and room is None:
            return  # on_resize comes back to it
        self._give_up()
        self.trouble = ""
        if source is None or room is None:
            self._empty()
            return
        moving = time.monotonic() - self._asked_at < MOVING
        self._asked_at = time.monotonic()
        if (prepared := self.darkroom.ready(source, room)) is not None:
            if not self.darkroom.backend.holds(prepared):
                self._empty()
            wanted = self._wanted(source, room)
            self.darkroom.backend.emit(self, prepared, wanted)
            self.darkroom.doubts.about(source, lambda: self._begin() if wanted() else None)
            return
        self._empty()
        self._coming = asyncio.create_task(self._develop(source, room, REST if moving else 0))

    async def _develop(self, source: PictureSource, room: Room, rest: float) -> None:
        wanted = self._wanted(source, room)
        try:
            if rest:
                await asyncio.sleep(rest)
            prepared = await self.darkroom.develop(source, room, wanted)
        except Unwanted:
            return
        except BrokenPicture as broken:
            if wanted():
                self.trouble, self._lines = str(broken), None
                self.refresh()
            return
        if wanted():
            self.darkroom.backend.emit(self, prepared, wanted)

    def _wanted(self, source: PictureSource, room: Room) -> Callable[[], bool]:
        return lambda: self.is_attached and self._source == source and self._room() == room

    def _give_up(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    def _empty(self) -> None:
        if self._shown is not None:
            self.darkroom.backend.conceal(self)
            self._shown = self._painted = None
        self._lines = None
        self.refresh()

    def _room(self) -> Room | None:
        width, height = self.size.width, self.size.height - self.CAPTION_ROWS
        return Room(width, height, small=True) if width > 0 and height > 0 else None

    def _place(self, prepared: Prepared) -> Region:
        width, height = self.size.width, self.size.height - self.CAPTION_ROWS
        columns, rows = prepared.columns, prepared.rows
        return Region((width - columns) // 2, (height - rows) // 2, columns, rows)

    def _rows(self, base: Style, width: int, height: int) -> list[Strip]:
        blank = self._filtered(Strip.blank(width, base))
        above = max(0, height - self.CAPTION_ROWS)
        lines = [blank] * above
        if self._shown is not None:
            at = self._place(self._shown)
            left = self._filtered(Strip.blank(at.x, base))
            right = self._filtered(Strip.blank(max(0, width - at.right), base))
            for y, strip in zip(at.line_range, self._shown.strips, strict=False):
                row = FramedStrip(left, strip, right)
                if 0 <= y < above and row.cell_length == width:
                    lines[y] = row if self._painted is None else WatchedStrip(row, self._painted)
        elif self.trouble and above:
            words = set_cell_size(plain(self.trouble), width)
            lines[above // 2] = self._filtered(Strip([Segment(words, base)], width))
        return lines + [self._filtered(strip) for strip in self.captions(width)]

    def _filtered(self, strip: Strip) -> Strip:
        background = self.background_colors[1]
        for line_filter in self.app._filters:
            if line_filter.enabled:
                strip = strip.apply_filter(line_filter, background)
        return strip
