"""Exploring before buying: the same plan on other models, the exact request, a sweep with its sheet."""

from __future__ import annotations

from collections.abc import Sequence

from studio.domain.model import Model
from studio.engine.bus import Subscription
from studio.ui.generate_actions import GenerateActions
from studio.ui.host import Host
from studio.ui.session import Session
from studio.ui.view import View
from studio.workflows.duplicates import without
from studio.workflows.references import LoadedReference
from studio.workflows.sweep import Sweep
from studio.workflows.sweep_run import SweepWatch, draw_sheet, sweep_of


class ExploreActions:
    """Loaded when first wanted."""

    def __init__(self, session: Session, view: View, host: Host, generate: GenerateActions) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._generate = generate

    async def do(self, verb: str) -> None:
        """`compare` prices, show the exact `request`, or `sweep`. Raises UsageError when there is nothing to plan."""
        match verb:
            case "compare":
                self._compare()
            case "request":
                self._request()
            case "sweep":
                self._sweep()

    def _compare(self) -> None:
        from studio.ui.screens.compare_models import CompareModelsScreen
        from studio.workflows.side_by_side import the_others

        session = self._session
        rows = the_others(session.studio, session.offered_poses(), session.recipe, session.sent_references())

        def chosen(model_id: str) -> None:
            session.choose_model(model_id)
            self._view.recipe_changed()

        self._host.ask(CompareModelsScreen(rows, session.recipe.model), chosen)

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

        self._host.ask(SweepScreen(make), lambda sweep: self._host.start(self._run(sweep)))

    def _references(self, model: Model) -> Sequence[LoadedReference]:
        takes = model.role("image") is not None or model.role("images") is not None
        return self._session.references if takes else ()

    async def _run(self, sweep: Sweep) -> None:
        studio, watch = self._session.studio, SweepWatch(sweep)
        had = await studio.duplicates(sweep.plan)
        for job, stored in had:
            if (take := studio.takes.get(stored.take)) is not None:
                watch.had(job.id, take)
        missing = without(sweep.plan, {job.id for job, _ in had})
        events = studio.engine.subscribe()
        try:
            if missing.jobs:
                self._generate.send(missing, "", declined=events.close)
            await _until_complete(watch, events)
        finally:
            events.close()
        if watch.complete:
            from studio.ui.screens.sheet import SheetScreen

            path = await draw_sheet(studio, watch)
            shown = path.relative_to(studio.project.folder)
            self._host.ask(SheetScreen(self._view.darkroom, path, str(shown)), lambda _: None)


async def _until_complete(watch: SweepWatch, events: Subscription) -> None:
    while not watch.complete and (batch := await events.batch()):
        for event in batch:
            watch.hear(event)
