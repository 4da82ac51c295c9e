"""Which back end draws the pictures on this terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.pictures.backend import PictureBackend
from studio.ui.pictures.darkroom import Darkroom

if TYPE_CHECKING:
    from studio.ui.terminal import Terminal


def darkroom_for(terminal: Terminal) -> Darkroom:
    """A darkroom for what the terminal can do; characters where no picture protocol is proven."""
    return Darkroom(_backend(terminal))


def _backend(terminal: Terminal) -> PictureBackend:
    match terminal.graphics.value:
        case "off":
            from studio.ui.pictures.path_only import PathOnlyBackend

            return PathOnlyBackend()
        case "octant" | "sextant" | "quadrant" | "half" as kind:
            from studio.ui.pictures.cells import CellsBackend

            return CellsBackend(kind, terminal.colours.number, terminal.cell)
        case _:
            from studio.ui.pictures.cells import CellsBackend

            return CellsBackend("half", terminal.colours.number, terminal.cell)
