"""The engine: journal, queue and rescue under one roof. Front ends talk to this and listen to its events."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from studio.domain.charge import MAYBE
from studio.domain.errors import ProviderError, UsageError
from studio.domain.job import Failure, Job, JobState
from studio.engine.budget import Gate
from studio.engine.bus import EventBus, Subscription
from studio.engine.desk import Desk
from studio.engine.events import Ended, Event, Moved, Noticed, Planned
from studio.engine.life import JobLife
from studio.engine.ports import Clock, Journal, Provider, SenderLock, Shelf
from studio.engine.queue import JobQueue
from studio.engine.rescue import UNFINISHED, Found, Rescue
from studio.engine.sharing import Sharing

GIVEN_UP = "given-up"
"""Kind of the failure of a job of unknown fate that the artist let go."""


class _Bus(EventBus):
    """A bus whose first reader is the queue, so that nobody knows more than it does."""

    queue: JobQueue | None = None

    def publish(self, event: Event) -> None:
        if self.queue is not None:
            self.queue.note(event)
        super().publish(event)


class Engine:
    """Owns the Jobs of one project while it is open, or follows another studio that does."""

    def __init__(
        self, provider: Provider, journal: Journal, shelf: Shelf, clock: Clock, lock: SenderLock, concurrency: int = 2
    ) -> None:
        self.provider = provider
        self._bus = _Bus()
        self.desk = Desk(journal, shelf, self._bus, clock)
        life = JobLife(provider, self.desk)
        self._home = life.home
        self.queue = JobQueue(life, self.desk, concurrency)
        self._bus.queue = self.queue
        self._closed = False
        self._ordered: set[str] = set()
        """Ids of the jobs that were ordered here: nothing else is sent without being ordered again."""
        self._taking_up = asyncio.Lock()
        self._rescue = Rescue(provider, self.desk)
        self.sharing = Sharing(lock, self.desk, self.queue, self._take_over)

    def subscribe(self) -> Subscription:
        """Listen to everything that happens from now on."""
        return self._bus.subscribe()

    async def weigh(self, jobs: Sequence[Job], gate: Gate) -> None:
        """Ask a gate about Jobs that are not written yet. Raises what it raises."""
        async with self._taking_up:
            await self._role()
            await self.desk.pen(gate, jobs, self._idle_ids())

    async def submit(self, jobs: Sequence[Job], gate: Gate | None = None) -> None:
        """Write new Jobs to the journal, then send them as there is room, or leave that to the studio that sends.

        The gate is asked while no other studio can write; when it raises, nothing was written.
        """
        async with self._taking_up:
            await self._role()
            taking_in = asyncio.ensure_future(self._take_in(jobs, gate))
            try:
                await asyncio.shield(taking_in)
            except asyncio.CancelledError:
                # What is written has to be sent by somebody; a caller that leaves does not change that.
                await asyncio.wait([taking_in])
                raise

    async def _take_in(self, jobs: Sequence[Job], gate: Gate | None) -> None:
        await self.desk.write(jobs, gate, self._idle_ids())
        self._ordered |= {job.id for job in jobs}
        if self.sharing.sender:
            self.queue.add(jobs)

    async def rescue(self) -> Found:
        """Take up what an earlier run left: follow what is at fal, fetch what is done, look for what is unknown.

        Where another studio sends, nothing is taken from it: its jobs are followed through the journal.
        """
        async with self._taking_up:
            found = await self._take_up()
        if found.unknown:
            await self._look_up(found.unknown)
        return found

    async def look_again(self, job_id: str) -> bool:
        """Look at fal once more for a job of unknown fate, or for a file that was set aside; when it is found it is
        followed, and this is true.

        Nothing is sent. Raises UsageError while another studio sends, ProviderError when fal's history cannot be read.
        """
        if not await self._role():
            raise UsageError(self.sharing.sentence(), "Look there, or close it first.")
        if job := self._home.aside.get(job_id):
            self.desk.tell(Moved(job))
        else:
            job = await self._rescue.second_look(job_id)
        if job is not None:
            self.queue.resume_following(job)
        return job is not None

    async def give_up(self, job_id: str) -> bool:
        """Let a job of unknown fate go, because the artist decided so: it is *failed*, maybe charged, and not looked
        for any more. False when it is not unknown (any more). Raises UsageError while another studio sends.
        """
        if not await self._role():
            raise UsageError(self.sharing.sentence(), "Do it there, or close it first.")
        job = await self.desk.pen(self.desk.journal.job, job_id)
        if job is None or job.state is not JobState.UNKNOWN:
            return False
        why = Failure(GIVEN_UP, "You gave it up: nobody knows what became of it.", "", MAYBE)
        await self.desk.end(job.move(JobState.FAILED, self.desk.clock.now(), failure=why))
        return True

    async def resume(self, jobs: Sequence[Job], gate: Gate | None = None) -> None:
        """Send Jobs that came back *paused*; only ever called for a key press of the artist.

        Those that have moved on meanwhile, by a key press in another studio, are left alone. The gate is asked while no
        other studio can write; when it raises, they stay paused.
        """
        sends = await self._role()
        written = await self.desk.write_again(jobs, gate, self._idle_ids())
        self._ordered |= {job.id for job in written}
        if sends:
            self.queue.add(written)

    async def close(self) -> None:
        """Stop following and let go of every thread and connection. Jobs at fal go on and can be rescued.

        Safe to call twice.
        """
        if self._closed:
            return
        self._closed = True
        await self.queue.close()
        await self.sharing.close()
        await self.provider.close()
        self._bus.close()
        await asyncio.to_thread(self.desk.close)

    def _idle_ids(self) -> set[str]:
        """Jobs that stand in the journal as written and that nobody will send without another key press."""
        return self.sharing.left - self._ordered

    async def _role(self) -> bool:
        followed, sends = self.queue.follows, await self.sharing.claim()
        if sends and followed:
            await self._take_over()
        self.queue.follows = not sends
        await self.sharing.begin()
        return sends

    async def _take_up(self) -> Found:
        if not await self._role():
            unfinished = await self.desk.pen(self.desk.journal.jobs, UNFINISHED)
            ours = [job for job in unfinished if job.sandbox == self.provider.sandbox]
            self.desk.tell(Planned(tuple(ours)))
            return Found((), (), (), elsewhere=self.sharing.sentence())
        # An artist may have ordered something before rescue had its turn: that is not left over from anywhere.
        found = await self._rescue.find(keep={job.id for job in self.queue.live} - set(self._home.aside))
        for job in found.paused:
            self.queue.hold(job)
        for job in found.following:
            self.queue.resume_following(job)
        return found

    async def _take_over(self) -> None:
        waiting = [job for job in self.queue.live if job.state is JobState.WRITTEN and job.id in self._ordered]
        found = await self._rescue.find(keep={job.id for job in waiting})
        for job in found.paused:
            self.queue.hold(job)
        self.queue.add(waiting)
        for job in found.following:
            self.queue.resume_following(job)
        try:
            if found.unknown:
                await self._look_up(found.unknown)
        finally:
            # Only now: a run that waits for its jobs must not find the queue idle between the two roles. Telling it
            # wakes such a run, which may have nothing left to wait for.
            self.queue.follows = False
            self.desk.tell(Noticed("The other studio has gone: this one sends now."))

    async def _look_up(self, unknown: Sequence[Job]) -> None:
        adopted: list[Job] = []
        for endpoint in sorted({job.request.endpoint for job in unknown}):
            try:
                adopted += await self._rescue.look_up([job for job in unknown if job.request.endpoint == endpoint])
            except ProviderError as error:
                self.desk.tell(Noticed(f"fal's request history could not be read: {error.happened} {error.remedy}"))
        for job in adopted:
            self.queue.resume_following(job)
        found = {job.id for job in adopted}
        for job in unknown:
            if job.id in found:
                continue
            if (again := await self._rescue.follow_again(job)) is not None:
                self.queue.resume_following(again)
            else:
                self.desk.tell(Ended(job))
