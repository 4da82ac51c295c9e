"""kitty's graphics protocol with placeholder cells."""

from __future__ import annotations

import itertools
import random
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import cast
from weakref import WeakKeyDictionary, WeakSet

from studio.ui.pictures.backend import PictureHost, Prepared, Room, Unwanted, Wanted
from studio.ui.pictures.decode import decode
from studio.ui.pictures.kitty_cells import NUMBERS, WIDEST, number_of, placeholder_rows
from studio.ui.pictures.kitty_feed import (
    Medium,
    Plate,
    breaking_off,
    deletion,
    file_of,
    plate_for_file,
    plate_of,
    reading,
    wrapped,
)
from studio.ui.pictures.kitty_marks import PLACEHOLDER
from studio.ui.pictures.line import Line, Parcel
from studio.ui.pictures.quick_png import quick_png
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier, tiers_for

RESIDENT = 12
"""Pictures left in the terminal, so that showing one again costs only its cells."""

SMALL_RESIDENT = 300
"""Pictures of a grid that are left there too: about as many pixels as of the large ones."""


class KittyBackend:
    """The terminal holds the pixels under a number; cells that carry the number show them wherever Textual puts
    them. The cells of the picture before stay until the new one is complete. Every picture is freed when it was not
    looked at for long, when the last view that showed it goes, and on the way out.
    """

    def __init__(self, cell: tuple[int, int], medium: Medium, *, far: bool = False, tmux: bool = False) -> None:
        """`cell` are the pixels of one cell; `far` expects a slow line until its speed is known."""
        self.medium = medium
        self.line = Line()
        self._cell = cell
        self._far = far
        self._tmux = tmux
        # A random start keeps clear of the pictures of other programs.
        self._count = itertools.count(random.randrange(NUMBERS))
        self._held: OrderedDict[int, WeakSet[PictureHost]] = OrderedDict()
        self._laid: WeakKeyDictionary[PictureHost, int] = WeakKeyDictionary()
        self._files: dict[int, Path] = {}
        self._small: set[int] = set()

    @property
    def name(self) -> str:
        """What doctor calls it."""
        return f"kitty ({self.medium}{', through tmux' if self._tmux else ''})"

    def warm_up(self) -> None:
        """Load Pillow and numpy."""
        from PIL import Image

        Image.preinit()
        quick_png(Image.new("RGB", (1, 1)))

    def tiers(self) -> tuple[Tier, ...]:
        """Lean first where the line is slow; a file takes the same time whatever its size."""
        if self.medium is Medium.FILE:
            return (Tier.FULL,)
        # tmux answers at once and then waits for the terminal around it, so there the rate means nothing.
        return tiers_for(None, far=True, wish=self.line.wish) if self._tmux else self.line.tiers(far=self._far)

    def use_cell(self, cell: tuple[int, int]) -> None:
        """The font has another size."""
        self._cell = cell

    def prepare(self, source: PictureSource, room: Room, tier: Tier, wanted: Wanted) -> Prepared:
        """Decode, scale to the very pixels the cells have, encode, and write the cells."""
        room = replace(room, columns=min(room.columns, WIDEST), rows=min(room.rows, WIDEST))
        picture, columns, rows = decode(source, room, self._cell, self._cell, wanted, exact=tier is Tier.FULL)
        number, cells = number_of(next(self._count)), (columns, rows)
        if self.medium is Medium.FILE:
            plate = plate_for_file(picture, number, cells)
        else:
            plate = plate_of(picture, number, cells, tier, quick=len(self.tiers()) == 1, tmux=self._tmux)
        if not wanted():
            raise Unwanted
        strips = placeholder_rows(number, columns, rows)
        return Prepared(source, columns, rows, plate.weight + 20 * columns * rows, strips, plate, tier, room.small)

    def holds(self, prepared: Prepared) -> bool:
        """The terminal has it."""
        return cast("Plate", prepared.payload).number in self._held

    def emit(self, view: PictureHost, prepared: Prepared, wanted: Wanted) -> None:
        """Bring the picture to the terminal if it is not there, then lay its cells."""
        plate = cast("Plate", prepared.payload)
        self.line.use(view.wire, self._forgotten)
        view.wire.spare(PLACEHOLDER)
        if plate.number in self._held:
            self._lay(view, prepared, plate.number)
        elif self.medium is Medium.FILE:
            path = self._files[plate.number] = file_of(plate)
            self._say(reading(plate, path))
            self._lay(view, prepared, plate.number)
        else:
            self.line.send(
                Parcel(
                    # Another view may have asked for the same picture and be served first.
                    texts=lambda: () if plate.number in self._held else plate.texts,
                    wanted=wanted,
                    done=lambda: self._arrived(view, prepared, plate.number, wanted),
                    abandoned=self._said(breaking_off(plate.number)),
                )
            )

    def conceal(self, view: PictureHost) -> None:
        """The terminal keeps it: it may be wanted again."""
        self._laid.pop(view, None)

    def withdraw(self, view: PictureHost) -> None:
        """Free what no other view has shown."""
        self._laid.pop(view, None)
        for viewers in self._held.values():
            viewers.discard(view)
        gone = [number for number, viewers in self._held.items() if not viewers]
        self.line.say("".join(self._freed(number) for number in gone))

    def _forgotten(self) -> str:
        """What frees everything: the terminal will be somebody else's for a while, or for good."""
        return "".join(self._freed(number) for number in list(self._held))

    def _arrived(self, view: PictureHost, prepared: Prepared, number: int, wanted: Wanted) -> None:
        if wanted():
            self._lay(view, prepared, number)
        else:
            self._held.setdefault(number, WeakSet()).add(view)

    def _lay(self, view: PictureHost, prepared: Prepared, number: int) -> None:
        self._held.setdefault(number, WeakSet()).add(view)
        self._held.move_to_end(number)
        self._laid[view] = number
        view.lay(prepared)
        if small := prepared.small:
            self._small.add(number)
        if (len(self._small) > SMALL_RESIDENT) if small else (len(self._held) - len(self._small) > RESIDENT):
            self._make_room(small=small)

    def _make_room(self, *, small: bool) -> None:
        alike = [number for number in self._held if (number in self._small) is small]
        on_screen = set(self._laid.values())
        for oldest in alike[: len(alike) - (SMALL_RESIDENT if small else RESIDENT)]:
            if oldest not in on_screen:
                self.line.say(self._freed(oldest))

    def _freed(self, number: int) -> str:
        """Forget a picture; gives the command that makes the terminal forget it too."""
        self._held.pop(number, None)
        self._small.discard(number)
        if (path := self._files.pop(number, None)) is not None:
            path.unlink(missing_ok=True)
        return self._said(deletion(number))

    def _say(self, text: str) -> None:
        self.line.say(self._said(text))

    def _said(self, text: str) -> str:
        return wrapped(text) if self._tmux else text
