"""What start-up does for Jobs that were paid for and not stored. It never sends anything."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from studio.domain.errors import NotFound, ProviderError
from studio.domain.job import Failure, Handle, Job, JobState, names_file
from studio.domain.request import canonical
from studio.engine.desk import Desk
from studio.engine.ports import PastRequest, Provider

UNFINISHED = (
    JobState.WRITTEN,
    JobState.PAUSED,
    JobState.SENT,
    JobState.QUEUED,
    JobState.RUNNING,
    JobState.COMPLETED,
    JobState.UNKNOWN,
)

LOOK_BACK = 120.0
"""Seconds before a job was sent from which fal's history is searched: clocks differ."""

KEPT = 30 * 24 * 3600.0
"""Seconds for which fal keeps what it was sent (fal docs, media expiration): how far a second search goes back, for
what a clock that was wrong hid from the first."""

MATCH_WINDOW = 600.0
"""Seconds around the sending in which a request without a seed may be taken for ours."""


@dataclass(frozen=True, slots=True)
class Found:
    """What rescue found in the journal."""

    following: tuple[Job, ...]
    """At fal or completed: followed and fetched at no cost, oldest first."""
    paused: tuple[Job, ...]
    """Written and never sent; they wait for a key press."""
    unknown: tuple[Job, ...]
    """Sent, and no answer came: maybe paid."""
    elsewhere: str = ""
    """A sentence when another studio has the project open and sends; nothing was taken up then."""
    sandbox: bool = False
    """True when nothing of this was ever charged."""

    def sentence(self) -> str:
        """What the artist reads; empty when there is nothing to say."""
        parts = [self.elsewhere] if self.elsewhere else []
        if self.following:
            paid, place = ("", " in the sandbox") if self.sandbox else ("paid ", "")
            trainings = sum(job.trains for job in self.following)
            counts = ((len(self.following) - trainings, "picture"), (trainings, "training"))
            said = " and ".join(_count(number, f"{paid}{noun}") for number, noun in counts if number)
            parts.append(f"{said} waiting{place}: fetching.")
        if self.paused:
            parts.append(f"{_count(len(self.paused), 'job')} not sent yet: paused, nothing is sent by itself.")
        if self.unknown:
            where = "looking in the sandbox, nothing is charged" if self.sandbox else "maybe paid: looking at fal"
            parts.append(f"{_count(len(self.unknown), 'job')} of unknown fate, {where}.")
        return " ".join(parts)


