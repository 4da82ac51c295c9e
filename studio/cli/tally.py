"""How the jobs of one run ended, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from studio.cli.exit_codes import Exit, exit_of_jobs
from studio.domain import money
from studio.domain.job import Failure, Job
from studio.domain.take import Take


class Tally:
    """Keeps each job of a run until it has ended, and then how."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}
        self.stored: dict[str, Take] = {}
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

    def ended(self, job_id: str) -> bool:
        """Whether it is known how a job ended."""
        return job_id in self.stored or job_id in self.failed or job_id in self.unknown

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
        return sum(amounts, start=money.ZERO) if amounts or not self.stored else None

    def exit(self) -> Exit:
        """The exit code of the run."""
        kinds = {failure.kind for failure in self.failed.values()}
        return exit_of_jobs(len(self.stored), len(self.failed), len(self.unknown), kinds)
