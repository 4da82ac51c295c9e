"""An engine over fakes: nothing here touches a disk or a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.job import Job, JobState, Provenance
from studio.domain.request import Request
from studio.engine.bus import Subscription
from studio.engine.engine import Engine
from studio.engine.events import Event
from studio.engine.queue import HELD_PAUSES
from studio.engine.sharing import LOOK_EVERY
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.lock import FakeLock
from tests.fakes.provider import FakeProvider
from tests.fakes.shelf import FakeShelf


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something to become true, bounded."""
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0)
        await asyncio.to_thread(lambda: None)
    raise AssertionError("it did not come to that")


@dataclass
class World:
    """The engine and everything it was given."""

    provider: FakeProvider
    journal: FakeJournal
    shelf: FakeShelf
    clock: FakeClock
    engine: Engine
    events: Subscription
    lock: FakeLock
    numbers: int = 0

    def job(self, pose: str = "running", *, sandbox: bool = False, state: JobState = JobState.WRITTEN) -> Job:
        self.numbers += 1
        seed = 1000 + self.numbers
        return Job(
            id=f"j{self.numbers}",
            request=Request.make("fal-ai/flux/dev", {"prompt": pose, "seed": seed}, seed),
            provenance=Provenance("Glitch", pose),
            created=self.clock.now(),
            moved=self.clock.now(),
            state=state,
            sandbox=sandbox,
            estimate=Decimal("0.025"),
            unit_price=Decimal("0.025"),
        )

    def heard(self) -> list[Event]:
        """Every event so far."""
        return list(self.events._events)

    def states(self, job: Job) -> list[JobState]:
        return self.journal.states(job.id)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    provider, journal, shelf, clock = (
        FakeProvider(),
        FakeJournal(),
        FakeShelf(tmp_path),
        FakeClock(parked=(LOOK_EVERY, HELD_PAUSES[0])),
    )
    lock = FakeLock()
    engine = Engine(provider, journal, shelf, clock, lock, concurrency=2)
    yield World(provider, journal, shelf, clock, engine, engine.subscribe(), lock)
    await engine.close()
