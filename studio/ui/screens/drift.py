"""The drift of takes from the character's anchor picture, nearest first. It sorts and says; it never decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from studio.domain.drift import Drift
from studio.domain.take import Take
from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.long_table import LongTable
from studio.ui.widgets.run_line import Run, clipped, width_of

Measured = tuple[Take, Drift]

BAR = 12
"""Cells of the bar that shows a score of 100."""

NAME = 24
"""Cells of a take's id."""


@dataclass(frozen=True, slots=True)
class DriftAnswer:
    """What was chosen: a take, and what is to happen with it."""

    take: str
    anchor: bool = False
    """True: it becomes the anchor; else it is shown."""


class DriftScreen(Dialog[DriftAnswer]):
    """Takes and what stands out in each. `rows` gives the measured takes of the shown scope, in any order; more come
    in by `measured`. `anchor` is the sentence that says what they are measured against.
    """

    title_text = "Drift from the anchor"
    hint = "⏎ shows the take · a all poses or this one · A makes the take the anchor · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "choose", "Show it", id="drift.show", priority=True),
        Binding("a", "scope", "All poses or this one", id="drift.scope"),
        Binding("A", "anchor", "Make it the anchor", id="drift.anchor"),
        Binding("I", "leave", "Close", show=False, id="drift.leave"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    DriftScreen {
        & > .dialog-panel { width: 112; height: 90%; padding: 0 1; }
        LongTable { height: 1fr; min-height: 3; margin-top: 1; }
        #drift-remark { height: 4; color: $text-muted; }
        .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, anchor: str, pose: str, rows: Callable[[bool], Sequence[Measured]]) -> None:
        super().__init__()
        self._anchor = anchor
        self._pose = pose
        self._rows = rows
        self._whole = True
        self._shown: list[Measured] = []
        self._left = 0

    def body(self) -> Iterable[Widget]:
        """The anchor, the table, and everything about the row under the cursor."""
        yield words(self._anchor, muted=True, name="drift-anchor")
        yield LongTable(id="drift-table")
        yield Static("", id="drift-remark", markup=False)

    def on_mount(self) -> None:
        """What is measured already."""
        self.measured(0)
        self.query_one(LongTable).focus()

    def measured(self, left: int) -> None:
        """More takes were measured; `left` are still to come. The cursor stays on its take."""
        self._left = left
        if not self.is_mounted:
            return
        table = self.query_one(LongTable)
        under = self._shown[table.cursor][0].id if table.cursor < len(self._shown) else ""
        self._shown = sorted(self._rows(self._whole), key=lambda row: (row[1].score, row[0].id))
        empty = "Measuring …" if left else "No take is there to measure."
        table.use(self._heading, self._row, len(self._shown), empty)
        table.action_move(next((at for at, (take, _) in enumerate(self._shown) if take.id == under), 0))

    def action_scope(self) -> None:
        """The takes of this pose, or of all."""
        self._whole = not self._whole
        self.measured(self._left)

    def action_choose(self) -> None:
        """Show the take under the cursor."""
        self._answer(anchor=False)

    def action_anchor(self) -> None:
        """The take under the cursor is what the character looks like."""
        self._answer(anchor=True)

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Say everything about the row."""
        lines = []
        if event.number < len(self._shown):
            drift = self._shown[event.number][1]
            lines = [" · ".join(drift.remarks) or drift.words(), *(f"not judged: {why}" for why in drift.unmeasured)]
        self.query_one("#drift-remark", Static).update("\n".join(lines))

    def _answer(self, *, anchor: bool) -> None:
        cursor = self.query_one(LongTable).cursor
        if cursor < len(self._shown):
            self.dismiss(DriftAnswer(self._shown[cursor][0].id, anchor))

    def _heading(self, width: int) -> Sequence[Run]:
        scope = "all poses" if self._whole else self._pose
        more = f" · measuring, {self._left} left" if self._left else ""
        return [Run(clipped(f"{'take':<{NAME}} {'drift':<{BAR + 5}}what stands out · {scope}{more}", width), "muted")]

    def _row(self, number: int, width: int) -> Sequence[Run]:
        take, drift = self._shown[number]
        filled = round(min(1.0, drift.score / 100) * BAR)
        return [
            _cell(take.id, NAME),
            Run(f" {drift.score:3.0f} ", "muted"),
            Run("▪" * filled + " " * (BAR + 1 - filled), "accent"),
            Run(clipped(drift.words(), max(0, width - NAME - BAR - 6)), "warn" if drift.remarks else "muted"),
        ]


def _cell(text: str, width: int) -> Run:
    """Text in exactly so many cells."""
    cut = clipped(text, width)
    return Run(cut + " " * (width - width_of([Run(cut)])), "strong")
