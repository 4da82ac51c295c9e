"""How the jobs of one run ended, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.cli.exit_codes import Exit, exit_of_jobs
from studio.domain import money
from studio.domain.job import Failure, Job
from studio.domain.take import Take

if TYPE_CHECKING:
    from studio.domain.lora import Weights


class Tally:
    """Keeps each job of a run until it has ended, and then how."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}
        self.stored: dict[str, Take] = {}
        self.brought: dict[str, Weights] = {}
        """What trainings made, by job; it is on the disk as well."""
        self.failed: dict[str, Failure] = {}
        self.unknown: set[str] = set()

    def expect(self, jobs: Iterable[Job]) -> None:
        """Take in the jobs of the run. What happens to others is none of its business."""
        self.jobs.update({job.id: job for job in jobs})

    def store(self, job: Job, take: Take) -> None:
        """Its picture came, whatever was thought before."""
        self.jobs[job.id] = job
        self.stored[job.id] = take
        self.failed.pop(job.id, None)
        self.unknown.discard(job.id)

    def bring(self, job: Job, weights: Weights) -> None:
        """Its weights came, whatever was thought before."""
        self.jobs[job.id] = job
        self.brought[job.id] = weights
        self.failed.pop(job.id, None)
        self.unknown.discard(job.id)

    @property
    def done(self) -> int:
        """How many jobs ended with something on the disk."""
        return len(self.stored) + len(self.brought)

    def ended(self, job_id: str) -> bool:
        """Whether it is known how a job ended."""
        return any(job_id in ends for ends in (self.stored, self.brought, self.failed, self.unknown))

    def open(self) -> list[Job]:
        """The jobs that have not ended, in their order."""
        return [job for job in self.jobs.values() if not self.ended(job.id)]

    @property
    def estimate(self) -> Decimal:
        """USD that was expected for all jobs whose price is known."""
        return money.total(job.estimate for job in self.jobs.values())[0]

    @property
    def billed(self) -> Decimal | None:
        """USD that fal billed, as far as it said; None when pictures came and it said nothing about any."""
        amounts = [job.billed for job in self.jobs.values() if job.billed is not None]
        return sum(amounts, start=money.ZERO) if amounts or not self.done else None

    def exit(self) -> Exit:
        """The exit code of the run."""
        kinds = {failure.kind for failure in self.failed.values()}
        return exit_of_jobs(self.done, len(self.failed), len(self.unknown), kinds)
