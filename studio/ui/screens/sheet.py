"""A sweep on the whole terminal: its cells as they come in, each to be decided about, and its sheet as one picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from studio.domain.job import JobState
from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.look_deeds import LookDeeds
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.screens.look_screen import DECIDE, LOOK_AGAIN, MORE, STARS, LookScreen
from studio.ui.widgets.facts_line import FactsLine
from studio.ui.widgets.run_line import Run
from studio.ui.widgets.sheet_grid import Content, SheetGrid
from studio.ui.widgets.take_badges import Circumstances, price_words
from studio.workflows.sweep_run import SweepWatch
from studio.workflows.sweep_sheet import sheet_facts

SIDE_BY_SIDE = 4
"""Cells of a row that are compared at once."""
KEYS = (
    Run("p pick", "muted", "p"),
    Run("x reject", "muted", "x"),
    Run("⏎ loupe", "muted", "enter"),
    Run("c compare the row", "muted", "c"),
    Run("w the sheet", "muted", "w"),
)


class SheetScreen(LookScreen):
    """Follows the cells of `watch`. `path` gives the sheet's file, None as long as it is not drawn."""

    help_title = "Sweep"
    help_text = (
        "The grid of a sweep: names of the columns above, of the rows at the left. Arrows go from cell to cell, p and "
        "x decide and go on, digits are stars, enter is the loupe, c compares the cells of the row, w shows the "
        "sheet as the one picture that lies in the project's sheets/. Cells fill as they come; leaving stops nothing, "
        "and F8 ctrl+o comes back here."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="sheet.leave"),
        Binding("enter,space", "loupe", "Loupe", key_display="⏎", id="sheet.loupe"),
        Binding("c", "compare", "Compare the row", id="sheet.compare"),
        Binding("w", "whole", "The whole sheet", id="sheet.whole"),
        *DECIDE,
        *STARS,
        *MORE,
    ]
    AUTO_FOCUS = "SheetGrid"
    DEFAULT_CSS = """
    SheetScreen {
        background: $background;
        & > PictureView { width: 100%; height: 1fr; display: none; }
        &.-whole > PictureView { display: block; }
        &.-whole > SheetGrid { display: none; }
        & > #sheet-head { dock: top; }
        & > #sheet-line { dock: bottom; }
    }
    """

    def __init__(self, deeds: LookDeeds, watch: SweepWatch, path: Callable[[], Path | None]) -> None:
        super().__init__(deeds)
        self._watch = watch
        self._path = path
        self._seen: object = None
        sweep = watch.sweep
        self._jobs = [list(row) for row in sweep.rows]
        columns, rows = ([plain(name) for name in names] for names in (sweep.columns_named, sweep.rows_named))
        self._table = SheetGrid(deeds.view.darkroom, columns, rows, self._content, _shape(watch))

    def compose(self) -> ComposeResult:
        """What all cells have in common, the cells or the sheet, the cell under the cursor."""
        yield FactsLine(id="sheet-head")
        yield self._table
        yield PictureView(self.deeds.view.darkroom, empty="The sheet is drawn when every cell has ended.")
        yield FactsLine(id="sheet-line")

    def on_mount(self) -> None:
        """Look now, and again while cells come in."""
        self._follow()
        self.set_interval(LOOK_AGAIN, self._follow)

    def about(self) -> Take | None:
        """The take under the cursor."""
        return self._take(*self._table.cursor)

    def action_verb(self, verb: str) -> None:
        """Decide, and go on to the next cell where the key says so."""
        take = self.about()
        if take is None:
            self.deeds.host.say("There is no picture in this cell.")
            return
        goes_on = verb in ("pick", "reject") and not (verb == "pick" and take.flagged)
        super().action_verb(f"{verb}-stay" if goes_on else verb)
        if goes_on:
            self._table.step(1)

    def action_loupe(self) -> None:
        """The take under the cursor on the whole terminal."""
        if (take := self.about()) is not None:
            self.deeds.show(take)
            self.deeds.open("loupe")

    def action_compare(self) -> None:
        """The cells of the row side by side, those nearest to the cursor."""
        across, row = self._table.cursor
        start = max(0, min(across - 1, len(self._jobs[row]) - SIDE_BY_SIDE))
        takes = [take for at in range(start, len(self._jobs[row])) if (take := self._take(at, row)) is not None]
        if len(takes) < 2:
            self.deeds.host.say("This row has nothing to compare yet.")
            return
        from studio.ui.screens.compare_takes import CompareTakesScreen

        if (take := self.about()) is not None:
            self.deeds.show(take)
        self.deeds.host.ask(CompareTakesScreen(self.deeds, takes[:SIDE_BY_SIDE]), lambda _: None)

    def action_whole(self) -> None:
        """The sheet as one picture, and back."""
        self.toggle_class("-whole")
        path = self._path()
        if path is not None and self.has_class("-whole"):
            self.query_one(PictureView).show(PictureSource(path, str(path)))
        self._tell()

    def action_leave(self) -> None:
        """From the picture to the cells, from there to the panes."""
        if self.has_class("-whole"):
            self.action_whole()
        else:
            self.dismiss(None)

    def on_sheet_grid_moved(self) -> None:
        """Say what the cell is."""
        self._tell()

    def on_sheet_grid_opened(self) -> None:
        """A second click is the loupe."""
        self.action_loupe()

    def _follow(self) -> None:
        live = {job.id: job.state for job in self.deeds.session.live.live}
        marks = self.deeds.session.marks
        now = [
            (job.id in self._watch.outcomes, self._take(x, y), live.get(job.id), marks.has(job.id))
            for y, row in enumerate(self._jobs)
            for x, job in enumerate(row)
        ]
        seen = now, self._path()
        if seen != self._seen:
            self._seen = seen
            self._table.renew()
            self._tell()

    def _take(self, column: int, row: int) -> Take | None:
        outcome = self._watch.outcomes.get(self._jobs[row][column].id)
        return self.deeds.current(outcome.take.id) if outcome is not None and outcome.take is not None else None

    def _content(self, column: int, row: int) -> Content:
        job, deeds = self._jobs[row][column], self.deeds
        outcome, take = self._watch.outcomes.get(job.id), self._take(column, row)
        if take is not None:
            about = Circumstances(marked=deeds.session.marks.has(take.id))
            return Content(take, None if take.flagged else deeds.source(take), about=about)
        if outcome is not None and outcome.take is None:
            return Content(words=outcome.trouble, bad=True)
        if outcome is not None:
            return Content(words="in the trash", bad=True)
        state = next((live.state for live in deeds.session.live.live if live.id == job.id), JobState.WRITTEN)
        return Content(words=f"{'waiting' if state is JobState.WRITTEN else state.value} …")

    def _tell(self) -> None:
        watch, sweep = self._watch, self._watch.sweep
        mark = [Run(" · ", "muted"), Run("SANDBOX", "warn")] if sweep.rows[0][0].sandbox else []
        title = Run(plain(f"{sweep.rows[0][0].provenance.character}: {sweep.title}"), "strong")
        came = Run("" if watch.complete else f"{len(watch.outcomes)} of {len(sweep.plan.jobs)} are there", "accent")
        *facts, cost = (Run(plain(fact)) for fact in sheet_facts(sweep, watch.outcomes))
        self.query_one("#sheet-head", FactsLine).use([title, came, *facts], [cost, *mark])
        self.query_one("#sheet-line", FactsLine).use(self._line(), [Run("?", "key", "question_mark"), Run(" help")])

    def _line(self) -> list[Run]:
        path = self._path()
        if self.has_class("-whole"):
            return [
                Run(plain(f"{path.parent.name}/{path.name}") if path else "", "accent"),
                Run("w or esc: back to the cells", "muted"),
            ]
        column, row = self._table.cursor
        job, take = self._jobs[row][column], self._take(column, row)
        outcome = self._watch.outcomes.get(job.id)
        facts = [Run(plain(job.provenance.cell), "accent")]
        if take is not None:
            facts += [Run(take.id), Run(price_words(take), "muted")]
        elif outcome is not None:
            facts.append(Run(plain(outcome.trouble), "bad"))
        return [*facts, *KEYS]


def _shape(watch: SweepWatch) -> float:
    """Height over width of the first picture that is known, else that of a portrait."""
    for outcome in watch.outcomes.values():
        if outcome.take is not None and outcome.take.width:
            return max(0.5, min(outcome.take.height / outcome.take.width, 1.6))
    size = watch.sweep.pixels
    return max(0.5, min(size[1] / size[0], 1.6)) if size else 4 / 3
