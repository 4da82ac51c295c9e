"""What a way of drawing pictures has to offer, and what passes between it and the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from textual.strip import Strip
from textual.widget import Widget

from studio.ui.pictures.source import PictureSource

Wanted = Callable[[], bool]
"""Asked between the steps of preparing: False ends the work with `Unwanted`."""


class Unwanted(Exception):
    """Nobody waits for this picture any more."""


class BrokenPicture(Exception):
    """The file cannot be shown; the text is a sentence for the artist."""


@dataclass(frozen=True, slots=True)
class Room:
    """The cells a picture may cover."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be shown, exactly as many cells as it needs."""

    source: PictureSource
    columns: int
    rows: int
    weight: int
    """Bytes it holds in memory."""
    strips: tuple[Strip, ...] = ()
    """Finished rows; empty when the back end shows the picture with a widget of its own."""
    payload: object = None
    """What the back end alone understands."""


class PictureBackend(Protocol):
    """Prepare in a thread, emit on the event loop. One back end serves all views of an app."""

    @property
    def name(self) -> str:
        """The name `--graphics` knows it by."""

    def warm_up(self) -> None:
        """Load what the first picture needs. Runs in a worker thread."""

    def prepare(self, source: PictureSource, room: Room, wanted: Wanted) -> Prepared:
        """Decode, scale and encode. Runs in a worker thread; raises `BrokenPicture` or `Unwanted`."""

    def emit(self, view: PictureHost, prepared: Prepared) -> None:
        """Put a prepared picture on the screen, on the event loop, in a few milliseconds."""

    def withdraw(self, view: PictureHost) -> None:
        """Take the picture off the screen and give back what the terminal holds of it."""


class PictureHost(Protocol):
    """The part of a view a back end works on."""

    def lay(self, prepared: Prepared) -> None:
        """Show the finished strips in place of whatever was there."""

    def house(self, widget: Widget | None) -> None:
        """Show a widget of the back end's own in place of the strips; None takes it away again."""

    @property
    def housed(self) -> Widget | None:
        """The back end's own widget, if it is there."""

    def send(self, text: str) -> None:
        """Write to the terminal, in order with everything Textual draws. `text` must leave the cursor alone."""
