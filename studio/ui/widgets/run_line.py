"""Rows made of runs of text: each run has a look and perhaps something that happens on a click."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from studio.domain.text import plain
from studio.ui.widgets.looks import looks_of

_JOINTS = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
"""Zero-width joiner, variation selectors, keycap and skin tones (Unicode TR 51)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a row. `look` is a name that `looks` knows, or empty; `target` names what a click on it does."""

    text: str
    look: str = ""
    target: str = ""
    colour: str = ""
    """A colour of its own as `#RRGGBB`, for swatches."""


def width_of(runs: Iterable[Run]) -> int:
    """Cells the runs take."""
    return sum(cell_len(harmless(run.text)) for run in runs)


def clipped(text: str, width: int) -> str:
    """The text in at most `width` cells, the cut marked with an ellipsis."""
    if width <= 0:
        return ""
    text = harmless(text)
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def justified(left: Sequence[Run], right: Sequence[Run], width: int) -> list[Run]:
    """Left runs, room, right runs: exactly `width` cells when they fit; else the left gives way first."""
    room = width - width_of(right)
    kept: list[Run] = []
    for run in left:
        free = room - 1 - width_of(kept)
        if width_of([run]) <= free:
            kept.append(run)
            continue
        if free > 1:
            kept.append(Run(clipped(run.text, free), run.look, run.target, run.colour))
        break
    return [*kept, Run(" " * max(0, room - width_of(kept))), *right]


class RunLine(Widget):
    """A widget whose rows are runs. Subclasses give `rows(width)` and may answer `clicked(target)`."""

    DEFAULT_CSS = """
    RunLine { height: 1; width: 1fr; }
    """

    _painting: Sequence[Sequence[Run]] = ()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """The rows as they are now, for a content width in cells."""
        return ()

    def clicked(self, target: str, event: events.Click) -> None:
        """A run with a target was clicked."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Make the rows once for a whole repaint."""
        self._painting = self.rows(self.content_size.width)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row, cut or filled to the width."""
        width, rows = self.content_size.width, self._painting
        return self.painted(rows[y] if y < len(rows) else (), width)

    def painted(self, runs: Iterable[Run], width: int, over: Style | None = None) -> Strip:
        """Runs as a strip of exactly `width` cells. `over` is laid over every run, for cursors."""
        base = self.rich_style
        segments = [Segment(harmless(run.text), self._style(run, base, over)) for run in runs if run.text]
        return Strip(segments).adjust_cell_length(width, base + over if over else base)

    def on_click(self, event: events.Click) -> None:
        """Find the run under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        rows = self.rows(self.content_size.width)
        target = target_at(rows[offset.y], offset.x) if offset.y < len(rows) else ""
        if target:
            event.stop()
            self.clicked(target, event)

    def _style(self, run: Run, base: Style, over: Style | None) -> Style:
        style = base
        if run.look:
            style += self.look(run.look)
        if run.colour:
            style += Style(color=run.colour)
        return style + over if over else style

    def look(self, name: str) -> Style:
        """The style of a look in the theme of the moment."""
        return looks_of(self.app.theme_variables)[name]


def harmless(text: str) -> str:
    """The text as it may reach a terminal. Names and sentences come from files that anybody may have written.

    Signs that join characters into one picture are left out: terminals do not agree how wide the picture is, and a
    frame would break.
    """
    if text.isascii() and text.isprintable():
        return text
    return _JOINTS.sub("", text if text.isprintable() else plain(text))


def escaped(text: str) -> str:
    """Text for a frame, which reads markup: brackets are shown as they are."""
    return harmless(plain(text)).replace("[", r"\[")


def target_at(runs: Iterable[Run], x: int) -> str:
    """The target of the run at a cell of its row, or an empty text."""
    start = 0
    for run in runs:
        start += width_of([run])
        if x < start:
            return run.target
    return ""
