"""The last step of a Job: its file comes to disk, or is asked for again, or is set aside with its address."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain import errors
from studio.domain.job import Job, JobState, ResultKind, names_file, result_file
from studio.domain.request import Json
from studio.domain.take import Take
from studio.engine.desk import Desk
from studio.engine.events import Brought, Held, Stored
from studio.engine.failures import failure
from studio.engine.ports import Download, Provider

if TYPE_CHECKING:
    from studio.domain.lora import Weights

DOWNLOAD_LIMITS = {ResultKind.PICTURE: 200 * 1024 * 1024, ResultKind.WEIGHTS: 2 * 1024**3}
"""Bytes of one result file: a lossless 16-megapixel picture is below 60 MB, a LoRA of rank 64 below 1 GB."""

DOWNLOAD_PAUSES = (0.5, 2.0, 5.0)
"""Seconds between the tries for one picture; afterwards it stays completed and rescue takes it up again."""

GONE_AFTER = 24 * 3600.0
"""Seconds for which a file that fal's file host does not find is asked for again: hosts forget for a moment, too."""

SPOILT_ROUNDS = 3
"""How many rounds of tries a file gets that comes and cannot be used, before it is set aside."""

GONE_PICTURE = ("fal no longer has this picture.", "Run the pose again with the same seed.")
GONE_WEIGHTS = ("fal no longer has these weights.", "Train again; the dataset is still in the project.")

STILL_ASKED = "It is asked for again for a day, also by studio rescue; do not buy it again before."
"""Remedy of a picture that is paid for and not found until GONE_AFTER has passed."""


class Homecoming:
    """Brings completed jobs' files home. What cannot be brought stays *completed* in the journal, result and all."""

    def __init__(self, provider: Provider, desk: Desk) -> None:
        self._provider = provider
        self._desk = desk
        self.aside: dict[str, Job] = {}
        """Jobs, by id, whose file came so often without being of use that nothing asks for it by itself any more."""
        self._spoilt: Counter[str] = Counter()
        self._told: dict[str, tuple[str, str]] = {}

    async def store(self, job: Job) -> Job:
        """One round of tries. The job is *stored* afterwards, or *failed* when fal no longer has the file, or still
        *completed* when it cannot be brought yet; then the artist hears why, once for the same reason.
        """
        error: errors.StudioError | None = None
        for pause in (*DOWNLOAD_PAUSES, None):
            try:
                return await self._store_once(job)
            except errors.StudioError as problem:
                error = problem
            if pause is None or isinstance(error, errors.ProjectError):
                break
            if isinstance(error, errors.NotFound | errors.Broken):
                before, job = job, await self._ask_again(job)
                if job.result == before.result and _lasts(error):
                    break
            await self._desk.clock.sleep(pause)
        if isinstance(error, errors.NotFound) and self._now() - job.moved > GONE_AFTER:
            gone = errors.Broken(*(GONE_WEIGHTS if job.trains else GONE_PICTURE))
            return await self._desk.end(job.move(JobState.FAILED, self._now(), failure=failure(gone)))
        if isinstance(error, errors.Broken):
            await self._spoil(job, error)
        elif error is not None:
            self._hold(job, error.happened, STILL_ASKED if isinstance(error, errors.NotFound) else error.remedy)
        return job

    def forgive(self, job_id: str) -> None:
        """Somebody wants it to be tried again."""
        self.aside.pop(job_id, None)
        self._spoilt.pop(job_id, None)
        self._told.pop(job_id, None)

    async def _spoil(self, job: Job, error: errors.Broken) -> None:
        self._spoilt[job.id] += 1
        if self._spoilt[job.id] < SPOILT_ROUNDS:
            self._hold(
                job,
                error.happened,
                "It is paid and stays in the journal; it is asked for again, also by studio rescue.",
            )
            return
        self.aside[job.id] = job
        try:
            note = await self._desk.hands(self._desk.shelf.note_address, job, error.happened)
        except errors.ProjectError as problem:
            kept = f"Its address is in the journal ({problem.happened})."
        else:
            kept = f"Its address is kept in {note}."
        self._desk.tell(Held(job, error.happened, f"It is not asked for again by itself. {kept} {AGAIN}", aside=True))

    def _hold(self, job: Job, why: str, remedy: str) -> None:
        if self._told.get(job.id) != (why, remedy):
            self._told[job.id] = (why, remedy)
            self._desk.tell(Held(job, why, remedy))

    async def _ask_again(self, job: Job) -> Job:
        """The job with its result as fal gives it now, which may name a file where the old one named none."""
        if job.handle is None:
            return job
        try:
            done = await self._provider.collect(job.handle)
        except errors.ProviderError:
            return job
        result = json.dumps(done.result, ensure_ascii=False)
        if result == job.result or not names_file(done.result):
            return job
        return await self._desk.save(replace(job, result=result))

    async def _store_once(self, job: Job) -> Job:
        result = json.loads(job.result or "null")
        # What is here already outlives its address: fal may have deleted the file meanwhile.
        left = await self._desk.hands(self._desk.shelf.left, job)
        if isinstance(left, Download) or left is None:
            download = left or await self._download(job, result)
            left = await self._desk.hands(self._put_in_place, job, download, result)
        job = await self._desk.save(job.move(JobState.STORED, self._now(), take=left.id))
        self._desk.tell(Stored(job, left) if isinstance(left, Take) else Brought(job, left))
        return job

    def _put_in_place(self, job: Job, download: Download, result: Json) -> Take | Weights:
        shelf = self._desk.shelf
        return shelf.keep_weights(job, download) if job.trains else shelf.store(job, download, result)

    async def _download(self, job: Job, result: Json) -> Download:
        try:
            file = result_file(result)
        except ValueError as error:
            raise errors.Broken(f"fal's result for {job.pose} cannot be used: {error}.", lasting=True) from error
        inbox = await self._desk.hands(self._desk.shelf.inbox, job)
        return await self._provider.download(file.url, inbox, DOWNLOAD_LIMITS[file.kind])

    def _now(self) -> float:
        return self._desk.clock.now()


AGAIN = "studio rescue tries once more."
"""What fetches a file that was set aside."""


def _lasts(error: errors.StudioError) -> bool:
    return isinstance(error, errors.Broken) and error.lasting