class Rescue:
    """Takes up what an earlier run left behind."""

    def __init__(self, provider: Provider, desk: Desk) -> None:
        self._provider = provider
        self._desk = desk

    async def find(self, keep: Collection[str] = ()) -> Found:
        """Read the journal, pause what was never sent, and mark what was sent without an answer as *unknown*.

        Jobs whose ids are in `keep` are this studio's own and under way: they are left alone.
        """
        jobs = await self._desk.pen(self._desk.journal.jobs, UNFINISHED)
        ours = [job for job in jobs if job.sandbox == self._provider.sandbox and job.id not in keep]
        following, paused, unknown = [], [], []
        for job in ours:
            match job.state:
                case JobState.WRITTEN:
                    paused.append(await self._desk.save(job.move(JobState.PAUSED, self._desk.clock.now())))
                case JobState.PAUSED:
                    paused.append(job)
                case JobState.SENT:
                    why = Failure("unknown", "The studio stopped before fal's answer came.", "", "maybe charged")
                    # Unknown since it left, not since somebody looked: the history is searched from there.
                    unknown.append(await self._desk.save(job.move(JobState.UNKNOWN, job.moved, failure=why)))
                case JobState.UNKNOWN if job.handle is not None and not _doubted(job):
                    following.append(await self._adopt(job, job.handle))
                case JobState.UNKNOWN:
                    unknown.append(job)
                case _:
                    following.append(job)
        return Found(tuple(following), tuple(paused), tuple(unknown), sandbox=self._provider.sandbox)

    async def look_up(self, unknown: Sequence[Job]) -> list[Job]:
        """Find unknown jobs in fal's history of our own requests and adopt them. Gives the adopted ones.

        Raises ProviderError when fal refuses the listing or cannot be reached.
        """
        adopted: list[Job] = []
        claimed = await self._desk.pen(self._desk.journal.claimed, {job.id for job in unknown})
        for endpoint in sorted({job.request.endpoint for job in unknown}):
            waiting = [job for job in unknown if job.request.endpoint == endpoint]
            earliest = min(self._desk.clock.now(), *(job.moved for job in waiting))
            for back in (LOOK_BACK, KEPT):
                past = await self._provider.recent(endpoint, earliest - back) if waiting else ()
                free = [one for one in past if one.request_id not in claimed]
                for job, one in match_history(waiting, free):
                    adopted.append(await self._take_up(job, one))
                    claimed.add(one.request_id)
                    waiting.remove(job)
        return adopted

    async def follow_again(self, job: Job) -> Job | None:
        """A job fal said it does not know and whose history shows no other: followed by its own address once more.

        None for a job that has no address.
        """
        return await self._adopt(job, job.handle) if job.handle is not None else None

    async def second_look(self, job_id: str) -> Job | None:
        """Adopt one job of unknown fate when it can be found: by its own address where fal gave one, else in fal's
        history. None when it is not there, or not unknown any more. Raises ProviderError as `look_up` does.
        """
        job = await self._desk.pen(self._desk.journal.job, job_id)
        if job is None or job.state is not JobState.UNKNOWN:
            return None
        if job.handle is not None and not _doubted(job):
            return await self._adopt(job, job.handle)
        return next(iter(await self.look_up([job])), None) or await self.follow_again(job)

    async def _take_up(self, job: Job, past: PastRequest) -> Job:
        """The job at its address in fal's history; where fal has forgotten that, with the result the history kept."""
        handle = queue_handle(past)
        if not _doubted(job) or not names_file(past.output) or await self._remembered(handle):
            return await self._adopt(job, handle)
        result = json.dumps(past.output, ensure_ascii=False)
        now = self._desk.clock.now()
        return await self._desk.save(job.move(JobState.COMPLETED, now, handle=handle, result=result, failure=None))

    async def _remembered(self, handle: Handle) -> bool:
        """True when fal hands the result out at its own address after all, where it says what it billed."""
        try:
            await self._provider.collect(handle)
        except ProviderError:
            return False
        return True

    async def _adopt(self, job: Job, handle: Handle) -> Job:
        moved = job.move(JobState.QUEUED, self._desk.clock.now(), handle=handle, failure=None)
        return await self._desk.save(moved)


def _doubted(job: Job) -> bool:
    """True when fal did not know the request id it had given, which may have been spoilt on its way."""
    return job.failure is not None and job.failure.kind == NotFound.kind


def match_history(jobs: Sequence[Job], history: Iterable[PastRequest]) -> list[tuple[Job, PastRequest]]:
    """Pair unknown jobs with past requests of the same endpoint and the same canonical arguments.

    With a seed among the arguments they alone decide, and so they do for a training, which names an archive at an
    address that nobody else was given. Otherwise the time must fit too, and only when exactly one request fits exactly
    one job.
    """
    free = [past for past in history if past.arguments is not None]
    pairs: list[tuple[Job, PastRequest]] = []
    for job in jobs:
        fits = [past for past in free if canonical(past.arguments) == job.request.body]
        if job.request.seed is None and not job.trains:
            fits = [past for past in fits if abs(past.sent_at - job.moved) <= MATCH_WINDOW]
            rivals = [other for other in jobs if other.request == job.request]
            if len(fits) != 1 or len(rivals) != 1:
                continue
        if fits:
            free.remove(fits[0])
            pairs.append((job, fits[0]))
    return pairs


def queue_handle(past: PastRequest) -> Handle:
    """The addresses of a request that is known by its id alone; fal's paths hold the first two parts of the id."""
    app = "/".join(past.endpoint.split("/")[:2])
    address = f"https://queue.fal.run/{app}/requests/{past.request_id}"
    return Handle(past.request_id, f"{address}/status", address, f"{address}/cancel")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun} is" if number == 1 else f"{number} {noun}s are"
