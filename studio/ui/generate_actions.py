"""Making pictures: the ticked poses, one more of the shown take, the final of a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from studio.domain import money
from studio.domain.errors import StudioError
from studio.domain.job import Job
from studio.domain.recipe import SEED_LIMIT
from studio.domain.request import Json
from studio.domain.take import Take
from studio.ui.host import Host
from studio.ui.session import Session
from studio.ui.view import View
from studio.workflows.again import job_of, once_more
from studio.workflows.duplicates import without
from studio.workflows.plan import Plan
from studio.workflows.under_way import under_way


class GenerateActions:
    """Plans, asks where money is at stake, and hands the plan to the engine."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self.finals: Callable[[str], None] = lambda verb: None
        """Makes the final of the shown take; the workbench sets it."""
        self._warned: object = None
        """The choices that would waste money and were held back once."""
        self._agreed = False
        self._busy = False
        self._asking = False

    def do(self, verb: str) -> None:
        """One of the verbs of the key table."""
        if verb == "draft":
            self._switch_draft()
            return
        take = self._session.selection.take
        if verb == "ticked":
            self._host.start(self._ticked())
        elif take is None:
            self._host.say("No take is shown yet: ctrl+g makes some.")
        elif verb == "final":
            self.finals("make")
        else:
            self._host.start(self._once_more(verb, take))

    def _switch_draft(self) -> None:
        recipe = self._session.recipe
        self._session.edit_recipe(replace(recipe, draft=not recipe.draft))
        self._view.recipe_changed()
        self._host.say("Final from now on." if recipe.draft else "Draft from now on: few steps, to judge composition.")

    async def _ticked(self) -> None:
        session = self._session
        poses = session.offered_poses()
        if self._held_back():
            return
        plan = session.studio.plan(poses, session.recipe, session.sent_references())
        plan = await self._offer_twins(plan)
        if plan.jobs:
            self.send(plan, poses[0].name if len(poses) == 1 else "")

    def _held_back(self) -> bool:
        """Where money would surely be wasted the first key press only says so, and the second one is meant."""
        session = self._session
        waste = next((entry for entry in session.advice() if entry.wasteful), None)
        if waste is None or session.studio.sandbox:
            return False
        choices = waste.rule, session.recipe, session.project.character
        if choices == self._warned:
            return False
        self._warned = choices
        mend = f" F3: {waste.fix_words}." if waste.fix is not None else ""
        self._host.say(
            f"Nothing was sent: {waste.said}{mend} ctrl+g once more makes it all the same.", severity="warning"
        )
        return True

    async def _once_more(self, verb: str, take: Take) -> None:
        studio = self._session.studio
        import secrets

        fresh = verb == "again" and take.seed is not None
        changes: dict[str, Json] = {"seed": secrets.randbelow(SEED_LIMIT)} if fresh else {}
        plan = once_more(take, await job_of(studio, take), studio.model(take.endpoint), studio.context(), changes)
        if verb == "same":
            await self._warn_of_twin(plan)
        self.send(plan, take.pose)

    async def _warn_of_twin(self, plan: Plan) -> None:
        desk = self._session.studio.engine.desk
        twin = await desk.pen(desk.journal.duplicate, plan.jobs[0].request.digest)
        if twin is not None and twin.take:
            self._host.say(f"The same request made {twin.take} already; it is made once more as you asked.")

    def send(self, plan: Plan, pose: str, declined: Callable[[], None] = lambda: None) -> None:
        """In the sandbox nothing is asked; with a key the price is agreed to once in a session. `declined` is called
        when nothing was sent, because the artist or the budget said no.
        """
        if self._session.studio.sandbox or self._agreed:
            self._host.start(self._send(plan, pose, declined))
            return
        if self._asking:
            # A key that repeats: the question is on its way to the screen already.
            declined()
            return
        from studio.ui.screens.confirm_spend import ConfirmSpendScreen

        model = self._session.studio.catalogue.model(plan.jobs[0].request.endpoint)
        title = model.title if model else plan.jobs[0].request.endpoint

        def answered(yes: bool) -> None:
            self._asking = False
            if yes:
                self._agreed = True
                self._host.start(self._send(plan, pose, declined))
            else:
                declined()

        self._asking = True
        self._host.ask(ConfirmSpendScreen(len(plan.jobs), title, plan.estimate, plan.unknown), answered)

    async def _offer_twins(self, plan: Plan) -> Plan:
        """The plan without what is on the disk already; that is said, and the first of it is shown."""
        if going := await under_way(self._session.studio, plan):
            plan = without(plan, {job.id for job in going})
            self._host.say(f"{going_words(going)} on the way already, not bought again.")
        twins = await self._session.studio.duplicates(plan)
        if not twins:
            return plan
        names = ", ".join(stored.take for _, stored in twins[:3])
        more = f" and {len(twins) - 3} more" if len(twins) > 3 else ""
        self._host.say(f"There already, not bought again: {names}{more}. R buys the shown take once more.")
        if self._session.selection.show(twins[0][1].take):
            self._view.shown_changed()
        return without(plan, {job.id for job, _ in twins})

    async def _send(self, plan: Plan, pose: str, declined: Callable[[], None]) -> None:
        if self._busy:
            # Pictures may be on their way up for it; a plan that is dropped without a word would be missed.
            self._host.say("The plan before this one is still being sent: try again in a moment.", severity="warning")
            declined()
            return
        self._busy = True
        try:
            # Asked here, where one plan is sent after the other: what a key repeats is in the queue by now.
            if plan.jobs and len(await under_way(self._session.studio, plan)) == len(plan.jobs):
                self._host.say(f"{going_words(plan.jobs)} on the way already, not bought again.")
                declined()
                return
            await self._session.studio.generate(plan)
        except StudioError:
            declined()
            raise
        finally:
            self._busy = False
        noun = f"one of {pose}" if len(plan.jobs) == 1 and pose else f"{len(plan.jobs)} pictures"
        self._host.say(f"Making {noun}, ~ {money.shown(plan.estimate)}")
        self._view.poses_changed()


def going_words(jobs: Sequence[Job]) -> str:
    """`The same picture of hero-stance is`, for a sentence about what was ordered before."""
    return f"The same picture of {jobs[0].pose} is" if len(jobs) == 1 else f"The same {len(jobs)} pictures are"
