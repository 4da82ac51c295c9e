"""The spend gate: what a plan may cost. It fails closed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.errors import SpendRefused
from studio.domain.job import Job
from studio.engine.ports import Journal

DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits in USD; None means no limit."""

    session: Decimal | None = None
    day: Decimal | None = None


Gate = Callable[[Sequence[Job], Collection[str]], None]
"""Refuses Jobs that would leave the budget, by raising SpendRefused. The second argument holds ids of jobs that stand
in the journal as *written* and are not to be counted: these Jobs themselves, and those that nobody will send.
"""


def gate(journal: Journal, budget: Budget, now: float, session: str, opened: float) -> Gate | None:
    """The gate of one sitting, or None without a budget. Its session is what it ordered, and whatever any window on the
    project sent since it was `opened`; `opened` and `now` are seconds since the epoch.
    """
    if budget == Budget():
        return None

    def weigh(jobs: Sequence[Job], besides: Collection[str]) -> None:
        sitting = journal.committed(opened, session, besides)
        check(jobs, sitting, journal.committed(now - DAY, None, besides), budget)

    return weigh


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
            f"The price of {unknown} of {len(real)} pictures is unknown: the budget cannot be kept. Nothing was sent.",
            "Choose a model with a known price, or take the budget out of studio.toml.",
        )
    for name, limit, spent in (("session", budget.session, session), ("day", budget.day, day)):
        if limit is None:
            continue
        left = limit - spent
        if wanted > left:
            raise SpendRefused(
                f"This plan would cost {money.shown(wanted)}; {money.shown(max(left, money.ZERO))} is left of the "
                f"{money.shown(limit)} budget for the {name}. Nothing was sent.",
                f"Raise `{name}` under [budget] in studio.toml (F2), or make fewer takes.",
            )
