"""From what the probe found to the way of drawing."""

from __future__ import annotations

from studio.ui.pictures.backend import PictureBackend
from studio.ui.terminal import Terminal
from studio.ui.terminal_choice import Graphics


def backend_for(terminal: Terminal) -> PictureBackend:
    """The back end for a probed terminal. Cheap: nothing is imported or drawn before the first picture."""
    match terminal.graphics:
        case Graphics.OFF:
            from studio.ui.pictures.path_only import PathOnlyBackend

            return PathOnlyBackend()
        case Graphics.KITTY:
            return _kitty(terminal)
        case Graphics.SIXEL | Graphics.TEXTUAL_IMAGE:
            return _textual_image(terminal)
        case _:
            return _cells(terminal)


def _kitty(terminal: Terminal) -> PictureBackend:
    from studio.ui.pictures.kitty import KittyBackend
    from studio.ui.pictures.kitty_feed import Medium

    medium = Medium.FILE if terminal.kitty_file else Medium.DIRECT
    return KittyBackend(terminal.cell, medium, far=terminal.ssh, tmux=terminal.tmux)


def _textual_image(terminal: Terminal) -> PictureBackend:
    from studio.ui.pictures.textual_image_backend import TextualImageBackend
    from studio.ui.pictures.textual_image_parts import Protocol

    match terminal.graphics:
        case Graphics.SIXEL:
            protocol = Protocol.SIXEL
        case _ if terminal.kitty and not terminal.tmux and not terminal.no_color:
            protocol = Protocol.KITTY
        case _:
            protocol = Protocol.SIXEL if terminal.sixel and not terminal.tmux else Protocol.HALF
    return TextualImageBackend(protocol, terminal.cell)


def _cells(terminal: Terminal) -> PictureBackend:
    from studio.ui.pictures.cells import CellsBackend

    colours = terminal.colours.number
    if terminal.utf8 and colours:
        return CellsBackend(terminal.graphics.value, colours, terminal.cell)
    return CellsBackend("space", colours, terminal.cell)
