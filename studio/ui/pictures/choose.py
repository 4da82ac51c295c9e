"""From what the probe found to the way of drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.pictures.backend import PictureBackend
from studio.ui.terminal import Terminal
from studio.ui.terminal_choice import Colours, Graphics, symbols_of

if TYPE_CHECKING:
    from studio.ui.pictures.cells import CellsBackend


def backend_for(terminal: Terminal) -> PictureBackend:
    """The back end for a probed terminal. Cheap: nothing is imported or drawn before the first picture."""
    match terminal.graphics:
        case Graphics.OFF:
            from studio.ui.pictures.path_only import PathOnlyBackend

            return PathOnlyBackend()
        case Graphics.KITTY:
            return _kitty(terminal)
        case Graphics.SIXEL | Graphics.ITERM:
            return _overlay(terminal)
        case Graphics.TEXTUAL_IMAGE:
            return _textual_image(terminal)
        case _:
            return _cells(terminal, terminal.graphics)


def _kitty(terminal: Terminal) -> PictureBackend:
    from studio.ui.pictures.kitty import KittyBackend
    from studio.ui.pictures.kitty_feed import Medium

    medium = Medium.FILE if terminal.kitty_file else Medium.DIRECT
    return KittyBackend(terminal.cell, medium, far=terminal.ssh, tmux=terminal.tmux)


def _overlay(terminal: Terminal) -> PictureBackend:
    from studio.ui.pictures.overlay import OverlayBackend
    from studio.ui.pictures.overlay_pieces import as_inline, as_sixel

    symbols = _symbols(terminal)
    sixel = terminal.graphics is Graphics.SIXEL
    encode = as_sixel if sixel else as_inline
    return OverlayBackend(terminal.graphics, encode, symbols, terminal.cell, far=terminal.ssh, tiers=sixel)


def _textual_image(terminal: Terminal) -> PictureBackend:
    from studio.ui.pictures.textual_image_backend import TextualImageBackend
    from studio.ui.pictures.textual_image_parts import Protocol

    symbols = _symbols(terminal)
    if terminal.kitty and not terminal.tmux and not terminal.no_color:
        return TextualImageBackend(Protocol.KITTY, terminal.cell, symbols)
    sixel = terminal.sixel and not terminal.tmux
    return TextualImageBackend(Protocol.SIXEL if sixel else Protocol.HALF, terminal.cell, symbols)


def _symbols(terminal: Terminal) -> CellsBackend:
    true = terminal.colours is Colours.TRUE
    return _cells(terminal, symbols_of(terminal.name, tmux=terminal.tmux) if true else Graphics.HALF)


def _cells(terminal: Terminal, graphics: Graphics) -> CellsBackend:
    from studio.ui.pictures.cells import CellsBackend

    colours = terminal.colours.number
    kind = graphics.value if terminal.utf8 and colours else "space"
    return CellsBackend(kind, colours, terminal.cell)
