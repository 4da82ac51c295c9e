"""What is known about the money of a job that came to nothing: as far as fal says."""

from __future__ import annotations

from studio.domain.job import Job, JobState

NOT = "not charged"
MAYBE = "maybe charged"
CHARGED = "charged"


def charge_of(job: Job) -> str:
    """`not charged`, `maybe charged`, `charged`, or a short sentence; empty while nothing is known.

    Nothing of the sandbox is charged; what fal billed or had finished is.
    """
    if job.sandbox:
        return NOT
    if job.billed is not None:
        return CHARGED if job.billed else NOT
    if job.result is not None:
        return CHARGED
    if job.failure is not None and job.failure.charged:
        return job.failure.charged
    return MAYBE if job.state is JobState.UNKNOWN else ""
