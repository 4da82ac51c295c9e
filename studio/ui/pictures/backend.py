"""What a way of drawing pictures has to offer, and what passes between it and the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from studio.ui.pictures.line import Line, Wire
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier

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
    small: bool = False
    """One of many in a grid, where a kept small picture will do."""


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
    tier: Tier = Tier.FULL
    small: bool = False
    """One of many in a grid."""


class PictureBackend(Protocol):
    """Prepare in a thread, emit on the event loop. One back end serves all views of an app."""

    @property
    def name(self) -> str:
        """What doctor calls it."""

    @property
    def line(self) -> Line | None:
        """The way pictures take to the terminal; None where they are characters like all others."""

    def warm_up(self) -> None:
        """Load what the first picture needs. Runs in a worker thread."""

    def tiers(self) -> tuple[Tier, ...]:
        """What to show one after the other on this line as it is now: often only one, else lean first."""

    def use_cell(self, cell: tuple[int, int]) -> None:
        """A cell has another size in pixels from now on."""

    def prepare(self, source: PictureSource, room: Room, tier: Tier, wanted: Wanted) -> Prepared:
        """Decode, scale and encode. Runs in a worker thread; raises `BrokenPicture` or `Unwanted`."""

    def holds(self, prepared: Prepared) -> bool:
        """It can be shown without sending its pixels."""

    def emit(self, view: PictureHost, prepared: Prepared, wanted: Wanted) -> None:
        """Bring a prepared picture to the terminal as long as it is wanted, then have the view `lay` it: at once or
        later, but in a few milliseconds of the event loop.
        """

    def conceal(self, view: PictureHost) -> None:
        """The view shows nothing for now."""

    def withdraw(self, view: PictureHost) -> None:
        """The view is gone: give back what the terminal holds for it."""


class PictureHost(Protocol):
    """The part of a view a back end works on."""

    @property
    def wire(self) -> Wire:
        """The way to the terminal."""

    @property
    def housed(self) -> Widget | None:
        """The back end's own widget, if it is there."""

    def lay(
        self, prepared: Prepared, *, widget: Widget | None = None, painted: Callable[[], None] | None = None
    ) -> None:
        """The picture is complete: show its strips, or a widget of the back end's own, in place of whatever was there.
        `painted` is called whenever some of the strips have been written to the terminal.
        """

    def exposed(self) -> Region | None:
        """Where on the screen the strips are, if all of them can be seen with nothing in front of them."""

    def repaint(self) -> None:
        """Write all strips again with the next frame."""
