"""The same plan on the others: every model that can draw it, the cheapest first, to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from studio.domain import money
from studio.domain.text import plain
from studio.ui.screens.choose import Choice, ChooseScreen
from studio.ui.screens.dialog import words
from studio.ui.state.model_rows import KEEPS
from studio.ui.widgets.coach_notes import CoachNotes
from studio.ui.widgets.run_line import clipped
from studio.workflows.coach.advice import Advice, Severity
from studio.workflows.side_by_side import Compared

MARKS = {Severity.HINT: "hint", Severity.WARNING: "mind", Severity.WASTE: "waste"}
LOW = 30
"""Rows of a terminal under which words give way to models."""
TITLE = 32
"""Cells of a model's name: with the figures beside it a row fits into 80 columns."""


class CompareModelsScreen(ChooseScreen):
    """Gives the id of the chosen model. Rows keep the order they were given in; one that cannot draw is not chosen."""

    DEFAULT_CSS: ClassVar[str] = """
    CompareModelsScreen {
        & > .dialog-panel { padding: 0 2; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; }
        #compare-head { color: $text-muted; text-style: bold; margin-top: 1; }
        OptionList { margin-top: 0; border: none; padding: 0; }
        #choose-remark { height: 6; min-height: 6; max-height: 6; }
        &.-low #choose-remark { height: 4; min-height: 4; margin-top: 0; }
        &.-low > .dialog-panel { height: 100%; }
        &.-low .dialog-hint { margin-top: 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "mend", "Do what the coach offers", priority=True, id="compare.mend")
    ]

    def __init__(
        self,
        rows: Sequence[Compared],
        current: str,
        heading: str = "",
        about: Advice | None = None,
        mend: Callable[[], None] = lambda: None,
    ) -> None:
        """`about` is advice on the whole comparison; `mend` makes the change it offers."""
        pictures = rows[0].pictures if rows else 0
        noun = "1 picture" if pictures == 1 else f"{pictures} pictures"
        self._about, self._mend = about, mend
        choices = [Choice(row.model.id, _label(row, current), _remark(row), disabled=bool(row.trouble)) for row in rows]
        super().__init__(heading or f"{noun} by every model that can draw them", choices, current)

    def on_mount(self) -> None:
        """The chosen model is in sight, however far down it stands."""
        self.query_one(CoachNotes).use([self._about] if self._about else [])
        self.set_class(self.app.size.height < LOW, "-low")
        self.call_after_refresh(self.query_one(OptionList).scroll_to_highlight)

    def body(self) -> Iterable[Widget]:
        """Filter, the names of the columns, rows, remark."""
        for widget in super().body():
            if isinstance(widget, OptionList):
                yield words(_columns("  model", "each", "total", "speed", "coach"), name="compare-head")
            yield widget
        yield CoachNotes(most=2)

    def on_coach_notes_pressed(self, event: CoachNotes.Pressed) -> None:
        """A click is F3."""
        event.stop()
        self.action_mend()

    def action_mend(self) -> None:
        """Make the change, and say no more about it."""
        if self._about is not None:
            self._about = None
            self._mend()
            self.query_one(CoachNotes).use([])


def _label(row: Compared, current: str) -> str:
    model = row.model
    mark = "●" if model.id == current else " "
    if row.trouble:
        return _columns(f"{mark} {plain(model.title)}", "", "", "", "cannot")
    speed = f"{model.speed_s:g} s" if model.speed_s is not None else "?"
    each, total = money.shown(row.each), money.shown(row.total)
    coach = MARKS.get(row.severity, "") if row.severity is not None else ""
    return _columns(f"{mark} {plain(model.title)}", each, total, speed, coach)


def _columns(title: str, each: str, total: str, speed: str, coach: str) -> str:
    return f"{clipped(title, TITLE):<{TITLE}} {each:>8} {total:>9} {speed:>6}  {coach:<6}"


def _remark(row: Compared) -> str:
    model = row.model
    said = [row.trouble] if row.trouble else []
    for entry in row.own:
        kind = MARKS.get(entry.severity, "")
        said.append(f"{kind.capitalize() + ': ' if kind else ''}{entry.sentence} ({entry.source})")
    said += [*row.notes, model.best_for]
    if row.each is None and not row.trouble:
        said.append("The price is unknown.")
    held = KEEPS.get(model.consistency, "")
    dated = f"{f'held by {held} · ' if held else ''}price as of {model.price.as_of or '?'} ({model.price.confidence})"
    return plain("\n".join([*(line for line in said if line), f"{model.id} · {dated}"]), lines=True)
