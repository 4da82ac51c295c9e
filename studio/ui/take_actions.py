"""What an artist does with the shown take: decide, rate, trash, page, use its seed or its settings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from studio.domain.recipe import SeedPolicy
from studio.domain.take import Take, Verdict
from studio.ui.host import Host
from studio.ui.session import Session
from studio.ui.state.undo import Decision, PoseEdit
from studio.ui.view import View
from studio.workflows.again import recipe_of

DECISIONS = {
    "pick": (Verdict.PICKED, True),
    "reject": (Verdict.REJECTED, True),
    "pick-stay": (Verdict.PICKED, False),
    "reject-stay": (Verdict.REJECTED, False),
    "unflag": (Verdict.UNDECIDED, False),
}
"""Verdict, and whether the next take of the pose is shown then."""


class TakeActions:
    """Acts on the take that is shown; without one it says so."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._turn = asyncio.Lock()
        """One key after the other, so that undo takes back what was decided last."""

    def do(self, verb: str) -> None:
        """One of the verbs of the key table."""
        take = self._session.selection.take
        if take is None:
            self._host.say("No take is shown yet: ctrl+g makes some.")
            return
        match verb:
            case "pick" if take.flagged:
                self._host.say(
                    f"{take.id} was blacked out by fal's safety checker. P picks it all the same.", severity="warning"
                )
            case _ if verb in DECISIONS:
                self._decide(take, *DECISIONS[verb])
            case _ if verb.startswith("stars-"):
                self._host.start(self._rated(take, int(verb[6:])))
            case "mark":
                self._mark(take)
            case "trash":
                self._trash(take)
            case "use-seed":
                self._use_seed(take)
            case "use-all":
                self._use_all(take)
            case "copy-path":
                path = self._session.studio.path(take)
                self._host.copy(str(path), f"Copied {path}")
            case "copy-prompt":
                self._host.copy(take.prompt, "Copied the prompt")
            case "folder" | "viewer":
                self._host.start(self._opened(take, reveal=verb == "folder"))

    def page(self, by: int) -> None:
        """The take before or after the shown one."""
        if self._session.selection.step(by):
            self._view.shown_changed()

    def show(self, take_id: str) -> None:
        """Show a take that was clicked."""
        if self._session.selection.show(take_id):
            self._view.shown_changed()

    async def undo(self) -> None:
        """Take back the last deed: a decision, or an edit of the pose list."""
        match self._session.undo.undo():
            case PoseEdit(words, before, _):
                self._session.edit_poses(before)
                self._view.everything()
                self._host.say(f"Undone: {words}")
            case Decision(steps):
                async with self._turn:
                    undone = [await self._session.studio.undo() for _ in range(steps)]
                if undone[-1] is None:
                    self._session.undo.nothing_undone()
                self._told(undone[-1], "Undone", "Nothing to undo.")

    async def redo(self) -> None:
        """Do again what was undone."""
        match self._session.undo.redo():
            case PoseEdit(words, _, after):
                self._session.edit_poses(after)
                self._view.everything()
                self._host.say(f"Done again: {words}")
            case Decision(steps):
                async with self._turn:
                    done = [await self._session.studio.redo() for _ in range(steps)]
                if done[0] is None:
                    self._session.undo.nothing_redone()
                self._told(done[0], "Done again", "Nothing to do again.")

    async def choose(self, take: Take | None, others: Sequence[Take]) -> None:
        """Pick one take, or none, and reject some others with one key, to be undone as one deed."""
        wanted = [(take, Verdict.PICKED)] if take is not None else []
        wanted += [(other, Verdict.REJECTED) for other in others]
        async with self._turn:
            # A take that is decided so already leaves nothing to undo.
            changing = [(one, verdict) for one, verdict in wanted if one.verdict is not verdict]
            for one, verdict in changing:
                await self._session.studio.decide(one.id, verdict)
            if changing:
                self._did(len(changing))

    async def settled(self) -> None:
        """When everything that was decided so far is written."""
        async with self._turn:
            pass

    async def _opened(self, take: Take, *, reveal: bool) -> None:
        from studio.ui.desktop import open_outside

        path = self._session.studio.path(take)
        trouble = await open_outside(path, reveal=reveal)
        if trouble:
            what = f"the takes of {take.pose} lie in {path.parent}" if reveal else f"{take.id} is {path}"
            self._host.say(f"{trouble[0].upper()}{trouble[1:]}: {what}")

    def _mark(self, take: Take) -> None:
        marks = self._session.marks
        if marks.toggle(take.id) and len(marks) == 1:
            self._host.say("Marked: with two or more, c compares the marked takes and n surveys them.")
        self._view.decided()

    def _decide(self, take: Take, verdict: Verdict, go_on: bool) -> None:
        self._host.start(self._decided(take, verdict))
        if go_on:
            # At once, so that a quick hand never decides twice on one take.
            self._session.selection.step(1)
            self._view.shown_changed()

    async def _decided(self, take: Take, verdict: Verdict) -> None:
        async with self._turn:
            before = self._session.studio.takes.get(take.id)
            after = await self._session.studio.decide(take.id, verdict)
            if before != after:
                self._did()

    async def _rated(self, take: Take, stars: int) -> None:
        async with self._turn:
            before = self._session.studio.takes.get(take.id)
            after = await self._session.studio.rate(take.id, stars)
            if before != after:
                self._did()

    def _trash(self, take: Take) -> None:
        following = self._session.selection.before_leaving(take.id)
        self._host.start(self._trashed(take))
        if following:
            self._session.selection.show(following)
            self._view.shown_changed()

    async def _trashed(self, take: Take) -> None:
        async with self._turn:
            await self._session.studio.trash(take.id)
            self._did()
        self._host.say(f"{take.id} went to the trash: ctrl+z brings it back.")

    def _did(self, steps: int = 1) -> None:
        self._session.undo.did(Decision(steps))
        self._view.decided()

    def _told(self, take: Take | None, done: str, nothing: str) -> None:
        if take is None:
            self._host.say(nothing)
            return
        self._session.selection.show(take.id)
        self._view.everything()
        where = "in the trash" if take.trashed else str(take.verdict)
        self._host.say(f"{done}: {take.id} is {where}{' ' + '★' * take.stars if take.stars else ''}")

    def _use_seed(self, take: Take) -> None:
        if take.seed is None:
            self._host.say("This take has no seed: its model takes none.")
            return
        recipe = replace(self._session.recipe, seed_policy=SeedPolicy.FIXED, seed=take.seed)
        self._session.edit_recipe(recipe)
        self._view.recipe_changed()
        self._host.say(
            f"Seed {take.seed} from now on; backspace in the seed field makes new ones again. {self._offered()}"
        )

    def _use_all(self, take: Take) -> None:
        model = self._session.studio.catalogue.model(take.endpoint)
        if model is None:
            self._host.say(f"{take.endpoint} is not in the catalogue any more.", severity="warning")
            return
        self._session.edit_recipe(recipe_of(take, model, takes=self._session.recipe.takes))
        self._view.recipe_changed()
        self._host.say(f"Model, settings and seed of {take.id}. {self._offered()}")

    def _offered(self) -> str:
        offer = self._session.offer()
        return offer.trouble or f"ctrl+g: {offer.words()}, {offer.price()}"
