"""The strip of takes: one small box per take of the current pose, painted as a single row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from studio.domain.take import Take, Verdict
from studio.ui.widgets.run_line import Run, RunLine, justified, width_of

ROOMY = 48
"""Cells from which the shortest remark is seen however many takes there are."""

MARKS = {Verdict.PICKED: ("✓", "good"), Verdict.REJECTED: ("✗", "bad"), Verdict.UNDECIDED: ("", "")}


class TakeStrip(RunLine, can_focus=True):
    """`[1 ✗] [2] [3 ●] [4] [5 ✓]`: as many as fit around the shown one. A click shows a take."""

    DEFAULT_CSS = """
    TakeStrip { height: 1; padding: 0 1; }
    TakeStrip:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Previous", show=False, id="strip.previous"),
        Binding("right,l", "step(1)", "Next", show=False, id="strip.next"),
        Binding("home,g", "end(False)", "First", show=False, id="strip.first"),
        Binding("end,G", "end(True)", "Last", show=False, id="strip.last"),
    ]

    class Chosen(Message):
        """A take is to be shown."""

        def __init__(self, take_id: str) -> None:
            super().__init__()
            self.take_id = take_id

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._takes: Sequence[Take] = ()
        self._shown = ""
        self._coming = 0
        self._marked: Collection[str] = ()
        self._remarks: tuple[str, ...] = ()

    def use(self, takes: Sequence[Take], shown: str, coming: int = 0, marked: Collection[str] = ()) -> None:
        """Other takes, another shown one, another number of takes on their way, or other marks (take ids)."""
        if (takes, shown, coming, marked) != (self._takes, self._shown, self._coming, self._marked):
            self._takes, self._shown, self._coming, self._marked = takes, shown, coming, marked
            self.refresh()

    def remark(self, *words: str) -> None:
        """What stands at the right end, such as what one more take costs: the first of these that there is room for."""
        if words != self._remarks:
            self._remarks = words
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """One row, scrolled so that the shown take is in it."""
        if not self._takes:
            return [[Run(self._empty_words(), "muted")]]
        boxes = [self._box(number, take) for number, take in enumerate(self._takes, 1)]
        at = next((index for index, take in enumerate(self._takes) if take.id == self._shown), 0)
        kept = cell_len(self._remarks[-1]) + 2 if self._remarks and width >= ROOMY else 0
        first, last = _window([width_of(box) + 1 for box in boxes], at, width - 6 - kept)
        runs = [Run("‹ " if first else "", "muted", self._takes[first - 1].id if first else "")]
        for box in boxes[first:last]:
            runs += [*box, Run(" ")]
        if last < len(boxes):
            runs.append(Run("›", "muted", self._takes[last].id))
        elif self._coming:
            runs.append(Run(f"+{self._coming} coming", "muted"))
        room = width - width_of(runs) - 2
        fitting = next((words for words in self._remarks if words and cell_len(words) <= room), "")
        return [justified(runs, [Run(fitting, "muted")], width)] if fitting else [runs]

    def clicked(self, target: str, event: events.Click) -> None:
        """Show the take that was clicked."""
        self.post_message(self.Chosen(target))

    def action_step(self, by: int) -> None:
        """The take beside the shown one."""
        ids = [take.id for take in self._takes]
        if self._shown in ids and 0 <= (at := ids.index(self._shown) + by) < len(ids):
            self.post_message(self.Chosen(ids[at]))

    def action_end(self, last: bool) -> None:
        """The first or the last take."""
        if self._takes:
            self.post_message(self.Chosen(self._takes[-1 if last else 0].id))

    def _empty_words(self) -> str:
        if self._coming:
            return f"{self._coming} {'take is' if self._coming == 1 else 'takes are'} on the way"
        return "no takes yet"

    def _box(self, number: int, take: Take) -> list[Run]:
        mark, look = MARKS[take.verdict]
        stars = "★" * take.stars
        shown = take.id == self._shown
        diamond = "◆" if take.id in self._marked else ""
        inner = " ".join(part for part in (str(number), "●" if shown else "", diamond, mark, stars) if part)
        if take.flagged:
            inner += " !"
        return [Run(f"[{inner}]", "chosen" if shown else look or ("warn" if take.flagged else ""), take.id)]


def _window(widths: Sequence[int], at: int, room: int) -> tuple[int, int]:
    """The run of boxes around `at` that fits into `room` cells, as first and one past the last."""
    first, last, used = at, at + 1, widths[at]
    while True:
        grown = False
        if last < len(widths) and used + widths[last] <= room:
            used, last, grown = used + widths[last], last + 1, True
        if first > 0 and used + widths[first - 1] <= room:
            used, first, grown = used + widths[first - 1], first - 1, True
        if not grown:
            return first, last
