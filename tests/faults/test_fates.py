"""Whatever fal answers and whenever the studio dies: when all is calm again, every paid picture is there, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.job import Job, JobState, Provenance
from studio.domain.request import Request
from studio.engine.engine import Engine
from studio.engine.queue import HELD_PAUSES
from studio.engine.sharing import LOOK_EVERY
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.lock import FakeLock
from tests.fakes.shelf import FakeShelf
from tests.faults.fickle_fal import FickleFal, Mood

ENDPOINT = "fal-ai/flux/dev"


@dataclass(frozen=True)
class Life:
    """One run of the studio: how much is ordered, at which write it dies (0: at none), and how late it begins."""

    orders: int = 0
    dies: int = 0
    after: bool = False
    later: float = 0.0


class Dead(Exception):
    """The process is no more: nothing it still wants to write is written."""


class MortalJournal(FakeJournal):
    """A journal whose process dies just before or just after a write; a dead process writes nothing."""

    left = -1
    """Writes until death; negative: it lives on."""
    after = False
    """True when the last write still reaches the disk."""

    def save(self, job: Job) -> None:
        with self._mortality():
            super().save(job)

    def write(self, jobs: Sequence[Job]) -> None:
        with self._mortality():
            super().write(jobs)

    @contextmanager
    def _mortality(self) -> Iterator[None]:
        if self.left == 0:
            raise Dead
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Dead
        yield
        if self.left == 0:
            raise Dead


def order(number: int, now: float) -> Job:
    """A job nobody ordered before."""
    request = Request.make(ENDPOINT, {"prompt": "a figure", "seed": number}, number)
    return Job(f"j{number}", request, Provenance("Glitch", "running"), created=now, moved=now, estimate=Decimal("0.03"))


async def live(fal: FickleFal, journal: MortalJournal, shelf: FakeShelf, clock: FakeClock, life: Life) -> None:
    """One run of the studio: rescue, order something, follow; perhaps die at a write."""
    journal.left, journal.after = life.dies or -1, life.after
    engine = Engine(fal, journal, shelf, clock, FakeLock(), concurrency=2)
    with suppress(Dead):
        await _work(engine, [order(len(journal.rows) + extra, clock.now()) for extra in range(life.orders)])
    await engine.close()
    journal.left = -1


async def _work(engine: Engine, jobs: Sequence[Job]) -> None:
    await engine.rescue()
    await engine.submit(jobs)
    await engine.queue.idle()


moods = st.lists(st.sampled_from([*Mood, Mood.GOOD, Mood.GOOD]), max_size=60)
lives = st.lists(
    st.builds(Life, st.integers(0, 3), st.integers(0, 20), st.booleans(), st.sampled_from([0.0, -9000.0, 90_000.0])),
    max_size=5,
)


@pytest.mark.timeout(60)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(moods=moods, fates=st.lists(st.booleans(), max_size=20), lives=lives)
def test_when_all_is_calm_every_paid_picture_is_there_once(
    tmp_path_factory: pytest.TempPathFactory, moods: list[Mood], fates: list[bool], lives: list[Life]
) -> None:
    fal, journal = FickleFal(iter(moods), iter(fates)), MortalJournal()
    shelf = FakeShelf(Path(tmp_path_factory.mktemp("shelf")))
    clock = FakeClock(parked=(LOOK_EVERY, *HELD_PAUSES))

    async def story() -> None:
        for life in lives:
            clock.time += life.later
            fal.now = clock.time
            await live(fal, journal, shelf, clock, life)
        fal.calm()
        for _ in range(2):
            await live(fal, journal, shelf, clock, Life())

    asyncio.run(story())
    bought = Counter(one.request for one in fal.orders)
    assert not [request for request, times in bought.items() if times > 1]
    truth = {one.request: one for one in fal.orders}
    for job in journal.rows.values():
        states = journal.states(job.id)
        accepted = truth.get(job.request)
        if accepted is None:
            assert job.state in {JobState.PAUSED, JobState.FAILED, JobState.UNKNOWN}
        elif accepted.fails:
            assert job.state is JobState.FAILED
        else:
            assert job.state is JobState.STORED, states
        assert states.count(JobState.SENT) <= 1
        assert not (JobState.PAUSED in states and JobState.SENT in states)
