"""The life of one Job: send, follow, store. Every step is in the journal before the next begins."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain import errors
from studio.domain.job import AT_FAL, Failure, IllegalMove, Job, JobState, ResultKind, names_file, result_file
from studio.domain.request import Json
from studio.domain.take import Take
from studio.engine.desk import Desk
from studio.engine.events import Brought, Held, Logged, Moved, Noticed, Stored
from studio.engine.ports import Completed, Download, Provider, Queued, Running

if TYPE_CHECKING:
    from studio.domain.lora import Weights

DOWNLOAD_LIMITS = {ResultKind.PICTURE: 200 * 1024 * 1024, ResultKind.WEIGHTS: 2 * 1024**3}
"""Bytes of one result file: a lossless 16-megapixel picture is below 60 MB, a LoRA of rank 64 below 1 GB."""

DOWNLOAD_PAUSES = (0.5, 2.0, 5.0)
"""Seconds between the tries for one picture; afterwards it stays completed and rescue takes it up again."""

KEEP_PAUSES = (0.5, 1.5, 4.0)
"""Seconds between the tries to write down what fal answered, while the journal's disk is full."""

GONE_AFTER = 24 * 3600.0
"""Seconds for which a file that fal's file host does not find is asked for again: hosts forget for a moment, too."""

GONE_PICTURE = ("fal no longer has this picture.", "Run the pose again with the same seed.")
GONE_WEIGHTS = ("fal no longer has these weights.", "Train again; the dataset is still in the project.")

STILL_ASKED = "It is asked for again for a day, also by studio rescue; do not buy it again before."
"""Remedy of a picture that is paid for and not found until GONE_AFTER has passed."""

VERDICTS = (errors.Refused, errors.BadInput, errors.Unavailable, errors.TimedOut)
"""What fal says about a job itself. Anything else while following it, such as a key that was revoked meanwhile, says
nothing about the job: it stays unknown, and rescue follows it again."""


def failure(error: errors.StudioError, charged: str = "") -> Failure:
    """What the journal keeps of an error."""
    known = charged or getattr(error, "charged", "")
    return Failure(error.kind, error.happened, error.remedy, known, getattr(error, "field", ""))


class JobLife:
    """Moves Jobs along."""

    def __init__(self, provider: Provider, desk: Desk) -> None:
        self.provider = provider
        self.desk = desk
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
        why = Failure("cancelled", "Cancelled before it was sent.", "", "not charged")
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
            return await self.desk.end(job.move(JobState.CANCELLED, self._now(), failure=failure(error)))
        except VERDICTS as error:
            return await self.desk.end(job.move(JobState.FAILED, self._now(), failure=failure(error)))
        except errors.ProviderError as error:
            if job.id in self.cancelling and isinstance(error, errors.NotFound):
                return await self.desk.end(job.move(JobState.CANCELLED, self._now(), failure=failure(error)))
            return await self._lost(job, error)
        if job.state in AT_FAL:
            return await self._lost(job, errors.Broken("fal stopped telling about this job before it was done."))
        return job

    async def store(self, job: Job) -> Job:
        """Bring a completed job's file to disk. It stays *completed* when that cannot be done yet."""
        error: errors.StudioError | None = None
        for pause in (*DOWNLOAD_PAUSES, None):
            try:
                return await self._store_once(job)
            except errors.StudioError as problem:
                error = problem
                if pause is None or isinstance(problem, errors.ProjectError):
                    break
                if isinstance(problem, errors.NotFound) or not _names_file(job.result):
                    job = await self._ask_again(job)
                await self.desk.clock.sleep(pause)
        if isinstance(error, errors.NotFound) and self._now() - job.moved > GONE_AFTER:
            gone = errors.Broken(*(GONE_WEIGHTS if job.trains else GONE_PICTURE))
            return await self.desk.end(job.move(JobState.FAILED, self._now(), failure=failure(gone)))
        if error is not None:
            remedy = STILL_ASKED if isinstance(error, errors.NotFound) else error.remedy
            self.desk.tell(Held(job, error.happened, remedy))
        return job

    async def _ask_again(self, job: Job) -> Job:
        """The job with its result as fal gives it now, which may name a file where the old one named none."""
        if job.handle is None:
            return job
        try:
            done = await self.provider.collect(job.handle)
        except errors.ProviderError:
            return job
        result = json.dumps(done.result, ensure_ascii=False)
        if result == job.result or not _names_file(result):
            return job
        return await self.desk.save(replace(job, result=result))

    async def _store_once(self, job: Job) -> Job:
        result = json.loads(job.result or "null")
        # What is here already outlives its address: fal may have deleted the file meanwhile.
        left = await self.desk.hands(self.desk.shelf.left, job)
        if isinstance(left, Download) or left is None:
            download = left or await self._download(job, result)
            left = await self.desk.hands(self._put_in_place, job, download, result)
        job = await self.desk.save(job.move(JobState.STORED, self._now(), take=left.id))
        self.desk.tell(Stored(job, left) if isinstance(left, Take) else Brought(job, left))
        return job

    def _put_in_place(self, job: Job, download: Download, result: Json) -> Take | Weights:
        shelf = self.desk.shelf
        return shelf.keep_weights(job, download) if job.trains else shelf.store(job, download, result)

    async def _download(self, job: Job, result: Json) -> Download:
        try:
            file = result_file(result)
        except ValueError as error:
            raise errors.Broken(f"fal's result for {job.pose} cannot be used: {error}.") from error
        inbox = await self.desk.hands(self.desk.shelf.inbox, job)
        return await self.provider.download(file.url, inbox, DOWNLOAD_LIMITS[file.kind])

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

    async def _lost(self, job: Job, error: errors.StudioError) -> Job:
        return await self.desk.end(job.move(JobState.UNKNOWN, self._now(), failure=failure(error, "maybe charged")))

    def _now(self) -> float:
        return self.desk.clock.now()


def _names_file(result: str | None) -> bool:
    try:
        return names_file(json.loads(result or "null"))
    except ValueError:
        return False
