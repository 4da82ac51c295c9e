"""Opening the grid of takes, and the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench


class GridActions:
    """Opens the screens of many takes. Loaded when first wanted."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def do(self, verb: str) -> None:
        """`grid` or `trash`."""
        match verb:
            case "trash":
                from studio.ui.screens.trash import TrashScreen

                self._bench.host.ask(TrashScreen(self._bench), lambda _: None)
            case _:
                from studio.ui.screens.grid import GridScreen

                self._bench.host.ask(GridScreen(self._bench), lambda _: None)
