"""The open studio: one project, its engine, its takes. What every front end holds and nothing below knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from studio.config.catalogue import Catalogue
from studio.config.presets import Presets
from studio.config.project import Project
from studio.domain.errors import UsageError
from studio.domain.job import Job
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.recipe import Recipe
from studio.domain.take import Take, Verdict
from studio.engine.budget import Budget, Gate, gate
from studio.engine.engine import Engine
from studio.engine.rescue import Found
from studio.workflows.choices import find_model, find_pose
from studio.workflows.duplicates import duplicates
from studio.workflows.lora_files import stand_in
from studio.workflows.plan import Plan, PlanContext, make_plan, new_job_id
from studio.workflows.references import LoadedReference
from studio.workflows.takes import TakeTable
from studio.workflows.uploads import UploadBook, Uploads


@dataclass(frozen=True, slots=True)
class Spending:
    """USD since a moment: what was paid for real, and what the sandbox's pictures would have cost."""

    paid: Decimal
    would_cost: Decimal


class Studio:
    """One project, opened. Methods that touch the disk or the network are coroutines and never block."""

    def __init__(
        self,
        project: Project,
        catalogue: Catalogue,
        presets: Presets,
        engine: Engine,
        book: UploadBook,
        server: str,
    ) -> None:
        self.project = project
        self.catalogue = catalogue
        self.presets = presets
        self.engine = engine
        self.session = new_job_id()
        self.takes = TakeTable(engine.desk.shelf)
        self.uploads = Uploads(
            engine.provider, book, engine.desk, server, lambda: self.project.settings.upload_lifetime
        )
        """Public addresses for files; `server` is whose file host it is."""
        self._opened = engine.desk.clock.now()
        self.key_source = ""
        """Where the key was found, never the key; empty when there is none."""
        self.notices: tuple[str, ...] = ()
        """Sentences to say once when the studio opens."""
        self._last_seed: int | None = None

    @property
    def sandbox(self) -> bool:
        """True when nothing is charged."""
        return self.engine.provider.sandbox

    async def load(self) -> None:
        """Read every take in a thread; until then the takes of a pose are read when they are asked for."""
        self.takes.fill(await self.engine.desk.hands(self.engine.desk.shelf.takes))
        self._last_seed = await self.engine.desk.pen(self.engine.desk.journal.last_seed)

    def model(self, model_id: str) -> Model:
        """A model of the catalogue. Raises UsageError with the nearest name when there is none of that id."""
        return find_model(self.catalogue, model_id)

    def pose(self, name: str) -> Pose:
        """A pose of the project, case and spaces forgiven. Raises UsageError when there is none of that name."""
        return find_pose(self.project.poses, name)

    def ticked(self) -> list[Pose]:
        """The poses that are ticked, in the list's order."""
        return [pose for pose in self.project.poses if pose.ticked]

    def plan(
        self,
        poses: Sequence[Pose],
        recipe: Recipe,
        references: Sequence[LoadedReference] = (),
        notes: Sequence[str] = (),
    ) -> Plan:
        """What would be sent, priced. Pure and quick: an interface may call it on every edit."""
        model = self.model(recipe.model)
        return make_plan(self.project.character, poses, model, recipe, self.context(), references, notes)

    def context(self) -> PlanContext:
        """What a plan of this sitting needs besides the artist's choices."""
        return PlanContext(
            session=self.session,
            sandbox=self.sandbox,
            styles=self.presets.styles,
            last_seed=lambda: self._last_seed,
            weights=partial(stand_in, self.project.folder),
        )

    async def generate(self, plan: Plan) -> None:
        """Upload what the plan refers to, write its Jobs down and send them. Raises ProjectError where their pictures
        could not be kept and SpendRefused before anything is uploaded or written, UsageError when the settings of a
        model had to be read from fal first, so that the plan was made without them, and ProviderError when an upload
        failed; then nothing was written either.

        Plans are weighed while nobody else writes into the journal, so that two at once, in two windows, cannot slip
        under the budget together.
        """
        for endpoint in dict.fromkeys(job.request.endpoint for job in plan.jobs):
            model = self.catalogue.model(endpoint)
            if model is not None and model.unread:
                await self.learn(endpoint)
                raise UsageError(
                    f"The settings of {model.title} were read from fal just now.", "Look at them, and go on."
                )
        await self.engine.desk.hands(self.engine.desk.shelf.check)
        # Refused before anything is uploaded, and weighed again below: another plan may have left meanwhile.
        if gate := self._gate():
            await self.engine.weigh(plan.jobs, gate)
        plan = await self.uploads.settled(await _with_guides(plan, self.project.folder))
        await self.engine.submit(plan.jobs, self._gate())
        used = [job.request.seed for job in plan.jobs if job.request.seed is not None]
        self._last_seed = used[-1] if used else self._last_seed

    async def learn(self, endpoint: str) -> Model:
        """A model of the catalogue, its settings read from fal when they never were. Raises UsageError when fal lists
        no such endpoint, ProviderError when it cannot be asked.
        """
        from studio.workflows.refresh import learn  # reading schemas is no part of a start

        today = datetime.fromtimestamp(self.engine.desk.clock.now(), UTC).date().isoformat()
        return await learn(self.engine.provider, self.catalogue, endpoint, today)

    async def duplicates(self, plan: Plan) -> list[tuple[Job, Job]]:
        """The Jobs of a plan that made a take before which is still there, each with the Job that did."""
        desk, mine = self.engine.desk, {job.id: job for job in plan.jobs}
        found: dict[str, Job] = {}
        for form in await self.uploads.forms(await _with_guides(plan, self.project.folder)):
            for job, stored in await desk.pen(duplicates, form, desk.journal, desk.shelf, self.project.folder):
                found.setdefault(job.id, stored)
        return [(mine[job_id], stored) for job_id, stored in found.items()]

    async def rescue(self) -> Found:
        """Take up what an earlier run left behind. Nothing is sent."""
        return await self.engine.rescue()

    async def resume(self, jobs: Sequence[Job]) -> None:
        """Send Jobs that came back *paused*, for a key press of the artist. Raises SpendRefused when that would leave
        the budget; they stay paused then.
        """
        await self.engine.resume(jobs, self._gate())

    async def decide(self, take_id: str, verdict: Verdict) -> Take:
        """Pick, reject or unflag a take."""
        return self._put(await self.engine.desk.pen(self.engine.desk.shelf.decide, take_id, verdict))

    async def rate(self, take_id: str, stars: int) -> Take:
        """Give a take 0 to 5 stars."""
        return self._put(await self.engine.desk.pen(self.engine.desk.shelf.rate, take_id, stars))

    async def trash(self, take_id: str) -> Take:
        """Move a take to the project's trash; undo brings it back."""
        return self._put(await self.engine.desk.pen(self._trash, take_id))

    async def undo(self) -> Take | None:
        """Take the last decision back; None when there is nothing to undo."""
        take = await self.engine.desk.pen(self.engine.desk.shelf.undo)
        return self._put(take) if take else None

    async def redo(self) -> Take | None:
        """Decide again what was undone; None when there is nothing to redo."""
        take = await self.engine.desk.pen(self.engine.desk.shelf.redo)
        return self._put(take) if take else None

    def stored(self, take: Take) -> None:
        """A take came in: keep it. Front ends call this from the `Stored` event."""
        self.takes.put(take)

    def path(self, take: Take) -> Path:
        """Where a take's file lies."""
        return self.project.folder / take.path

    async def spending(self, since: float) -> Spending:
        """What was spent since a moment (seconds since the epoch): billed where known, else estimated."""
        totals = await self.engine.desk.pen(self.engine.desk.journal.totals, since)
        return Spending(totals.spent, totals.would_cost)

    async def close(self) -> None:
        """Let go of everything. Jobs at fal go on and are collected later."""
        await self.engine.close()

    def _gate(self) -> Gate | None:
        settings, desk = self.project.settings, self.engine.desk
        budget = Budget(session=settings.budget_session, day=settings.budget_day)
        return gate(desk.journal, budget, desk.clock.now(), self.session, self._opened)

    def _trash(self, take_id: str) -> Take:
        return self.engine.desk.shelf.trash(take_id, trashed=True)

    def _put(self, take: Take) -> Take:
        self.takes.put(take)
        return take


async def _with_guides(plan: Plan, folder: Path) -> Plan:
    from studio.workflows.guide_files import with_guides  # a plan without a guide needs none of it

    return await with_guides(plan, folder)
