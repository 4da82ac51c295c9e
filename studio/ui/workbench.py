"""Everything the artist can do from the main screen, in one place to be handed around."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.widget import Widget

from studio.ui.areas import AREAS
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
        self.generate.finals = lambda verb: self.open(f"final-{verb}", None)
        self.poses = PoseActions(session, view, host)
        self.screens = Openers(session, view, host)
        self.failures = FailureActions(
            *(session, view, host, self.poses, self.generate), lambda what: self.screens.open(what, None)
        )
        self.screens.explain = self.failures.card
        self.failures.open_area = lambda word: self.open(word, None)
        self.session = session
        session.on_weights = lambda: self.open("lora-record", None)
        self.view = view

    def open(self, what: str, focused: Widget | None) -> None:
        """Open a screen by its word: `queue`, or an area and a verb, `coach-apply`. Areas load when first wanted."""
        area, _, verb = what.partition("-")
        if area == "failure":
            self.failures.show()
        elif (deed := AREAS.get(area)) is not None:
            deed(self, verb, what)
        else:
            self.screens.open(what, focused)

    def refer(self, choice: str) -> None:
        """Put pictures into the reference slot: paths in the project, one a line; empty for none."""
        self.refer_to(choice.splitlines())

    def refer_to(self, paths: Sequence[str], done: Callable[[], None] = lambda: None) -> None:
        """Put these pictures of the project into the reference slot, in this order; `done` is called afterwards."""
        self.host.start(self._refer(paths, done))

    async def _refer(self, paths: Sequence[str], done: Callable[[], None]) -> None:
        import asyncio

        from studio.workflows.references import load_reference

        session = self.session
        folder = session.project.folder
        try:
            loaded = [await asyncio.to_thread(partial(load_reference, folder / path, path)) for path in paths]
        finally:
            # When one cannot be read the slot stays as it was, and says so.
            self.view.model.show_references()
        session.references = tuple(loaded)
        self.view.model.show_references()
        self.view.offer_changed()
        done()
