"""The job queue: how many Jobs are at fal at once, in which order they leave, and who follows them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from itertools import chain, repeat
from typing import Any

from studio.domain.errors import StudioError, UsageError
from studio.domain.job import AT_FAL, Failure, Handle, Job, JobState
from studio.engine.desk import Desk
from studio.engine.events import Brought, Ended, Event, Moved, Noticed, Planned, Stored
from studio.engine.life import JobLife
from studio.engine.ports import CancelAnswer

SUBMIT_GRACE = 10.0
"""Seconds that quitting waits for a POST that is on its way, so that its request id is not lost."""

HELD_PAUSES = (15.0, 30.0, 60.0)
"""Seconds until a picture that could not be brought to disk is tried again; the last one for good, unless the file
itself is of no use."""

ASK_AGAIN = 1.0
"""Seconds after which it is asked again what is awaited, because time alone may change that."""

CANCEL_GRACE = 10.0
"""Seconds after which fal is asked again about a queued job that it was asked to cancel and that has not moved."""


class JobQueue:
    """Sends written Jobs in order, at most `concurrency` at a time, and follows each to its end."""

    def __init__(self, life: JobLife, desk: Desk, concurrency: int = 2) -> None:
        self._life = life
        self._desk = desk
        self._slots = concurrency
        self._waiting: list[str] = []
        self._live: dict[str, Job] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._sending: set[asyncio.Task[Job]] = set()
        self._using: set[str] = set()
        self._unwanted: set[str] = set()
        self._held: set[str] = set()
        self._changed = asyncio.Event()
        self.follows = False
        """True while another studio sends, and this one waits for what it does."""
        self._paused = False
        self._closed = False

    @property
    def paused(self) -> bool:
        """True while nothing new is sent."""
        return self._paused

    @property
    def sandbox(self) -> bool:
        """True when its jobs go to the sandbox."""
        return self._life.provider.sandbox

    @property
    def live(self) -> list[Job]:
        """Every Job that has not ended, in the order they came."""
        return list(self._live.values())

    def busy(self) -> bool:
        """True while a Job is being sent, followed or stored."""
        return bool(self._tasks)

    def note(self, event: Event) -> None:
        """Keep the newest version of each live Job. The engine calls this with every event, first of all readers."""
        match event:
            case Planned(jobs):
                self._live.update({job.id: job for job in jobs})
            case Moved(job):
                self._live[job.id] = job
            case Ended(job) | Stored(job, _) | Brought(job, _):
                self._live.pop(job.id, None)
        self._changed.set()

    def add(self, jobs: Sequence[Job]) -> None:
        """Take in Jobs that stand in the journal as *written*; they are sent as soon as there is room."""
        fresh = [job for job in jobs if job.id not in self._waiting and job.id not in self._tasks]
        self._waiting.extend(job.id for job in fresh)
        self._live.update({job.id: job for job in fresh})
        self._pump()

    def resume_following(self, job: Job) -> None:
        """Follow a Job that is at fal already, or store one that is completed; this costs nothing."""
        if job.id not in self._tasks:
            self._life.home.forgive(job.id)
            self._live[job.id] = job
            self._start(job.id, self._rejoin(job))

    def hold(self, job: Job) -> None:
        """Know of a paused Job without sending it."""
        self._live[job.id] = job

    def set_paused(self, paused: bool) -> None:
        """Stop sending, or send again. Jobs at fal go on either way."""
        self._paused = paused
        self._pump()

    def set_concurrency(self, slots: int) -> None:
        """How many Jobs may be at fal at once; at least 1."""
        self._slots = max(1, slots)
        self._pump()

    def shift(self, job_id: str, by: int) -> None:
        """Move a waiting Job up (negative) or down the line."""
        if job_id not in self._waiting:
            raise UsageError("Only a job that was not sent yet can be moved.", "Choose one that is waiting.")
        at = self._waiting.index(job_id)
        self._waiting.insert(max(0, at + by), self._waiting.pop(at))

    async def cancel(self, job_id: str) -> str:
        """Cancel one Job: at once when it was not sent, else by asking fal. Gives the sentence to show."""
        job = self._live.get(job_id)
        if job is None:
            return "It has ended already."
        if job.state in {JobState.WRITTEN, JobState.PAUSED}:
            if job_id in self._waiting:
                self._waiting.remove(job_id)
            return await self._life.drop(job)
        if self.follows:
            return "The other studio sends this one; cancel it there."
        if job.state in AT_FAL and job.handle is not None:
            self._life.cancelling.add(job_id)
            return await self._cancel_at_fal(job)
        if job.state is JobState.SENT:
            self._unwanted.add(job_id)
            return "It is leaving right now; fal is asked to cancel it as soon as it has answered."
        return f"It is finished at fal and paid; the {'weights are' if job.trains else 'picture is'} kept."

    async def idle(self, awaited: Callable[[Job], bool] = lambda job: True) -> None:
        """Wait until nothing is waiting (unless paused) and nothing is being followed. While the other studio sends, it
        is waited for those of its jobs that are `awaited`.

        A picture that cannot be brought to disk for now is not waited for: it is safe in the journal.
        """
        while self._going(awaited):
            self._changed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), ASK_AGAIN)

    async def close(self) -> None:
        """Let go: waits for POSTs on their way (10 s at most), then stops following. Jobs at fal go on."""
        self._closed = True
        if self._sending:
            await asyncio.wait(self._sending, timeout=SUBMIT_GRACE)
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _cancel_at_fal(self, job: Job) -> str:
        if job.handle is None:
            raise ValueError(f"job {job.id} is not at fal")
        match await self._life.provider.cancel(job.handle):
            case CancelAnswer.REMOVED:
                await self._cancelled(job.id)
                return "Taken out of fal's queue: not charged."
            case CancelAnswer.ASKED if job.state is JobState.QUEUED:
                self._start(f"{job.id}:cancel", self._expect_cancelled(job.id, job.handle))
                return "fal was asked to take it out of its queue: not charged unless it begins before."
            case CancelAnswer.ASKED:
                return "fal was asked to stop; it is rendering already and may finish and be billed."
            case CancelAnswer.TOO_LATE:
                return "Too late: it is finished and billed; the picture will be kept."
            case CancelAnswer.NOT_FOUND:
                return "fal does not know this job any more; whether it was charged only fal knows."

    async def _expect_cancelled(self, job_id: str, handle: Handle) -> None:
        """Ask until fal says that it is gone, or the job moves: what we heard last may be old, and it may be paid."""
        while True:
            await self._desk.clock.sleep(CANCEL_GRACE)
            job = self._live.get(job_id)
            if job is None or job.state is not JobState.QUEUED:
                return
            match await self._life.provider.cancel(handle):
                case CancelAnswer.REMOVED:
                    await self._cancelled(job_id)
                    return
                case CancelAnswer.TOO_LATE:
                    return
                case CancelAnswer.ASKED | CancelAnswer.NOT_FOUND:
                    # Others may go while fal makes up its mind.
                    self._using.discard(job_id)
                    self._pump()

    async def _cancelled(self, job_id: str) -> None:
        task = self._tasks.pop(job_id, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
        self._using.discard(job_id)
        job = self._live.get(job_id)
        if job is not None and job.state in AT_FAL:
            why = Failure("cancelled", "Cancelled in fal's queue.", "", "not charged")
            await self._desk.end(job.move(JobState.CANCELLED, self._desk.clock.now(), failure=why))
        self._pump()

    def _going(self, awaited: Callable[[Job], bool]) -> bool:
        if any(name not in self._held for name in self._tasks):
            return True
        return self.follows and any(job.state is not JobState.PAUSED and awaited(job) for job in self.live)

    def _pump(self) -> None:
        while self._waiting and len(self._using) < self._slots and not (self._paused or self._closed):
            job_id = self._waiting.pop(0)
            job = self._live.get(job_id)
            if job is not None and job.state is JobState.WRITTEN:
                self._using.add(job_id)
                self._start(job_id, self._whole_life(job))

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name=f"job {name}")
        self._tasks[name] = task
        task.add_done_callback(lambda done: self._finished(name, done))

    def _finished(self, name: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(name) is task:
            del self._tasks[name]
        self._using.discard(name)
        self._held.discard(name)
        self._changed.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            self._desk.tell(Noticed(_sentence(error)))
        self._pump()

    async def _whole_life(self, job: Job) -> None:
        sending = asyncio.get_running_loop().create_task(self._life.send(job))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)
        job = await asyncio.shield(sending)
        if job.state in AT_FAL:
            if job.id in self._unwanted:
                self._life.cancelling.add(job.id)
                try:
                    said = await self._cancel_at_fal(job)
                except StudioError as error:
                    said = _sentence(error)
                self._desk.tell(Noticed(said))
                if job.id not in self._live:
                    return
            await self._rejoin(job)

    async def _rejoin(self, job: Job) -> None:
        if job.state in AT_FAL:
            job = await self._life.follow(job)
        self._using.discard(job.id)
        self._pump()
        if job.state is JobState.COMPLETED:
            await self._bring_home(job)

    async def _bring_home(self, job: Job) -> None:
        for pause in chain(HELD_PAUSES, repeat(HELD_PAUSES[-1])):
            job = await self._life.home.store(job)
            if job.state is not JobState.COMPLETED or job.id in self._life.home.aside:
                return
            self._held.add(job.id)
            self._changed.set()
            await self._desk.clock.sleep(pause)


def _sentence(error: BaseException) -> str:
    if isinstance(error, StudioError):
        return f"{error.happened} {error.remedy}".strip()
    return (
        f"Something unforeseen stopped a job ({type(error).__name__}: {error}). "
        "The journal has it, and rescue will follow it."
    )
