"""Opening the grid of takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench


class GridActions:
    """Opens the screens of many takes. Loaded when first wanted."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def do(self, verb: str) -> None:
        """`grid`."""
        from studio.ui.screens.grid import GridScreen

        self._bench.host.ask(GridScreen(self._bench), lambda _: None)
