"""kitty's protocol through textual-image: our threads encode, Textual's writer sends, the package draws the cells."""

from __future__ import annotations

import itertools
import random
from collections import OrderedDict
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

from studio.ui.pictures.backend import PictureHost, Prepared, Room, Unwanted, Wanted
from studio.ui.pictures.decode import decode
from studio.ui.pictures.kitty_feed import Medium, Plate, deletion, encode, in_memory, write_of_file, writes
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.textual_image_parts import NUMBER, placed_image_class

RESIDENT = 12
"""Pictures a view leaves in the terminal, so that showing one again costs nothing."""

WIDEST = 290
"""Columns and rows a picture can have; the protocol's table of marks ends at 297."""


_Shown = tuple[PictureSource, int, int]


class KittyBackend:
    """What the package does on the event loop (encode, send, and send again at every refresh) is done before, so
    that a picture costs the event loop a few milliseconds and is sent once.
    """

    def __init__(self, cell: tuple[int, int], medium: Medium) -> None:
        """`cell` are the pixels of one cell."""
        self.medium = medium
        self._cell = cell
        # 24 bits travel as a colour and 8 as a mark. A random start keeps clear of other programs' pictures.
        self._numbers = itertools.count((1 << 24) + random.randrange(1 << 16, 1 << 23))
        self._resident: WeakKeyDictionary[PictureHost, OrderedDict[_Shown, int]] = WeakKeyDictionary()
        self._files: dict[int, Path] = {}

    @property
    def name(self) -> str:
        """What doctor calls it."""
        return f"textual-image (kitty, {self.medium})"

    def warm_up(self) -> None:
        """Load textual-image and Pillow."""
        from PIL import Image

        Image.preinit()
        placed_image_class(self._cell)

    def prepare(self, source: PictureSource, room: Room, wanted: Wanted) -> Prepared:
        """Decode, scale to the very pixels the cells have, encode."""
        placed_image_class(self._cell)
        room = Room(min(room.columns, WIDEST), min(room.rows, WIDEST))
        picture, columns, rows = decode(source, room, self._cell, self._cell, wanted)
        plate = encode(picture, columns, rows, self.medium)
        if not wanted():
            raise Unwanted
        return Prepared(source, columns, rows, len(plate.png), payload=plate)

    def emit(self, view: PictureHost, prepared: Prepared) -> None:
        """Send what the terminal does not hold yet, then let the package draw the cells that show it."""
        from PIL import Image

        number = self._sent(view, prepared)
        # The package looks at the size and the number only; the pixels are in the terminal already.
        stub = Image.new("L", (prepared.columns, prepared.rows))
        stub.info[NUMBER] = number
        kind = placed_image_class(self._cell)
        held: Any = view.housed
        widget = held if isinstance(held, kind) else kind(stub)
        widget.styles.width, widget.styles.height = prepared.columns, prepared.rows
        if widget is held:
            widget.image = stub
        else:
            view.house(widget)

    def withdraw(self, view: PictureHost) -> None:
        """Free everything the terminal holds for this view."""
        for number in self._resident.pop(view, {}).values():
            self._free(view, number)

    def _sent(self, view: PictureHost, prepared: Prepared) -> int:
        """The number under which the terminal holds the picture, after sending it if need be."""
        held = self._resident.setdefault(view, OrderedDict())
        shown = prepared.source, prepared.columns, prepared.rows
        number = held.get(shown)
        if number is None:
            number = held[shown] = next(self._numbers)
            self._send(view, cast("Plate", prepared.payload), number)
        held.move_to_end(shown)
        while len(held) > RESIDENT:
            _, oldest = held.popitem(last=False)
            self._free(view, oldest)
        return number

    def _send(self, view: PictureHost, plate: Plate, number: int) -> None:
        if self.medium is Medium.FILE:
            path = self._files[number] = in_memory(plate)
            view.send(write_of_file(plate, number, path))
            return
        for text in writes(plate, number):
            view.send(text)

    def _free(self, view: PictureHost, number: int) -> None:
        view.send(deletion(number))
        if (path := self._files.pop(number, None)) is not None:
            path.unlink(missing_ok=True)
