"""Changing takes and walking to where they came from."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain import money
from studio.domain.take import Take, Verdict
from studio.ui.pictures.source import PictureSource
from studio.ui.state.change_wish import ChangeWish, OfferedPicture
from studio.workflows.edit_mask import kept_mask
from studio.workflows.editing import MASKED, ONE, Change, edit_plan, editors, planned_edit
from studio.workflows.references import LoadedReference, load_reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.imaging.mask import Mask
    from studio.ui.workbench import Workbench
    from studio.workflows.family_tree import Member
    from studio.workflows.plan import Plan

PICKS = 24
"""Picked takes that are offered to be sent along, the newest ones."""

_last: dict[Path, str] = {}
# Project folder -> model: who edited last is chosen again in this sitting.

_unsent: dict[Path, ChangeWish] = {}
# File of a take -> what was asked for it and could not be sent: typed words are not to be typed twice.


class EditActions:
    """Loaded when first wanted."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._session = bench.session
        self._view = bench.view
        self._host = bench.host
        self._generate = bench.generate

    async def do(self, verb: str) -> None:
        """`change` the shown take, or show its `tree`. Raises UsageError when its file cannot be read."""
        take = self._session.selection.take
        if take is None:
            self._host.say("No take is shown yet: ctrl+g makes some.")
        elif verb == "tree":
            await self._tree(take)
        else:
            await self._change(take)

    async def _tree(self, take: Take) -> None:
        from studio.ui.screens.tree import TreeDeeds, TreeScreen

        takes, folder = self._session.studio.takes, self._session.project.folder
        members, seen = await self._family(take), takes.totals()

        async def look_again() -> None:
            nonlocal members
            members = await self._family(take)

        def family() -> list[Member]:
            nonlocal seen
            if takes.totals() != seen:
                seen = takes.totals()
                self._host.start(look_again())
            return members

        def shown(take_id: str) -> None:
            if self._session.selection.show(take_id):
                self._view.everything()

        deeds = TreeDeeds(self._compare, lambda one: self._host.start(self._change(one)), self._align)
        source = partial(PictureSource.of_take, folder)
        self._host.ask(TreeScreen(family, take.id, self._view.darkroom, source, deeds), shown)

    async def _family(self, take: Take) -> list[Member]:
        """Read anew in a thread: ten thousand takes would hold up the screen."""
        from studio.workflows.family_tree import Families

        shelf = self._session.studio.engine.desk.shelf
        return await self._session.studio.engine.desk.hands(lambda: Families(shelf.takes()).family(take.id))

    def _compare(self, take: Take) -> None:
        from studio.ui.look_deeds import LookDeeds
        from studio.ui.screens.compare_takes import CompareTakesScreen

        parent = self._session.studio.takes.get(take.parent)
        if parent is None:
            self._host.say(f"{take.id} was made from nothing that is there.")
        else:
            self._host.ask(CompareTakesScreen(LookDeeds(self._bench), [parent, take]), lambda _: None)

    def _align(self, take: Take, tell: Callable[[str], None]) -> None:
        self._host.start(self._aligned(take, tell))

    async def _aligned(self, take: Take, tell: Callable[[str], None]) -> None:
        from studio.workflows.edit_align import align_to_parent

        tell(await align_to_parent(self._session.studio, take))

    async def _change(self, take: Take) -> None:
        from studio.ui.screens.change import ChangeDeeds, ChangeScreen

        session, studio = self._session, self._session.studio
        folder = session.project.folder
        subject = await asyncio.to_thread(partial(load_reference, studio.path(take), take.path))
        offered = await studio.engine.desk.hands(self._offered, take)

        def price(wish: ChangeWish) -> str:
            more = tuple(LoadedReference(one.path, "", "data:,", one.width, one.height) for one in wish.references)
            mask = LoadedReference("mask", "", "data:,", take.width, take.height) if wish.mask else None
            change = Change(wish.instruction, wish.model, more, mask)
            plan = planned_edit(studio, take, change, subject, None)
            each = plan.jobs[0].estimate
            said = "price unknown" if each is None else f"~ {money.shown(each)}"
            return "\n".join([f"{said} · ctrl+s makes it, under {take.pose}", *plan.notes])

        wish = _unsent.pop(studio.path(take), ChangeWish("", _last.get(folder, ONE)))
        screen = ChangeScreen(
            f"Change {take.id}",
            (self._view.darkroom, PictureSource.of_take(folder, take)),
            editors(studio, (subject.width, subject.height)),
            offered,
            price,
            ChangeDeeds(partial(self._mask, take), lambda wish: self._host.start(self._request(take, wish))),
            wish,
        )
        self._host.ask(screen, lambda wish: self._host.start(self._make(take, wish)))

    async def _make(self, take: Take, wish: ChangeWish) -> None:
        _last[self._session.project.folder] = wish.model
        path = self._session.studio.path(take)
        _unsent[path] = wish
        plan = await self._planned(take, wish)
        _unsent.pop(path, None)
        self._generate.send(plan, take.pose, lambda: _unsent.update({path: wish}))

    async def _request(self, take: Take, wish: ChangeWish) -> None:
        from studio.ui.screens.request import RequestScreen

        plan = await self._planned(take, wish)
        self._host.ask(RequestScreen(plan.jobs[0], self._host.copy), lambda _: None)

    async def _planned(self, take: Take, wish: ChangeWish) -> Plan:
        studio, folder = self._session.studio, self._session.project.folder
        more = [
            await asyncio.to_thread(partial(load_reference, folder / one.path, one.path)) for one in wish.references
        ]
        change = Change(wish.instruction, wish.model, tuple(more))
        if wish.mask is not None:
            model = studio.model(wish.model or MASKED)
            change = replace(change, mask=await asyncio.to_thread(kept_mask, folder, wish.mask, model))
        return await edit_plan(studio, take, change)

    def _mask(self, take: Take, before: Mask | None, done: Callable[[Mask], None]) -> None:
        from studio.ui.screens.mask import MaskScreen

        path = self._session.studio.path(take)
        self._host.ask(MaskScreen(path, take.id, before, Path.cwd(), utf8=self._view.utf8), done)

    def _offered(self, take: Take) -> list[OfferedPicture]:
        """The character's references, then picked takes. Blocks on the disk."""
        from studio.workflows.references import picture_size_of

        project, shelf = self._session.project, self._session.studio.engine.desk.shelf
        found = []
        for reference in project.character.references:
            width, height = picture_size_of(project.folder / reference.path)
            if width:
                role = f"{reference.role}: " if reference.role else ""
                found.append(OfferedPicture(reference.path, f"{role}{reference.path}", width, height))
        listed = {one.path for one in found}
        picked = [one for one in shelf.takes() if one.verdict is Verdict.PICKED and one.id != take.id]
        for one in reversed(picked[-PICKS:]):
            if one.path not in listed:
                found.append(OfferedPicture(one.path, f"pick: {one.id}", one.width, one.height))
        return found
