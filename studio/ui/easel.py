"""The darkroom for a probed terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.pictures.choose import backend_for
from studio.ui.pictures.darkroom import Darkroom

if TYPE_CHECKING:
    from studio.ui.terminal import Terminal


def darkroom_for(terminal: Terminal) -> Darkroom:
    """A darkroom with the best way of drawing that is proven on this terminal. Cheap: nothing is loaded yet; whoever
    owns the first frame calls `warm_up` when it is out.
    """
    return Darkroom(backend_for(terminal))
