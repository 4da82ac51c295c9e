"""One take in a grid: its small picture and two rows of words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from studio.domain.take import Take
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.thumbnail import Thumbnail
from studio.ui.widgets.looks import looks_of
from studio.ui.widgets.run_line import harmless
from studio.ui.widgets.take_badges import ROWS, Circumstances, badges


class GridCell(Thumbnail):
    """Shows whatever take it is given; empty without one. The pane it lies in answers the mouse."""

    CAPTION_ROWS = ROWS
    DEFAULT_CSS = "GridCell { width: 1fr; height: 1fr; }"

    def __init__(self, darkroom: Darkroom, number: int) -> None:
        super().__init__(darkroom)
        self.number = number
        """Place in the view, row by row from 0."""
        self.take: Take | None = None
        self._about = Circumstances()
        self._cursor = ""

    def use(self, take: Take | None, source: PictureSource | None, about: Circumstances, cursor: str) -> None:
        """Another take, or the same in other circumstances. `cursor` is the look of the words, empty for the usual."""
        changed = (take, about, cursor) != (self.take, self._about, self._cursor)
        self.take, self._about, self._cursor = take, about, cursor
        self.show(source)
        if changed:
            self.recaption()

    def captions(self, width: int) -> Sequence[Strip]:
        """Name and signs."""
        if self.take is None:
            return [Strip.blank(width, self.visual_style.rich_style)] * ROWS
        base, looks = self.visual_style.rich_style, looks_of(self.app.theme_variables)
        over = looks[self._cursor] if self._cursor else None
        base = base + over if over else base
        lines = []
        for runs in badges(self.take, self._about, width, cursor=bool(self._cursor)):
            # On a coloured ground the colours of the signs could not be told apart from it.
            plain = self._cursor == "chosen"
            pieces = [
                Segment(harmless(run.text), base + looks[run.look] if run.look and not plain else base) for run in runs
            ]
            lines.append(Strip(pieces).adjust_cell_length(width, base))
        return lines
