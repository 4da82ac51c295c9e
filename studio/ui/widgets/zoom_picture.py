"""A picture that can be looked into: whole, or a part of it at a scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from studio.domain.take import Take
from studio.imaging.view_crop import Backdrop
from studio.ui.cuts import Cuts, Unneeded
from studio.ui.later import Later
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.state.zoom import Pane, Zoom
from studio.ui.terminal import USUAL_CELL

DRAGGED = 1
"""Cells the pointer has to move before a press is a drag and no click."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture to look into, with its size in pixels."""

    source: PictureSource
    size: tuple[int, int]
    share: float = 1.0
    """How large a pixel is against those of the picture that sets the scale: pictures of other sizes that lie side by
    side show the same place.
    """

    @classmethod
    def of(cls, take: Take, source: PictureSource, beside: Take | None = None) -> Sight:
        """A take; `beside` is the one whose scale counts."""
        share = beside.width / take.width if beside is not None and take.width else 1.0
        return cls(source, (max(1, take.width), max(1, take.height)), share)


class ZoomPicture(Container):
    """Shows a sight at a zoom over a backdrop. Dragging and the wheel are posted: who owns the zoom moves it."""

    DEFAULT_CSS = """
    ZoomPicture { width: 1fr; height: 1fr; background: black; }
    ZoomPicture.-white { background: white; }
    ZoomPicture.-magenta { background: #ff00ff; }
    ZoomPicture.-checker { background: #666666; }
    """

    class Dragged(Message):
        """The picture was pushed by so many shares of the pane to the right and down."""

        def __init__(self, view: ZoomPicture, across: float, down: float) -> None:
            super().__init__()
            self.view, self.across, self.down = view, across, down

    class Wheeled(Message):
        """The wheel was turned so many notches towards the picture, over this point of the pane."""

        def __init__(self, view: ZoomPicture, by: int, at: tuple[float, float]) -> None:
            super().__init__()
            self.view, self.by, self.at = view, by, at

    class Pressed(Message):
        """The picture was clicked at this point of the pane."""

        def __init__(self, view: ZoomPicture, at: tuple[float, float]) -> None:
            super().__init__()
            self.view, self.at = view, at

    def __init__(self, darkroom: Darkroom, cuts: Cuts, *, empty: str = "", **options: Any) -> None:
        super().__init__(**options)
        self._cuts = cuts
        self.picture = PictureView(darkroom, empty=empty)
        self._sight: Sight | None = None
        self._zoom = Zoom()
        self._backdrop = Backdrop.BLACK
        self._grip: tuple[int, int] | None = None
        self._dragged = False

    def compose(self) -> ComposeResult:
        """The picture."""
        yield self.picture

    def pane(self) -> Pane | None:
        """What the picture is looked at through now; None before there is room or a picture."""
        width, height = self.picture.content_size
        if self._sight is None or not width or not height:
            return None
        cell = self.picture.wire.cell or USUAL_CELL
        # Characters draw no pixels: a pixel of the picture is a column wide then.
        actual = 1.0 if self.picture.darkroom.backend.line is not None else float(cell[0])
        return Pane(self._sight.size, width, height, cell, actual * self._sight.share)

    def look(self, sight: Sight | None, zoom: Zoom, backdrop: Backdrop) -> None:
        """Show this. What was there stays until it is ready."""
        for other in Backdrop:
            self.set_class(other is backdrop, f"-{other}")
        if (sight, zoom, backdrop) == (self._sight, self._zoom, self._backdrop):
            return
        self._sight, self._zoom, self._backdrop = sight, zoom, backdrop
        self._renew()

    def on_resize(self, event: events.Resize) -> None:
        """Another room is another part."""
        self.call_after_refresh(self._renew)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the picture."""
        self._grip, self._dragged = (event.screen_x, event.screen_y), False
        self.capture_mouse()
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Push it."""
        if self._grip is None:
            return
        across, down = event.screen_x - self._grip[0], event.screen_y - self._grip[1]
        if abs(across) >= DRAGGED or abs(down) >= DRAGGED:
            self._grip, self._dragged = (event.screen_x, event.screen_y), True
            width, height = self.content_size
            self.post_message(self.Dragged(self, across / max(1, width), down / max(1, height)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it."""
        self.release_mouse()
        if self._grip is not None and not self._dragged:
            self.post_message(self.Pressed(self, self._share_of(event)))
        self._grip = None

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Nearer, at the pointer."""
        event.stop()
        self.post_message(self.Wheeled(self, 1, self._share_of(event)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Farther."""
        event.stop()
        self.post_message(self.Wheeled(self, -1, self._share_of(event)))

    def _share_of(self, event: events.MouseEvent) -> tuple[float, float]:
        offset, (width, height) = event.get_content_offset(self), self.content_size
        return ((offset.x + 0.5) / max(1, width), (offset.y + 0.5) / max(1, height)) if offset else (0.5, 0.5)

    def _renew(self) -> None:
        sight, pane = self._sight, self.pane()
        self.workers.cancel_group(self, "cut")
        if sight is None:
            self.picture.clear()
            return
        if pane is None:
            return
        if self._zoom.fitted and self.picture.source != sight.source:
            # Perhaps it is prepared already, and hardly any picture is transparent.
            before = self.picture.source
            if before is None or not before.key.startswith(f"{sight.source.key}@"):
                self.picture.show(sight.source)
        zoom, backdrop = self._zoom, self._backdrop

        async def cut() -> None:
            await self._cut(sight, zoom, backdrop, pane)

        self.run_worker(Later(cut), group="cut", exclusive=True)

    async def _cut(self, sight: Sight, zoom: Zoom, backdrop: Backdrop, pane: Pane) -> None:
        def wanted() -> bool:
            return self.is_attached and (sight, zoom, backdrop) == (self._sight, self._zoom, self._backdrop)

        shown = sight.source
        try:
            if not zoom.fitted or await self._cuts.transparent(sight.source):
                shown = await self._cuts.part(sight.source, zoom.window(pane), backdrop, wanted)
        except Unneeded:
            return
        except (OSError, ValueError):
            # The view opens the file itself then, and says what is wrong with it.
            shown = sight.source
        if wanted() and self.picture.source != shown:
            self.picture.show(shown)
