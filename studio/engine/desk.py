"""The desk: journal, shelf and bus as the event loop sees them, every disk access in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from studio.domain.job import IllegalMove, Job, JobState
from studio.engine.budget import Gate
from studio.engine.bus import EventBus
from studio.engine.events import Ended, Event, Moved, Planned
from studio.engine.ports import Clock, Journal, Shelf

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """Saves a Job before anybody hears of its new state. One thread owns the journal, two store pictures."""

    def __init__(self, journal: Journal, shelf: Shelf, bus: EventBus, clock: Clock) -> None:
        self.journal = journal
        self.shelf = shelf
        self.bus = bus
        self.clock = clock
        self._pen = ThreadPoolExecutor(1, thread_name_prefix="studio-journal")
        self._hands = ThreadPoolExecutor(2, thread_name_prefix="studio-shelf")

    async def pen(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short journal call in the journal's thread, in the order of the calls."""
        return await self._in(self._pen, call, *args, **kwargs)

    async def hands(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call that reads or writes pictures in one of two threads."""
        return await self._in(self._hands, call, *args, **kwargs)

    async def write(self, jobs: Sequence[Job], gate: Gate | None = None, besides: Collection[str] = ()) -> None:
        """New jobs, durable when this returns, unless the gate raises."""

        def put() -> Sequence[Job]:
            self.journal.write(jobs)
            return jobs

        await self.pen(self._weighed, put, gate, besides)
        self.bus.publish(Planned(tuple(jobs)))

    async def write_again(
        self, jobs: Sequence[Job], gate: Gate | None = None, besides: Collection[str] = ()
    ) -> Sequence[Job]:
        """Paused jobs become *written*, unless the gate raises; those that cannot any more are left out."""
        again = [job.move(JobState.WRITTEN, self.clock.now()) for job in jobs if job.state is JobState.PAUSED]

        def put() -> Sequence[Job]:
            return [job for job in again if self._saved(job)]

        written = await self.pen(self._weighed, put, gate, besides)
        for job in written:
            self.bus.publish(Moved(job))
        return written

    async def save(self, job: Job) -> Job:
        """A job's new state, durable when this returns, and only then told."""
        await self.pen(self.journal.save, job)
        self.bus.publish(Moved(job))
        return job

    async def end(self, job: Job) -> Job:
        """Save a job that failed, was cancelled or is unknown, and say so."""
        await self.save(job)
        self.bus.publish(Ended(job))
        return job

    def tell(self, event: Event) -> None:
        """Publish something that needs no row."""
        self.bus.publish(event)

    def close(self) -> None:
        """Wait for what is being written, then let the threads and the journal go. Blocks."""
        self._hands.shutdown(wait=True)
        self._pen.shutdown(wait=True)
        self.journal.close()

    def _weighed(self, put: Callable[[], Sequence[Job]], gate: Gate | None, besides: Collection[str]) -> Sequence[Job]:
        with self.journal.together():
            jobs = put()
            if gate is not None:
                gate(jobs, {*besides, *(job.id for job in jobs)})
        return jobs

    def _saved(self, job: Job) -> bool:
        try:
            self.journal.save(job)
        except IllegalMove:
            return False
        return True

    async def _in(self, pool: ThreadPoolExecutor, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        future = asyncio.get_running_loop().run_in_executor(pool, lambda: call(*args, **kwargs))
        # A journal write that began is finished even when the task that asked for it is cancelled.
        return await asyncio.shield(future)
