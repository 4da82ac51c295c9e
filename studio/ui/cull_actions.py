"""Deciding about many takes in one go."""

from __future__ import annotations

import asyncio

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
        from studio.ui.screens.contact import ContactScreen

        flow = ContactFlow(poses, self._deeds.session.studio.takes)
        screen = ContactScreen(self._deeds, flow, lambda flow: self._deeds.host.start(self._finished(flow)))
        self._deeds.host.ask(screen, lambda _: None)

    async def _finished(self, flow: ContactFlow) -> None:
        session = self._deeds.session
        await self._deeds.takes.settled()
        now = session.studio.engine.desk.clock.now()
        culled = await asyncio.to_thread(load_culled, session.project.folder)
        culled |= {slug(name): now for name in flow.past}
        await asyncio.to_thread(save_culled, session.project.folder, culled)
        self._deeds.view.everything()
        self._page(list(flow.poses))

    def _page(self, names: list[str]) -> None:
        from studio.ui.screens.contact_page import ContactPageScreen

        bill = bill_of(names, self._deeds.session.studio.takes)
        self._deeds.host.ask(ContactPageScreen(self._deeds, bill), lambda _: None)
