"""From a draft to its final: by its own model or by another one, and then both side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import UsageError
from studio.domain.take import Take
from studio.engine.bus import Subscription
from studio.engine.events import Ended, Stored
from studio.workflows.again import final_plan
from studio.workflows.final_offers import final_offers

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench


class FinalActions:
    """Loaded when first wanted."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._session = bench.session
        self._host = bench.host

    async def do(self, verb: str) -> None:
        """`make` the final of the shown take, or choose an`other` model for it. Raises UsageError when nobody knows
        what the take was made from.
        """
        take = self._session.selection.take
        if take is None:
            self._host.say("No take is shown yet: ctrl+g makes some.")
        elif verb == "other":
            await self._choose(take, "")
        else:
            await self._own(take)

    async def _own(self, take: Take) -> None:
        try:
            await final_plan(self._session.studio, take)
        except UsageError as error:
            # There are no more steps to be had, but perhaps another model.
            await self._choose(take, error.happened)
            return
        await self._make(take, "")

    async def _choose(self, take: Take, why: str) -> None:
        from studio.ui.screens.compare_models import CompareModelsScreen
        from studio.workflows.coach.advice import Advice, Severity

        rows = await final_offers(self._session.studio, take)
        said = f"{why} Another model can make one."
        about = Advice("final-other", Severity.HINT, "studio", said, None, "") if why else None
        heading = f"The final of {take.id}: its words and seed, by"
        self._host.ask(
            CompareModelsScreen(rows, take.endpoint, heading, about),
            lambda model_id: self._host.start(self._make(take, model_id)),
        )

    async def _make(self, take: Take, model_id: str) -> None:
        studio, generate = self._session.studio, self._bench.generate
        model = studio.catalogue.model(model_id or take.endpoint)
        if model is not None and model.unread:
            await studio.learn(model.id)
        plan = await final_plan(studio, take, model_id if model_id != take.endpoint else "")
        twins = await studio.duplicates(plan)
        before = self._bench.view.preview.app.screen
        if twins:
            final = studio.takes.get(twins[0][1].take)
            self._host.say(f"There already, not bought again: {twins[0][1].take}.")
        else:
            events = studio.engine.subscribe()
            generate.send(plan, take.pose, declined=events.close)
            final = await _made(events, plan.jobs[0].id)
        if final is None:
            return
        studio.stored(final)
        shown = self._session.selection.take
        if self._bench.view.preview.app.screen is before and shown is not None and shown.id == take.id:
            self._compare(take, final)
        elif not twins:
            self._host.say(f"{final.id}, the final of {take.id}, is there: c compares them.")

    def _compare(self, draft: Take, final: Take) -> None:
        from studio.ui.look_deeds import LookDeeds
        from studio.ui.screens.compare_takes import CompareTakesScreen

        deeds = LookDeeds(self._bench)
        self._host.ask(CompareTakesScreen(deeds, [draft, final]), lambda _: self._bench.view.shown_changed())


async def _made(events: Subscription, job_id: str) -> Take | None:
    """The take of a job when it is stored; None when it ended otherwise, or nobody listens any more."""
    try:
        while batch := await events.batch():
            for event in batch:
                match event:
                    case Stored(job, take) if job.id == job_id:
                        return take
                    case Ended(job) if job.id == job_id and job.state != "stored":
                        return None
                    case _:
                        pass
    finally:
        events.close()
    return None
