"""A few lines of runs that are given whole, such as what the doctor says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from studio.ui.widgets.run_line import Run, RunLine

Maker = Callable[[int], Sequence[Sequence[Run]]]
"""Gives the lines for a width in cells."""


class RemarkLines(RunLine):
    """As many lines as it is high; a last one says how many there are more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._maker: Maker = lambda width: ()

    def use(self, maker: Maker) -> None:
        """Other lines."""
        self._maker = maker
        self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """The lines that fit."""
        lines, room = self._maker(width), self.content_size.height
        if len(lines) <= room:
            return lines
        return [*lines[: room - 1], [Run(f" … {len(lines) - room + 1} more (d shows all)", "muted")]]
