"""A run of jobs from its first event to its exit code, for `render` and `rescue`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from studio.cli.reporting import Report
from studio.cli.stop_signals import StopSignals
from studio.cli.tally import Tally
from studio.cli.terminal_text import say, sentence
from studio.domain.errors import StudioError
from studio.domain.job import WAITING, Failure, Job, JobState
from studio.domain.take import Take, Verdict
from studio.engine.events import Brought, Ended, Event, Held, Logged, Moved, Noticed, Planned, Stored

if TYPE_CHECKING:
    from studio.domain.lora import Weights
    from studio.engine.bus import Subscription
    from studio.workflows.studio import Studio

HELD = "held"
"""Kind of a failure that costs nothing to mend: the result is in the journal, the picture not yet on the disk."""

NOT_SENT = "not-sent"

RESTING = 60.0
"""Seconds after which a finished job that another studio has not brought to disk is not waited for any more."""

ELSEWHERE = Failure(
    *(HELD, "It is finished and paid; the other studio has not brought it to disk yet."),
    *("Look there, or run studio rescue when it is closed.", "charged"),
)


class Follower:
    """Turns the engine's events into a report, for the jobs that are expected or planned."""

    def __init__(self, studio: Studio, report: Report, *, pick: bool = False) -> None:
        self._studio = studio
        self._report = report
        self._pick = pick
        self._closed = False
        self._wanted: set[str] = set()
        self._wants_sent = False
        self._held: dict[str, Failure] = {}
        self.tally = Tally()

    def want(self, jobs: Sequence[Job]) -> None:
        """These jobs are the run, as soon as they stand in the journal. Those of another studio are not."""
        self._wanted.update(job.id for job in jobs)

    def want_every_sent_one(self) -> None:
        """Whatever was sent is the run, by whichever studio."""
        self._wants_sent = True

    def expect(self, jobs: Sequence[Job]) -> None:
        """These jobs are the run, and stand in the journal."""
        self.tally.expect(jobs)
        self._report.planned(jobs)

    async def listen(self, events: Subscription) -> None:
        """Hear every event until the subscription ends."""
        async for event in events:
            await self._hear(event)

    def is_awaited(self, job: Job) -> bool:
        """True for a job of the run that another studio sends and that is still getting somewhere."""
        ours = job.id in self._wanted or job.id in self.tally.jobs or (self._wants_sent and job.state not in WAITING)
        resting = job.state is JobState.COMPLETED and self._studio.engine.desk.clock.now() - job.moved > RESTING
        return ours and not resting

    def unfinished(self) -> list[Job]:
        """The run's jobs that have not ended. The queue knows them at once, the events may still be on their way."""
        ours = self._wanted | self.tally.jobs.keys()
        return [job for job in self._studio.engine.queue.live if job.id in ours and not self.tally.ended(job.id)]

    def finish(self, *, interrupted: bool) -> None:
        """Say how it ended. Jobs without an end are named too, unless they were interrupted and go on."""
        for job in [] if interrupted else self.tally.open():
            if job.state in WAITING:
                why = Failure(NOT_SENT, "It was not sent.", "Run it again: nothing was charged.", "not charged")
                self._fail(job, why)
            elif job.id in self._held:
                self._fail(job, self._held[job.id])
            elif job.state is JobState.COMPLETED:
                self._fail(job, ELSEWHERE)
            else:
                self._lose(job)
        self._close()

    def abandon(self) -> None:
        """Say how far it came when something unforeseen ended it."""
        if self.tally.jobs:
            self._close()

    def _close(self) -> None:
        if not self._closed:
            self._closed = True
            self._report.done(self.tally)

    async def _hear(self, event: Event) -> None:
        match event:
            case Planned(jobs):
                if ours := [job for job in jobs if self._is_ours(job)]:
                    self.expect(ours)
            case Noticed(text):
                say(text)
            case Moved(job) if job.id in self.tally.jobs:
                self._moved(job)
            case Logged(job, lines) if job.id in self.tally.jobs:
                for line in lines:
                    self._report.logged(job, line.message)
            case Stored(job, take) if job.id in self.tally.jobs:
                await self._stored(job, take)
            case Brought(job, weights) if job.id in self.tally.jobs and job.id not in self.tally.brought:
                await self._brought(job, weights)
            case Ended(job) if job.id in self.tally.jobs:
                self._ended(job)
            case Held(job, why, remedy) if job.id in self.tally.jobs:
                # The engine tries again by itself; only the end of the run decides.
                self._held[job.id] = Failure(HELD, why, remedy, "charged")
            case _:
                pass

    def _is_ours(self, job: Job) -> bool:
        sent = self._wants_sent and job.state not in WAITING
        return (sent or job.id in self._wanted) and job.id not in self.tally.jobs

    def _moved(self, job: Job) -> None:
        before = self.tally.jobs[job.id]
        self.tally.jobs[job.id] = job
        if (job.state, job.position) == (before.state, before.position):
            return
        match job.state:
            case JobState.SENT:
                self._report.sent(job)
            case JobState.QUEUED:
                self._report.queued(job)
            case JobState.RUNNING:
                self._report.running(job)
            case _:
                pass

    async def _stored(self, job: Job, take: Take) -> None:
        if job.id in self.tally.stored:
            return
        self._studio.stored(take)
        if self._pick and take.verdict is not Verdict.PICKED and not take.flagged:
            take = await self._picked(take)
        self.tally.store(job, take)
        self._report.stored(job, take)

    async def _brought(self, job: Job, weights: Weights) -> None:
        from studio.workflows.lora_record import take_up, writing

        self.tally.bring(job, weights)
        self._report.brought(job, weights)
        try:
            await take_up(self._studio, writing(self._studio))
        except StudioError as error:
            # The weights are there, and the next start writes them down; only the entry is missing.
            say(f"{weights.path} could not be written into character.toml. {sentence(error)}")

    async def _picked(self, take: Take) -> Take:
        try:
            return await self._studio.decide(take.id, Verdict.PICKED)
        except StudioError as error:
            # The picture is there and the other jobs go on; only the pick is missing.
            say(f"{take.id} could not be picked. {sentence(error)}")
            return take

    def _ended(self, job: Job) -> None:
        given_up = job.id in self.tally.unknown and job.state is JobState.FAILED
        if self.tally.ended(job.id) and not given_up:
            return
        self.tally.unknown.discard(job.id)
        self.tally.jobs[job.id] = job
        if job.state is JobState.UNKNOWN:
            self._lose(job)
        elif job.state is not JobState.STORED:
            self._fail(job, job.failure or Failure(job.state.value, f"The job ended as {job.state.value}."))

    def _fail(self, job: Job, failure: Failure) -> None:
        self.tally.failed[job.id] = failure
        self._report.failed(job, failure)

    def _lose(self, job: Job) -> None:
        self.tally.unknown.add(job.id)
        self._report.unknown(job)


