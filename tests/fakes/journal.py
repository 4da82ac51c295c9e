"""A journal in memory that remembers every state in order."""

from __future__ import annotations

from collections.abc import Sequence

from studio.domain.job import MOVES, Job, JobState


class FakeJournal:
    """Keeps rows in a dict; `history` holds every (job id, state) that was written."""

    def __init__(self) -> None:
        self.rows: dict[str, Job] = {}
        self.history: list[tuple[str, JobState]] = []

    def write(self, jobs: Sequence[Job]) -> None:
        assert not any(job.id in self.rows for job in jobs)
        for job in jobs:
            self.rows[job.id] = job
            self.history.append((job.id, job.state))

    def save(self, job: Job) -> None:
        before = self.rows[job.id].state
        assert job.state is before or job.state in MOVES[before], f"{before} -> {job.state}"
        self.rows[job.id] = job
        self.history.append((job.id, job.state))

    def job(self, job_id: str) -> Job | None:
        return self.rows.get(job_id)

    def jobs(self, states: Sequence[JobState] = ()) -> list[Job]:
        return [job for job in self.rows.values() if not states or job.state in states]

    def duplicate(self, digest: str) -> Job | None:
        return next((job for job in self.rows.values() if job.take and job.request.digest == digest), None)

    def states(self, job_id: str) -> list[JobState]:
        """Every state a job was written down in."""
        return [state for known, state in self.history if known == job_id]
