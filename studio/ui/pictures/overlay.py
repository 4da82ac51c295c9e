"""Pictures of pixels over symbols, for protocols that draw where the cursor is: sixel, and iTerm2's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from studio.ui.pictures.backend import PictureHost, Prepared, Room, Unwanted, Wanted
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.decode import decode
from studio.ui.pictures.line import Line, Parcel
from studio.ui.pictures.overlay_pieces import Grid, grid_of
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier

if TYPE_CHECKING:
    from PIL.Image import Image

SOON, CALM = 0.02, 0.1
"""Seconds without a frame over the picture before it is drawn: a layout often comes in two frames, and when one frame
follows the other, as in scrolling, there are symbols.
"""

SAME_FRAME = 0.002
"""Seconds in which the rows of one frame are written."""

Encode = Callable[["Image", Grid, Tier], Sequence[tuple[int, int, str]]]
"""Rows and columns of pieces, and what draws each where the cursor is. Runs in a worker thread."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A picture as pieces: row and column of each, and what draws it where the cursor is."""

    each: tuple[tuple[int, int, str], ...]

    def at(self, x: int, y: int) -> list[str]:
        """Commands that draw the picture with its corner in a cell, and leave the cursor where it was."""
        return [f"\x1b7\x1b[{y + row + 1};{x + column + 1}H{text}\x1b8" for row, column, text in self.each]


class OverlayBackend:
    """Symbols are laid at once. When the frame is out, the pixels are drawn over them: only while the whole picture can
    be seen with nothing in front of it, and again after every frame that wrote over it. What is drawn was encoded once.
    """

    def __init__(
        self, kind: str, encode: Encode, symbols: CellsBackend, cell: tuple[int, int], *, far: bool, tiers: bool
    ) -> None:
        """`kind` is the protocol's name, `cell` the pixels of one cell; `far` expects a slow line, where pieces are
        small, so that keys come between them; `tiers` says that `encode` can be lean.
        """
        self.line = Line()
        self._kind = kind
        self._encode = encode
        self._symbols = symbols
        self._cell = cell
        self._far = far
        self._tiers = self._exact = tiers
        self._overlays: WeakKeyDictionary[PictureHost, _Overlay] = WeakKeyDictionary()

    @property
    def name(self) -> str:
        """What doctor calls it."""
        return f"{self._kind} over {self._symbols.name} cells"

    def warm_up(self) -> None:
        """Load Pillow and numpy, and what the encoder needs."""
        from PIL import Image

        self._symbols.warm_up()
        self._encode(Image.new("RGB", self._cell), grid_of((1, 1), self._cell, far=False), Tier.FULL)

    def tiers(self) -> tuple[Tier, ...]:
        """Fewer colours first where the line is slow."""
        return self.line.tiers(far=self._far) if self._tiers else (Tier.FULL,)

    def use_cell(self, cell: tuple[int, int]) -> None:
        """The font has another size."""
        self._cell = cell
        self._symbols.use_cell(cell)

    def prepare(self, source: PictureSource, room: Room, tier: Tier, wanted: Wanted) -> Prepared:
        """Decode once; symbols and pixels from the same picture."""
        cell = self._cell
        picture, columns, rows = decode(source, room, cell, cell, wanted, exact=self._exact and tier is Tier.FULL)
        strips = self._symbols.strips_of(picture, columns, rows)
        if not wanted():
            raise Unwanted
        pieces = Pieces(tuple(self._encode(picture, grid_of((columns, rows), cell, far=self._far), tier)))
        weight = sum(len(text) for _, _, text in pieces.each) + sum(strip.weight for strip in strips)
        return Prepared(source, columns, rows, weight, strips, pieces, tier)

    def holds(self, prepared: Prepared) -> bool:
        """The terminal keeps no pixels."""
        return False

    def emit(self, view: PictureHost, prepared: Prepared, wanted: Wanted) -> None:
        """Lay the symbols; their frame brings the pixels."""
        self.line.use(view.wire, str)
        self.conceal(view)
        overlay = self._overlays[view] = _Overlay(view, self.line, cast("Pieces", prepared.payload))
        view.lay(prepared, painted=overlay.painted)

    def conceal(self, view: PictureHost) -> None:
        """Draw no more."""
        if (overlay := self._overlays.pop(view, None)) is not None:
            overlay.ended = True

    def withdraw(self, view: PictureHost) -> None:
        """Draw no more."""
        self.conceal(view)


class _Overlay:
    """Draws one picture in one view after the frames that wrote over it."""

    def __init__(self, view: PictureHost, line: Line, pieces: Pieces) -> None:
        self.ended = False
        self._view = view
        self._line = line
        self._pieces = pieces
        self._frames = 0
        self._painted_at = -1.0
        self._timer: asyncio.TimerHandle | None = None
        self._drawn = self._second = self._busy = False

    def painted(self) -> None:
        """A row went into a frame. Called for every row, before the frame is written."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        since, self._painted_at = now - self._painted_at, now
        if self._timer is not None and since < SAME_FRAME:
            return
        self._frames += 1
        waiting, self._timer = self._timer, loop.call_later(CALM if self._busy else SOON, self._settle)
        if waiting is not None:
            # The second frame may belong to the first; a third means that it goes on.
            waiting.cancel()
            self._busy = self._second
            self._second = True

    def _settle(self) -> None:
        """The frame is out: draw, or see to it that symbols are all there is."""
        self._timer, self._second, self._busy = None, False, False
        if self.ended:
            return
        where = self._view.exposed()
        if where is not None:
            frames = self._frames
            self._line.send(
                Parcel(
                    texts=lambda: self._begun(where.x, where.y),
                    wanted=lambda: not self.ended and self._frames == frames and self._view.exposed() == where,
                    done=lambda: None,
                )
            )
        elif self._drawn:
            # A part was painted while something was in front: pixels beside symbols.
            self._drawn = False
            self._view.repaint()

    def _begun(self, x: int, y: int) -> list[str]:
        self._drawn = True
        return self._pieces.at(x, y)
