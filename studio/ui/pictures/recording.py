"""A way of drawing for tests: it shows the name of the picture and remembers what was asked of it."""

from __future__ import annotations

import threading
from pathlib import Path

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from studio.ui.pictures.backend import BrokenPicture, PictureHost, Prepared, Room, Unwanted, Wanted
from studio.ui.pictures.line import Line
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier


class RecordingBackend:
    """Never looks at a file. A key in `broken` cannot be shown; a key in `held` waits until it is let go."""

    line: Line | None = None

    name = "recording"

    def __init__(self) -> None:
        self.prepared: list[tuple[str, Room]] = []
        self.emitted: list[str] = []
        self.given_up: list[str] = []
        self.emitted_tiers: list[Tier] = []
        self.wanted_tiers: tuple[Tier, ...] = (Tier.FULL,)
        self.cells: list[tuple[int, int]] = []
        self.concealed = self.withdrawn = 0
        self.broken: dict[str, str] = {}
        self.held: dict[str, threading.Event] = {}

    def hold(self, key: str) -> threading.Event:
        """Make the preparation of a picture wait until the event is set."""
        return self.held.setdefault(key, threading.Event())

    def warm_up(self) -> None:
        """Nothing to load."""

    def tiers(self) -> tuple[Tier, ...]:
        """As the test wants them."""
        return self.wanted_tiers

    def use_cell(self, cell: tuple[int, int]) -> None:
        """Remember it."""
        self.cells.append(cell)

    def prepare(self, source: PictureSource, room: Room, tier: Tier, wanted: Wanted) -> Prepared:
        """A row with the key of the picture, repeated over a third of the room."""
        if source.key in self.held:
            self.held[source.key].wait(5)
        if not wanted():
            self.given_up.append(source.key)
            raise Unwanted
        if source.key in self.broken:
            raise BrokenPicture(self.broken[source.key])
        self.prepared.append((source.key, room))
        columns, rows = max(1, room.columns // 3), max(1, room.rows // 3)
        text = set_cell_size(source.key * columns, columns)
        strips = tuple(Strip([Segment(text)], columns) for _ in range(rows))
        return Prepared(source, columns, rows, 1000, strips, tier=tier)

    def holds(self, prepared: Prepared) -> bool:
        """Nothing has to be sent."""
        return True

    def emit(self, view: PictureHost, prepared: Prepared, wanted: Wanted) -> None:
        """Show the rows and remember it."""
        self.emitted.append(prepared.source.key)
        self.emitted_tiers.append(prepared.tier)
        view.lay(prepared)

    def conceal(self, view: PictureHost) -> None:
        """Count it."""
        self.concealed += 1

    def withdraw(self, view: PictureHost) -> None:
        """Count it."""
        self.withdrawn += 1


def source(key: str) -> PictureSource:
    """A picture that need not exist."""
    return PictureSource(Path(f"{key}.png"), key)
