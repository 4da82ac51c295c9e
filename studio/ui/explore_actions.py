"""Exploring before buying: the same plan on other models, the exact request, a sweep with its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.model import Model
from studio.engine.bus import Subscription
from studio.engine.events import Planned
from studio.workflows.duplicates import without
from studio.workflows.references import LoadedReference
from studio.workflows.sweep import Sweep
from studio.workflows.sweep_run import SweepWatch, draw_sheet, sweep_of

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench


class LastSweep:
    """The sweep of this sitting that was begun last, and where its sheet lies."""

    def __init__(self, watch: SweepWatch) -> None:
        self.watch = watch
        self.path: Path | None = None
        """None as long as it is not drawn."""


class ExploreActions:
    """Loaded when first wanted."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._session = bench.session
        self._view = bench.view
        self._host = bench.host
        self._generate = bench.generate

    async def do(self, verb: str) -> None:
        """`compare` prices, show the exact `request`, `sweep`, or show the `sheet` of the last one. Raises UsageError
        when there is nothing to plan.
        """
        match verb:
            case "compare":
                self._compare()
            case "request":
                self._request()
            case "sweep":
                self._sweep()
            case "sheet":
                self._last()

    def _compare(self) -> None:
        from studio.ui.coach_words import mend
        from studio.ui.screens.compare_models import CompareModelsScreen
        from studio.workflows.side_by_side import about_all, the_others

        session = self._session
        rows = the_others(session.studio, session.offered_poses(), session.recipe, session.sent_references())
        about = about_all(rows)

        def chosen(model_id: str) -> None:
            session.choose_model(model_id)
            self._view.recipe_changed()

        def mended() -> None:
            if about is not None:
                mend(session, about)
                self._view.recipe_changed()

        self._host.ask(CompareModelsScreen(rows, session.recipe.model, about=about, mend=mended), chosen)

    def _request(self) -> None:
        from studio.ui.screens.request import RequestScreen

        session = self._session
        plan = session.studio.plan(session.offered_poses()[:1], session.recipe, session.sent_references())
        self._host.ask(RequestScreen(plan.jobs[0], self._host.copy), lambda _: None)

    def _sweep(self) -> None:
        from studio.ui.screens.sweep import SweepScreen

        session = self._session

        def make(x: str, y: str) -> Sweep:
            return sweep_of(session.studio, x, y, session.recipe, session.offered_poses(), self._references)

        last = self._last if session.last_sweep is not None else None
        self._host.ask(SweepScreen(make, last=last), lambda sweep: self._host.start(self.run(sweep)))

    def _references(self, model: Model) -> Sequence[LoadedReference]:
        takes = model.role("image") is not None or model.role("images") is not None
        return self._session.references if takes else ()

    def _last(self) -> None:
        last = self._session.last_sweep
        if last is None:
            self._host.say("No sweep was made since the studio was opened; the sheets lie in the project's sheets/.")
            return
        from studio.ui.look_deeds import LookDeeds
        from studio.ui.screens.sheet import SheetScreen

        screen = SheetScreen(LookDeeds(self._bench), last.watch, lambda: last.path)
        self._host.ask(screen, lambda _: self._view.shown_changed())

    async def run(self, sweep: Sweep) -> None:
        """Send a sweep that was agreed to, show its cells as they come, and draw its sheet."""
        studio, watch = self._session.studio, SweepWatch(sweep)
        had = await studio.duplicates(sweep.plan)
        for job, stored in had:
            if (take := studio.takes.get(stored.take)) is not None:
                watch.had(job.id, take)
        missing = without(sweep.plan, {job.id for job, _ in had})
        if had:
            are = "is there already and is" if len(had) == 1 else "are there already and are"
            self._host.say(f"{len(had)} of {len(sweep.plan.jobs)} {are} not bought again.")
        events = studio.engine.subscribe()
        last = LastSweep(watch)
        try:
            if missing.jobs:
                self._generate.send(missing, "", declined=events.close)
            await self._until_complete(last, events)
        finally:
            events.close()
        if watch.complete and watch.pictures:
            last.path = await draw_sheet(studio, watch)
            self._host.say(f"The sheet of {len(sweep.plan.jobs)}: {last.path.relative_to(studio.project.folder)}")

    async def _until_complete(self, last: LastSweep, events: Subscription) -> None:
        """Show the cells as soon as the sweep is agreed to, and hear of them until the last one has ended."""
        watch = last.watch
        if watch.complete:
            self._show(last)
        mine = {job.id for job in watch.sweep.plan.jobs}
        while not watch.complete and (batch := await events.batch()):
            for event in batch:
                if isinstance(event, Planned) and mine & {job.id for job in event.jobs}:
                    self._show(last)
                watch.hear(event)

    def _show(self, last: LastSweep) -> None:
        self._session.last_sweep = last
        self._last()
