"""The spend gate: what a plan may cost. It fails closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.errors import SpendRefused
from studio.domain.job import Job, JobState


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits in USD; None means no limit."""

    session: Decimal | None = None
    day: Decimal | None = None


def waiting(jobs: Sequence[Job]) -> Decimal:
    """What the written Jobs will cost that were not sent yet. Sandbox jobs cost nothing."""
    ahead = [job for job in jobs if job.state is JobState.WRITTEN and not job.sandbox]
    return money.total(job.estimate for job in ahead)[0]


def check(plan: Sequence[Job], session: Decimal, day: Decimal, budget: Budget) -> None:
    """Refuse a plan that would leave the budget. `session` and `day` are the USD spent or spoken for already.

    Raises SpendRefused; nothing is sent then.
    """
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
        left = limit - spent
        if wanted > left:
            raise SpendRefused(
                f"This plan would cost {money.shown(wanted)}; {money.shown(max(left, money.ZERO))} is left of the "
                f"{money.shown(limit)} budget for the {name}.",
                f"Raise `{name}` under [budget] in studio.toml (F2), or make fewer takes.",
            )
