"""The running screen on a stage: keys go in, and what an artist would see comes out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from studio.domain.take import Take
from studio.engine.ports import Completed, Progress
from studio.ui.app import StudioApp
from studio.ui.main_screen import MainScreen
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.recording import RecordingBackend
from studio.ui.session import Session
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio

LONGEST = 8.0
"""Seconds anything may take before a test gives up."""


@dataclass
class Stage:
    """One running app."""

    app: StudioApp
    pilot: Pilot[int]
    provider: FakeProvider

    @property
    def session(self) -> Session:
        return self.app.session

    @property
    def shown(self) -> Take | None:
        """The take that is looked at."""
        return self.session.selection.take

    @property
    def screen(self) -> MainScreen:
        """The main screen, whatever lies over it."""
        main = self.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        return main

    @property
    def over(self) -> str:
        """The name of the screen that lies on top."""
        return type(self.app.screen).__name__

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until something is so."""
        end = time.monotonic() + LONGEST
        while not condition():
            assert time.monotonic() < end, f"it never came to pass: {what or condition}"
            await self.pilot.pause()
            await asyncio.sleep(0.01)

    async def takes(self, number: int) -> None:
        """Wait until the project has so many takes, and the screen knows it."""
        await self.until(lambda: self.session.studio.takes.totals()[1] == number, f"{number} takes")
        await self.pilot.pause()

    def text(self) -> str:
        """Everything on the screen as plain rows."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def toasts(self) -> list[str]:
        """What was said in the corner."""
        return [note.message for note in self.app._notifications]

    def finish(self, request_id: str, *before: Progress) -> None:
        """Let a held job go through some steps and complete."""
        done: Completed = self.provider.completed(request_id)
        self.provider.push(request_id, *before, done)


@asynccontextmanager
async def stage(
    folder: Path, size: tuple[int, int] = (120, 36), provider: FakeProvider | None = None, preset: str = "glitch"
) -> AsyncIterator[Stage]:
    """Run the app on a project, which is made when there is none."""
    provider = provider or FakeProvider(sandbox=True)
    studio = fake_studio(folder, provider, preset)
    app = StudioApp(studio, Darkroom(RecordingBackend()))
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Stage(app, pilot, provider)
        assert app.unforeseen is None, app.unforeseen
    finally:
        await studio.close()
        app.darkroom.close()
