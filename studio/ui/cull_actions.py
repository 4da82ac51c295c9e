"""Deciding about many takes in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from studio.domain.text import slug
from studio.ui.look_deeds import LookDeeds
from studio.ui.state.contact import ContactFlow, to_cull
from studio.ui.state.contact_memory import load_culled, save_culled
from studio.workflows.pick_bill import bill_of


class CullActions:
    """Opens the contact flow and its page. Loaded when first wanted."""

    def __init__(self, deeds: LookDeeds) -> None:
        self._deeds = deeds

    async def do(self, verb: str) -> None:
        """`contact`: pose by pose through what is undecided; `picks`: the page of what is picked."""
        session = self._deeds.session
        await session.studio.load()
        names = self._names()
        if not names:
            self._deeds.host.say("No take is there yet: ctrl+g makes some.")
            return
        culled = await asyncio.to_thread(load_culled, session.project.folder)
        poses = to_cull(names, session.studio.takes, culled) if verb == "contact" else []
        if poses:
            self._contact(poses)
            return
        if verb == "contact":
            self._deeds.host.say("Nothing is undecided: these are the picks.")
        self._page(names)

    def _names(self) -> list[str]:
        """Every pose with takes: those of the list in its order, then those that are not in it any more."""
        session = self._deeds.session
        known = {slug(pose.name): pose.name for pose in session.project.poses}
        for take in session.studio.takes.all():
            known.setdefault(slug(take.pose), take.pose)
        return [name for name in known.values() if session.studio.takes.counts(name)[1]]

    def _contact(self, poses: list[str]) -> None:
        self._go_through(ContactFlow(poses, self._deeds.session.studio.takes))

    def _go_through(self, flow: ContactFlow) -> None:
        from studio.ui.screens.contact import ContactScreen

        screen = ContactScreen(self._deeds, flow, lambda flow: self._deeds.host.start(self._finished(flow)))
        self._deeds.host.ask(screen, lambda _: None)

    async def _finished(self, flow: ContactFlow) -> None:
        session = self._deeds.session
        await self._deeds.takes.settled()
        now = session.studio.engine.desk.clock.now()
        await self._remember({slug(name): now for name in flow.past})
        self._deeds.view.everything()
        self._page(list(flow.poses), lambda: self._deeds.host.start(self._taken_back(flow)))

    async def _taken_back(self, flow: ContactFlow) -> None:
        await self._deeds.takes.undo()
        pose = self._deeds.session.selection.pose
        if flow.go_to(pose):
            await self._remember({slug(pose): 0.0})
        self._go_through(flow)

    async def _remember(self, culled: dict[str, float]) -> None:
        folder = self._deeds.session.project.folder
        known = await asyncio.to_thread(load_culled, folder)
        await asyncio.to_thread(save_culled, folder, known | culled)

    def _page(self, names: list[str], take_back: Callable[[], None] | None = None) -> None:
        from studio.ui.screens.contact_page import ContactPageScreen

        bill = bill_of(names, self._deeds.session.studio.takes)
        self._deeds.host.ask(ContactPageScreen(self._deeds, bill, take_back), lambda _: None)
