"""The named parts of textual-image, imported so that the package cannot speak to the terminal meanwhile."""

from __future__ import annotations

import importlib
import io
import sys
import threading
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual_image.widget import HalfcellImage, SixelImage, TGPImage

    ImageClass = type[TGPImage] | type[SixelImage] | type[HalfcellImage]

_import_lock = threading.Lock()


class Protocol(StrEnum):
    """What textual-image is told to draw with; the probe decides, not the package."""

    KITTY = "kitty"
    SIXEL = "sixel"
    HALF = "half"


def image_class(protocol: Protocol, cell: tuple[int, int]) -> ImageClass:
    """The widget class for a protocol. `cell` are the pixels of a cell, which the package would otherwise ask for.

    While it is imported, textual-image queries a terminal behind `sys.__stdout__` and takes the answers from the
    keyboard. So that is not a terminal at that moment, and the cell size is put where the package keeps its own.
    """
    _load(cell)
    from textual_image import widget

    match protocol:
        case Protocol.KITTY:
            return widget.TGPImage
        case Protocol.SIXEL:
            return widget.SixelImage
        case Protocol.HALF:
            return widget.HalfcellImage


def _load(cell: tuple[int, int]) -> None:
    with _import_lock:
        # Only once: the package writes pictures to sys.__stdout__ later, and these must arrive.
        if "textual_image.widget" in sys.modules:
            return
        terminal = sys.__stdout__
        vars(sys)["__stdout__"] = io.StringIO()
        try:
            importlib.import_module("textual_image.widget")
        finally:
            vars(sys)["__stdout__"] = terminal
        from textual_image import _terminal

        vars(_terminal.get_cell_size)["_result"] = _terminal.CellSize(*cell)