async def run_jobs(
    studio: Studio, begin: Callable[[Follower], Awaitable[None]], report: Report, *, pick: bool = False
) -> int:
    """Begin a run, follow it until every job has ended or a signal comes, close the studio, give the exit code.

    Raises what `begin` raises; the studio is closed then too.
    """
    events = studio.engine.subscribe()
    follower = Follower(studio, report, pick=pick)
    with StopSignals() as signals:
        try:
            await begin(follower)
            listening = asyncio.create_task(follower.listen(events))
            await _first(studio.engine.queue.idle(follower.is_awaited), signals.stopped.wait(), listening)
            interrupted = signals.stopped.is_set()
            if interrupted:
                say(_farewell(studio, follower.unfinished()))
                await studio.engine.queue.close()
            events.close()
            await listening
            follower.finish(interrupted=interrupted)
        finally:
            events.close()
            follower.abandon()
            await studio.close()
    return signals.exit if interrupted else int(follower.tally.exit())


async def _first(idle: Awaitable[None], stopped: Awaitable[bool], listening: asyncio.Task[None]) -> None:
    ends = [asyncio.ensure_future(idle), asyncio.ensure_future(stopped)]
    await asyncio.wait([*ends, listening], return_when=asyncio.FIRST_COMPLETED)
    for end in ends:
        end.cancel()
    results = await asyncio.gather(*ends, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


def _farewell(studio: Studio, left: Sequence[Job]) -> str:
    waiting = sum(job.state in WAITING for job in left)
    going = len(left) - waiting
    words = ["Stopped."]
    if going:
        place = "in the sandbox" if studio.sandbox else "at fal"
        jobs, verb = ("1 job", "goes") if going == 1 else (f"{going} jobs", "go")
        words.append(f"{jobs} {verb} on {place}: studio rescue {studio.project.folder} fetches what comes.")
    if waiting:
        words.append(f"{waiting} {'was' if waiting == 1 else 'were'} not sent and cost nothing.")
    return " ".join(words)
