"""What a run of jobs tells, as one Protocol, and how it is told in JSON lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from studio.cli.json_lines import emit, told
from studio.cli.tally import Tally
from studio.domain.charge import charge_of
from studio.domain.job import Failure, Job
from studio.domain.take import Take

if TYPE_CHECKING:
    from studio.domain.lora import Weights

LOOK_AGAIN = "It may be paid: studio rescue looks for it again, and never sends it twice."
"""What to do about a job of unknown fate."""


class Report(Protocol):
    """Hears, in order, what happens to the jobs of a run."""

    def planned(self, jobs: Sequence[Job]) -> None:
        """These jobs stand in the journal; none was sent."""
        ...

    def sent(self, job: Job) -> None:
        """The request is leaving."""
        ...

    def queued(self, job: Job) -> None:
        """It waits at fal; the job knows its position when fal told it."""
        ...

    def running(self, job: Job) -> None:
        """fal works on it."""
        ...

    def logged(self, job: Job, message: str) -> None:
        """A line of fal's log."""
        ...

    def stored(self, job: Job, take: Take) -> None:
        """The picture is on the disk."""
        ...

    def brought(self, job: Job, weights: Weights) -> None:
        """Trained weights are on the disk."""
        ...

    def failed(self, job: Job, failure: Failure) -> None:
        """No picture will come of it in this run."""
        ...

    def unknown(self, job: Job) -> None:
        """It left and nobody knows whether it was paid."""
        ...

    def done(self, tally: Tally) -> None:
        """The run is over."""
        ...


class JsonReport:
    """The events of `studio render --json`; their names and fields are relied on by other programs."""

    def planned(self, jobs: Sequence[Job]) -> None:
        """`planned`."""
        emit("planned", jobs=[{"job": job.id, **request_fields(job)} for job in jobs])

    def sent(self, job: Job) -> None:
        """`sent`."""
        emit("sent", job=job.id)

    def queued(self, job: Job) -> None:
        """`queued`."""
        emit("queued", job=job.id, position=job.position)

    def running(self, job: Job) -> None:
        """Nothing: the log lines say it."""

    def logged(self, job: Job, message: str) -> None:
        """`log`."""
        emit("log", job=job.id, message=told(message))

    def stored(self, job: Job, take: Take) -> None:
        """`stored`; with `pick` when it was picked."""
        picked = {"pick": take.pick} if take.pick else {}
        emit(
            "stored",
            job=job.id,
            pose=job.pose,
            take=take.id,
            path=take.path,
            seed=take.seed,
            request_id=job.request_id,
            estimate=job.estimate,
            billed=job.billed,
            **picked,
        )

    def brought(self, job: Job, weights: Weights) -> None:
        """`weights`: a verified LoRA file, now in the project."""
        emit(
            "weights",
            job=job.id,
            path=weights.path,
            sha256=weights.sha256,
            size=weights.size,
            trigger=weights.training.trigger,
            family=weights.training.family,
            request_id=job.request_id,
            estimate=job.estimate,
            billed=job.billed,
        )

    def failed(self, job: Job, failure: Failure) -> None:
        """`failed`, with what was charged as far as fal says, and what the picture was expected to cost."""
        emit(
            "failed",
            job=job.id,
            kind=failure.kind,
            message=told(failure.message),
            remedy=told(failure.remedy),
            **_money(replace(job, failure=failure)),
        )

    def unknown(self, job: Job) -> None:
        """`unknown`, with what is known of it."""
        message = told(job.failure.message) if job.failure is not None else "It left and no answer came."
        emit("unknown", job=job.id, message=message, remedy=LOOK_AGAIN, **_money(job))

    def done(self, tally: Tally) -> None:
        """`summary`, the last line."""
        emit(
            "summary",
            stored=tally.done,
            failed=len(tally.failed),
            unknown=len(tally.unknown),
            estimate=tally.estimate,
            billed=tally.billed,
        )


def _money(job: Job) -> dict[str, object]:
    return {"charged": told(charge_of(job)) or None, "estimate": job.estimate, "billed": job.billed}


def request_fields(job: Job) -> dict[str, object]:
    """What a plan says of one request: `pose, endpoint, seed, estimate`."""
    request = job.request
    return {"pose": job.pose, "endpoint": request.endpoint, "seed": request.seed, "estimate": job.estimate}
