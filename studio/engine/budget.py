"""The spend gate: what a plan may cost. It fails closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.errors import SpendRefused
from studio.domain.job import Job, JobState

NOT_SPENT = frozenset({JobState.FAILED, JobState.CANCELLED, JobState.PAUSED})


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits in USD; None means no limit."""

    session: Decimal | None = None
    day: Decimal | None = None


def committed(jobs: Sequence[Job]) -> Decimal:
    """What these jobs have cost or will cost: billed where known, else estimated. Sandbox jobs cost nothing."""
    return sum(
        (_cost(job) for job in jobs if not job.sandbox and job.state not in NOT_SPENT),
        start=money.ZERO,
    )


def check(plan: Sequence[Job], session: Sequence[Job], day: Sequence[Job], budget: Budget) -> None:
    """Refuse a plan that would leave the budget. Raises SpendRefused; nothing is sent then."""
    real = [job for job in plan if not job.sandbox]
    if not real or (budget.session is None and budget.day is None):
        return
    wanted, unknown = money.total(job.estimate for job in real)
    if unknown:
        raise SpendRefused(
            f"The price of {unknown} of {len(real)} pictures is unknown, so the budget cannot be kept.",
            "Choose a model with a known price, or take the budget out of studio.toml.",
        )
    for name, limit, spent in (("session", budget.session, session), ("day", budget.day, day)):
        if limit is None:
            continue
        left = limit - committed(spent)
        if wanted > left:
            raise SpendRefused(
                f"This plan would cost {money.shown(wanted)}; {money.shown(max(left, money.ZERO))} is left of the "
                f"{money.shown(limit)} budget for the {name}.",
                f"Raise budget_{name} in studio.toml (F2), or make fewer takes.",
            )


def _cost(job: Job) -> Decimal:
    if job.billed is not None:
        return job.billed
    return job.estimate if job.estimate is not None else money.ZERO
