"""Pictures made of characters: for every terminal that has no picture protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.pictures.backend import PictureHost, Prepared, Room, Unwanted, Wanted
from studio.ui.pictures.cell_colours import rows_of
from studio.ui.pictures.cell_strip import CellStrip
from studio.ui.pictures.decode import decode
from studio.ui.pictures.glyph_fit import fit
from studio.ui.pictures.glyph_tables import glyphs
from studio.ui.pictures.line import Line
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier

if TYPE_CHECKING:
    from PIL.Image import Image


class CellsBackend:
    """Coloured spaces, half blocks, quadrants, sextants or octants, in as many colours as the terminal has.
    Everything is made in the worker thread; the event loop only hands over finished rows.
    """

    line: Line | None = None

    def __init__(self, kind: str, colours: int, cell: tuple[int, int] = (10, 20)) -> None:
        """`kind` is space, half, quadrant, sextant or octant, `colours` a number as `rows_of` takes it; `cell` are the
        pixels of a cell, for the picture's shape.
        """
        self._kind = kind
        self._colours = colours
        self._cell = cell

    @property
    def name(self) -> str:
        """The family of characters."""
        return self._kind

    def warm_up(self) -> None:
        """Load Pillow and numpy."""
        from PIL import Image

        Image.preinit()
        family = glyphs(self._kind)
        self.strips(Image.new("RGB", (family.columns, family.rows)))

    def tiers(self) -> tuple[Tier, ...]:
        """Characters are always the same."""
        return (Tier.FULL,)

    def use_cell(self, cell: tuple[int, int]) -> None:
        """Another shape of the cells."""
        self._cell = cell

    def prepare(self, source: PictureSource, room: Room, tier: Tier, wanted: Wanted) -> Prepared:
        """Decode, scale to one pixel per part of a cell, choose characters, write the rows."""
        family = glyphs(self._kind)
        picture, columns, rows = decode(source, room, self._cell, (family.columns, family.rows), wanted)
        strips = self.strips(picture)
        if not wanted():
            raise Unwanted
        return Prepared(source, columns, rows, sum(strip.weight for strip in strips), strips, tier=tier)

    def strips(self, picture: Image) -> tuple[CellStrip, ...]:
        """Rows for an RGB picture that has one pixel for every part of a cell. For tests and small drawings too."""
        return tuple(CellStrip(row) for row in rows_of(fit(picture, glyphs(self._kind)), self._colours))

    def strips_of(self, picture: Image, columns: int, rows: int) -> tuple[CellStrip, ...]:
        """Rows for an RGB picture of any size, to cover so many cells."""
        from PIL.Image import Resampling

        family = glyphs(self._kind)
        return self.strips(picture.resize((columns * family.columns, rows * family.rows), Resampling.BOX))

    def holds(self, prepared: Prepared) -> bool:
        """Rows are all there is."""
        return True

    def emit(self, view: PictureHost, prepared: Prepared, wanted: Wanted) -> None:
        """Hand over the rows."""
        view.lay(prepared)

    def conceal(self, view: PictureHost) -> None:
        """Nothing: the terminal holds nothing of the picture."""

    def withdraw(self, view: PictureHost) -> None:
        """Nothing."""
