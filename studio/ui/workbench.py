"""Everything the artist can do from the main screen, in one place to be handed around."""

from __future__ import annotations

from functools import partial

from studio.ui.failure_actions import FailureActions
from studio.ui.generate_actions import GenerateActions
from studio.ui.host import Host
from studio.ui.openers import Openers
from studio.ui.pose_actions import PoseActions
from studio.ui.session import Session
from studio.ui.take_actions import TakeActions
from studio.ui.view import View


class Workbench:
    """The action objects, made once."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self.host = host
        self.takes = TakeActions(session, view, host)
        self.generate = GenerateActions(session, view, host)
        self.poses = PoseActions(session, view, host)
        self.screens = Openers(session, view, host, self.takes)
        self.failures = FailureActions(
            *(session, view, host, self.poses, self.generate), lambda what: self.screens.open(what, None)
        )
        self.screens.explain = self.failures.card
        self._session = session
        self._view = view

    def coach(self, verb: str) -> None:
        """Do what the coach offers, or show everything it has to say."""
        from studio.ui.coach_actions import CoachActions

        CoachActions(self._session, self._view, self.host).do(verb)

    def explore(self, verb: str) -> None:
        """Compare prices, show the exact request, or sweep."""
        from studio.ui.explore_actions import ExploreActions

        self.host.start(ExploreActions(self._session, self._view, self.host, self.generate).do(verb))

    def refer(self, choice: str) -> None:
        """Put pictures into the reference slot: a path in the project, `all`, or empty for none."""
        self.host.start(self._refer(choice))

    async def _refer(self, choice: str) -> None:
        import asyncio

        from studio.workflows.references import load_reference

        session = self._session
        listed = [reference.path for reference in session.project.character.references]
        names = listed if choice == "all" else [choice] if choice else []
        folder = session.project.folder
        try:
            loaded = [await asyncio.to_thread(partial(load_reference, folder / name, name)) for name in names]
        finally:
            # When one cannot be read the slot stays as it was, and says so.
            self._view.model.show_references()
        session.references = tuple(loaded)
        self._view.model.show_references()
        self._view.offer_changed()
