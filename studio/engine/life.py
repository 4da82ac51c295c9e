"""The life of one Job at fal: send, follow. Every step is in the journal before the next begins."""

from __future__ import annotations

import json
from dataclasses import replace

from studio.domain import errors
from studio.domain.charge import MAYBE, NOT
from studio.domain.job import AT_FAL, Failure, IllegalMove, Job, JobState
from studio.engine.desk import Desk
from studio.engine.events import Logged, Moved, Noticed
from studio.engine.failures import failure
from studio.engine.homecoming import Homecoming
from studio.engine.ports import Completed, Provider, Queued, Running

KEEP_PAUSES = (0.5, 1.5, 4.0)
"""Seconds between the tries to write down what fal answered, while the journal's disk is full."""

VERDICTS = (errors.Refused, errors.BadInput, errors.Unavailable, errors.TimedOut)
"""What fal says about a job itself. Anything else while following it, such as a key that was revoked meanwhile, says
nothing about the job: it stays unknown, and rescue follows it again."""


class JobLife:
    """Moves Jobs along."""

    def __init__(self, provider: Provider, desk: Desk) -> None:
        self.provider = provider
        self.desk = desk
        self.home = Homecoming(provider, desk)
        self.cancelling: set[str] = set()
        """Ids of the jobs fal was asked to cancel."""

    async def send(self, job: Job) -> Job:
        """Mark *sent*, POST once, and write down fal's request id before anything looks at its status."""
        job = await self.desk.save(job.move(JobState.SENT, self._now()))
        try:
            handle = await self.provider.submit(job.request)
        except errors.Unknown as error:
            return await self.desk.end(job.move(JobState.UNKNOWN, self._now(), failure=failure(error)))
        except errors.StudioError as error:
            return await self.desk.end(job.move(JobState.FAILED, self._now(), failure=failure(error)))
        return await self._keep(job.move(JobState.QUEUED, self._now(), handle=handle))

    async def drop(self, job: Job) -> str:
        """Cancel a job that was not sent. Gives the sentence to show."""
        why = Failure("cancelled", "Cancelled before it was sent.", "", NOT)
        try:
            await self.desk.end(job.move(JobState.CANCELLED, self._now(), failure=why))
        except IllegalMove:
            return "It has just left, in the other studio: cancel it there."
        return "Cancelled before it was sent: not charged."

    async def follow(self, job: Job) -> Job:
        """Watch a job at fal until its result stands in the journal, or it ended otherwise."""
        if job.handle is None:
            raise ValueError(f"job {job.id} has no request id to follow")
        try:
            async for step in self.provider.watch(job.handle):
                job = await self._step(job, step)
        except errors.Cancelled as error:
            return await self._cancelled(job, error)
        except VERDICTS as error:
            return await self.desk.end(job.move(JobState.FAILED, self._now(), failure=failure(error)))
        except errors.ProviderError as error:
            if job.id in self.cancelling and isinstance(error, errors.NotFound):
                return await self._cancelled(job, error)
            return await self._lost(job, error)
        if job.state in AT_FAL:
            return await self._lost(job, errors.Broken("fal stopped telling about this job before it was done."))
        return job

    async def _step(self, job: Job, step: Queued | Running | Completed) -> Job:
        match step:
            case Queued(position):
                if job.state is JobState.RUNNING:
                    return await self.desk.save(job.move(JobState.QUEUED, self._now(), position=position))
                if position != job.position:
                    job = replace(job, position=position)
                    self.desk.tell(Moved(job))
                return job
            case Running(lines):
                if job.state is not JobState.RUNNING:
                    job = await self.desk.save(job.move(JobState.RUNNING, self._now(), position=None))
                if lines:
                    self.desk.tell(Logged(job, lines))
                return job
            case Completed():
                return await self._complete(job, step)

    async def _complete(self, job: Job, done: Completed) -> Job:
        if done.lines:
            self.desk.tell(Logged(job, done.lines))
        billed = done.units * job.unit_price if done.units is not None and job.unit_price is not None else None
        result = json.dumps(done.result, ensure_ascii=False)
        return await self._keep(
            job.move(JobState.COMPLETED, self._now(), result=result, units=done.units, billed=billed, position=None)
        )

    async def _keep(self, job: Job) -> Job:
        """Save what only this process knows and was paid for; a journal that cannot be written gets a few chances."""
        for pause in KEEP_PAUSES:
            try:
                return await self.desk.save(job)
            except errors.ProjectError as error:
                if pause == KEEP_PAUSES[0]:
                    known = f"Until then only this studio knows that {job.pose} is {job.request_id} at fal."
                    self.desk.tell(Noticed(f"{error.happened} {error.remedy} {known}"))
                await self.desk.clock.sleep(pause)
        return await self.desk.save(job)

    async def _cancelled(self, job: Job, error: errors.StudioError) -> Job:
        # What had begun may have been billed until it was stopped; a queued job costs nothing.
        charged = MAYBE if job.state is JobState.RUNNING or not isinstance(error, errors.Cancelled) else NOT
        return await self.desk.end(job.move(JobState.CANCELLED, self._now(), failure=failure(error, charged)))

    async def _lost(self, job: Job, error: errors.StudioError) -> Job:
        return await self.desk.end(job.move(JobState.UNKNOWN, self._now(), failure=failure(error, MAYBE)))

    def _now(self) -> float:
        return self.desk.clock.now()
