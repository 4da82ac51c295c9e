"""The clay mannequin beside the figure that is edited: drawn in a thread when the keys rest."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.timer import Timer

from studio.domain.skeleton import Skeleton
from studio.ui.later import Later
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource

REST = 0.2
"""Seconds without a key after which the mannequin is drawn."""

CELL = (9, 18)
"""Pixels drawn for each cell: enough to see limbs and volume, and drawn in a tenth of a second."""
MOST = (420, 640)

Draw = Callable[[Skeleton, tuple[int, int], Path], None]
"""Draws a skeleton in a size into a file; blocks."""


class FigureClay(PictureView):
    """Shows the newest skeleton it was given; while keys are pressed the one before stays."""

    DEFAULT_CSS = "FigureClay { width: 1fr; height: 1fr; }"

    def __init__(self, darkroom: Darkroom, draw: Draw, **options: Any) -> None:
        super().__init__(darkroom, empty="", **options)
        self._draw_clay = draw
        self._skeleton: Skeleton | None = None
        self._rest: Timer | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._number = 0

    def want(self, skeleton: Skeleton) -> None:
        """Show this one soon. Does nothing while it is not on the screen."""
        if skeleton == self._skeleton or not self.display:
            return
        self._skeleton = skeleton
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._begin)

    def on_resize(self, event: events.Resize) -> None:
        """In another size it is drawn again."""
        if self._skeleton is not None:
            self._begin()

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        if self._folder is not None:
            self._folder.cleanup()

    def _begin(self) -> None:
        self.run_worker(Later(self._drawn), group="clay", exclusive=True)

    async def _drawn(self) -> None:
        width, height = self.content_size
        if self._skeleton is None or width < 8 or height < 8:
            return
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="pose-studio-", ignore_cleanup_errors=True)
        self._number += 1
        path = Path(self._folder.name, f"{self._number}.png")
        size = (min(MOST[0], width * CELL[0]), min(MOST[1], height * CELL[1]))
        try:
            await asyncio.to_thread(self._draw_clay, self._skeleton, size, path)
        except OSError:
            self.clear()
            return
        if path.exists():
            self.show(PictureSource(path, str(path)))
