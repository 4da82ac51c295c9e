"""Two studios on one project: one sends, the other follows what stands in the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from studio.domain.job import ENDED, Job, JobState
from studio.engine.desk import Desk
from studio.engine.events import Brought, Ended, Event, Moved, Noticed, Planned, Stored
from studio.engine.ports import SenderLock
from studio.engine.queue import JobQueue
from studio.engine.rescue import UNFINISHED

LOOK_EVERY = 1.0
"""Seconds between two looks at whether another studio wrote into the journal."""


class Sharing:
    """Knows whether this studio is the sender, and keeps up with what the other one writes.

    The sender takes up jobs the other wrote; the follower hears of every job through the journal, and becomes the
    sender when the lock is free, which the kernel sees to even when a sender was killed.
    """

    def __init__(self, lock: SenderLock, desk: Desk, queue: JobQueue, take_over: Callable[[], Awaitable[None]]) -> None:
        self._lock = lock
        self._desk = desk
        self._queue = queue
        self._take_over = take_over
        self._touched = -1
        self._watching: asyncio.Task[None] | None = None
        self.left: set[str] = set()
        """Ids of the jobs that somebody had written and not sent before this studio became the sender."""
        self.sender = False
        """True while this studio may send."""

    async def claim(self) -> bool:
        """Become the sender if nobody is. Raises ProjectError when the lock cannot be made."""
        if not self.sender:
            self.sender = await self._desk.pen(self._lock.acquire)
            if self.sender:
                self.left = {job.id for job in await self._desk.pen(self._desk.journal.jobs, (JobState.WRITTEN,))}
                # What the other one did last it may have done since we looked, and nobody tells of it again.
                for job in self._queue.live:
                    await self._hear(job)
        return self.sender

    async def begin(self) -> None:
        """Start keeping up with another studio's writing. Called once."""
        if self._watching is None:
            self._touched = await self._desk.pen(self._desk.journal.touched)
            self._watching = asyncio.create_task(self._watch(), name="journal watch")

    def sentence(self) -> str:
        """Who sends, for the artist; empty when this studio does."""
        if self.sender:
            return ""
        holder = self._lock.holder()
        who = f" (process {holder})" if holder else ""
        return f"Another studio{who} has this project open: it sends what you order here, and this one follows."

    async def close(self) -> None:
        """Stop looking and let the lock go."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        await self._desk.pen(self._lock.release)
        self.sender = False

    async def _watch(self) -> None:
        while True:
            await self._desk.clock.sleep(LOOK_EVERY)
            try:
                await self._look()
            except Exception as error:
                # A journal that cannot be read for a moment must not end the watch; the artist hears why.
                self._desk.tell(Noticed(f"The journal could not be read: {error}"))

    async def _look(self) -> None:
        if not self.sender and await self.claim():
            await self._take_over()
        touched = await self._desk.pen(self._desk.journal.touched)
        if touched == self._touched:
            return
        self._touched = touched
        if self.sender:
            await self._adopt()
        else:
            await self._follow()

    async def _adopt(self) -> None:
        known = {job.id: job for job in self._queue.live}
        written = await self._desk.pen(self._desk.journal.jobs, (JobState.WRITTEN,))
        fresh = [job for job in written if self._ours(job) and self._ordered_since(job, known.get(job.id))]
        if fresh:
            self._desk.tell(Planned(tuple(fresh)))
            self._queue.add(fresh)
        for job in known.values():
            if job.state in {JobState.WRITTEN, JobState.PAUSED}:
                await self._hear(job)

    async def _follow(self) -> None:
        known = {job.id for job in self._queue.live}
        unfinished = await self._desk.pen(self._desk.journal.jobs, UNFINISHED)
        fresh = [job for job in unfinished if self._ours(job) and job.id not in known]
        if fresh:
            self._desk.tell(Planned(tuple(fresh)))
        for job in self._queue.live:
            await self._hear(job)

    async def _hear(self, known: Job) -> None:
        """Tell what became of a job in the journal since we last knew."""
        now = await self._desk.pen(self._desk.journal.job, known.id)
        if now is None or now.state is known.state:
            return
        event: Event = Moved(now)
        if now.state is JobState.STORED and now.trains:
            weights = await self._desk.hands(self._desk.shelf.weights, now)
            event = Brought(now, weights) if weights is not None else Ended(now)
        elif now.state is JobState.STORED:
            take = await self._desk.pen(self._desk.shelf.take, now.take)
            event = Stored(now, take) if take is not None else Ended(now)
        elif now.state in ENDED or now.state is JobState.UNKNOWN:
            event = Ended(now)
        self._desk.tell(event)

    def _ours(self, job: Job) -> bool:
        return job.sandbox == self._queue.sandbox

    def _ordered_since(self, job: Job, known: Job | None) -> bool:
        """True for a job the other studio ordered, or let go on, while this one is the sender."""
        return job.id not in self.left if known is None else known.state is JobState.PAUSED
