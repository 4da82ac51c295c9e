"""The ledger: what was estimated and what was billed, summed as decimals and never as floats."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.job import JobState
from studio.domain.money import ZERO
from studio.domain.spent import Spent
from studio.library.database import Database, Value
from studio.library.job_rows import amount

NOT_PAID = frozenset({JobState.WRITTEN, JobState.PAUSED, JobState.CANCELLED, JobState.FAILED})
"""States in which nothing is owed unless fal reported billed units, or had finished the work before it was lost."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in USD over the jobs that left for fal since a moment. Sandbox jobs stand in `would_cost` alone."""

    estimated: Decimal
    """Estimates of the real jobs that are or may be paid."""
    billed: Decimal
    """What fal billed for real jobs, as far as it said."""
    spent: Decimal
    """Billed where known, else estimated: the figure of the status line."""
    would_cost: Decimal
    """The same for sandbox jobs, which cost nothing."""
    unpriced: int
    """Real jobs that are or may be paid and have neither amount."""
    counts: Mapping[JobState, int]
    """Jobs by state, sandbox ones among them."""


def totals(database: Database, since: float | None = None, session: str | None = None) -> Totals:
    """The sums over jobs sent since a moment (all when None), of one session where it is given."""
    return _totals(database, *_where(since, session))


def committed(database: Database, since: float, session: str | None, besides: Collection[str]) -> Decimal:
    """USD that is or may be paid for real jobs sent since a moment or ordered in a session, with what every written
    job that was not sent yet will cost, those of the job ids `besides` left out.
    """
    sent = "WHERE sent IS NOT NULL AND (sent >= ? OR session = ?)"
    waiting = database.rows("SELECT id, estimate FROM job WHERE state = 'written' AND NOT sandbox")
    ahead = [amount(row["estimate"]) for row in waiting if row["id"] not in besides]
    return _totals(database, sent, [since, session]).spent + money.total(ahead)[0]


def _totals(database: Database, where: str, values: list[Value]) -> Totals:
    lost = _finished_and_lost(database, where, values)
    # Equal amounts are counted together, so ten thousand jobs become a handful of decimals.
    groups = database.rows(
        f"SELECT state, sandbox, estimate, billed, count(*) AS n FROM job {where} GROUP BY 1, 2, 3, 4", values
    )
    estimated = billed = spent = would = ZERO
    unpriced = 0
    counts: dict[JobState, int] = {}
    for group in groups:
        state, count = JobState(group["state"]), group["n"]
        counts[state] = counts.get(state, 0) + count
        if state in NOT_PAID and group["billed"] is None:
            # Of these, only what fal had finished is paid; the rest of the group is owed by nobody.
            count = lost.get((state, group["sandbox"], group["estimate"]), 0)
            if not count:
                continue
        guess, bill = amount(group["estimate"]), amount(group["billed"])
        known = bill if bill is not None else guess
        if group["sandbox"]:
            would += (known or ZERO) * count
            continue
        estimated += (guess or ZERO) * count
        billed += (bill or ZERO) * count
        spent += (known or ZERO) * count
        unpriced += count if known is None else 0
    return Totals(estimated, billed, spent, would, unpriced, counts)


def spent(database: Database, since: float | None = None, session: str | None = None) -> list[Spent]:
    """A line for every job that left for fal since a moment (all when None), oldest first."""
    where, values = _where(since, session)
    rows = database.rows(
        f"""
        SELECT job.id, job.take, job.pose, request.endpoint, session, sent, state, job.sandbox, job.estimate, units,
               unit_price, job.billed, coalesce(verdict = 'picked' AND NOT trashed, 0) AS picked,
               result IS NOT NULL AS finished,
               CASE WHEN state IN ('failed', 'cancelled', 'unknown')
                    THEN json_extract(rest, '$.failure.charged') END AS charged
        FROM job JOIN request USING (digest) LEFT JOIN take ON take.job = job.id {where} ORDER BY job.seq
        """,
        values,
    )
    return [
        Spent(
            job=row["id"],
            take=row["take"],
            pose=row["pose"],
            endpoint=row["endpoint"],
            session=row["session"],
            sent=row["sent"],
            state=JobState(row["state"]),
            sandbox=bool(row["sandbox"]),
            picked=bool(row["picked"]),
            estimate=amount(row["estimate"]),
            units=amount(row["units"]),
            unit_price=amount(row["unit_price"]),
            billed=amount(row["billed"]),
            finished=bool(row["finished"]),
            charged=row["charged"] or "",
        )
        for row in rows
    ]


def _finished_and_lost(
    database: Database, where: str, values: list[Value]
) -> dict[tuple[JobState, int, str | None], int]:
    """How many jobs without a bill came to nothing after fal had finished them. They are few: state has an index."""
    groups = database.rows(
        f"SELECT state, sandbox, estimate, count(*) AS n FROM job {where} AND state = 'failed' AND billed IS NULL "
        "AND result IS NOT NULL GROUP BY 1, 2, 3",
        values,
    )
    return {(JobState(row["state"]), row["sandbox"], row["estimate"]): row["n"] for row in groups}


def _where(since: float | None, session: str | None) -> tuple[str, list[Value]]:
    clauses, values = ["sent IS NOT NULL"], list[Value]()
    if since is not None:
        clauses.append("sent >= ?")
        values.append(since)
    if session is not None:
        clauses.append("session = ?")
        values.append(session)
    return "WHERE " + " AND ".join(clauses), values
