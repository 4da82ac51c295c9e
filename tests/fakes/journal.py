"""A journal in memory that remembers every state in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.job import MOVES, WAITING, IllegalMove, Job, JobState
from studio.domain.spent import Spent


@dataclass(frozen=True)
class FakeTotals:
    """What was spent."""

    spent: Decimal
    would_cost: Decimal
    unpriced: int = 0


class FakeJournal:
    """Keeps rows in a dict; `history` holds every (job id, state) that was written."""

    def __init__(self) -> None:
        self.rows: dict[str, Job] = {}
        self.closed = False
        self.touches = 0
        """Raised by a test that plays another studio."""
        self.history: list[tuple[str, JobState]] = []

    @contextmanager
    def together(self) -> Iterator[None]:
        rows, history = dict(self.rows), list(self.history)
        try:
            yield
        except BaseException:
            self.rows, self.history = rows, history
            raise

    def committed(self, since: float, session: str | None = None, besides: Collection[str] = ()) -> Decimal:
        ahead = [job for job in self.jobs((JobState.WRITTEN,)) if not job.sandbox and job.id not in besides]
        return self.totals(since, session).spent + money.total(job.estimate for job in ahead)[0]

    def write(self, jobs: Sequence[Job]) -> None:
        assert not any(job.id in self.rows for job in jobs)
        for job in jobs:
            self.rows[job.id] = job
            self.history.append((job.id, job.state))

    def save(self, job: Job) -> None:
        before = self.rows[job.id].state
        if job.state not in MOVES[before] and (job.state is not before or job.state is JobState.SENT):
            raise IllegalMove(f"{before} -> {job.state}")
        if self.rows[job.id].request_id and not job.request_id:
            raise IllegalMove("it has moved on")
        self.rows[job.id] = job
        self.history.append((job.id, job.state))

    def job(self, job_id: str) -> Job | None:
        return self.rows.get(job_id)

    def jobs(self, states: Sequence[JobState] = ()) -> list[Job]:
        return [job for job in self.rows.values() if not states or job.state in states]

    def claimed(self, besides: Collection[str] = ()) -> set[str]:
        return {job.request_id for job in self.rows.values() if job.request_id and job.id not in besides}

    def duplicate(self, digest: str) -> Job | None:
        return next((job for job in self.rows.values() if job.take and job.request.digest == digest), None)

    def last_seed(self) -> int | None:
        return next((job.request.seed for job in reversed(self.rows.values()) if job.request.seed is not None), None)

    def totals(self, since: float | None = None, session: str | None = None) -> FakeTotals:
        sent = [job for job in self.rows.values() if job.state not in (*WAITING, JobState.FAILED, JobState.CANCELLED)]
        ours = [job for job in sent if session in (None, job.session) and job.created >= (since or 0)]
        sums = {
            sandbox: money.total(j.billed or j.estimate for j in ours if j.sandbox == sandbox)[0] for sandbox in (0, 1)
        }
        return FakeTotals(sums[0], sums[1])

    def spent(self, since: float | None = None, session: str | None = None) -> list[Spent]:
        ours = [job for job in self.rows.values() if job.state not in WAITING and session in (None, job.session)]
        return [
            Spent(
                job=job.id,
                take=job.take,
                pose=job.pose,
                endpoint=job.request.endpoint,
                session=job.session,
                sent=job.moved,
                state=job.state,
                sandbox=job.sandbox,
                picked=False,
                estimate=job.estimate,
                units=job.units,
                unit_price=job.unit_price,
                billed=job.billed,
                finished=job.result is not None,
                charged=job.failure.charged if job.failure else "",
            )
            for job in ours
            if job.moved >= (since or 0)
        ]

    def touched(self) -> int:
        return self.touches

    def close(self) -> None:
        self.closed = True

    def states(self, job_id: str) -> list[JobState]:
        """Every state a job was written down in."""
        return [state for known, state in self.history if known == job_id]
