"""What is left of the budget, as the spend gate would count it: what is paid, and what is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from studio.config.settings import Settings
from studio.domain import money
from studio.domain.job import JobState
from studio.ui.state.live import LiveJobs


@dataclass(frozen=True, slots=True)
class BudgetLeft:
    """USD left until the next plan would be refused, and of which budget: `session` or `day`."""

    amount: Decimal
    name: str


def budget_left(settings: Settings, live: LiveJobs, day_before: Decimal) -> BudgetLeft | None:
    """The tighter one of the two budgets; None when none is set. `day_before` are the USD paid in the day before this
    sitting. Sandbox pictures cost nothing.
    """
    lost = [job for job in live.faults if job.state is JobState.UNKNOWN]
    ahead = [job for job in (*live.live, *lost) if not job.sandbox and job.state is not JobState.PAUSED]
    session = live.paid + money.total(job.estimate for job in ahead)[0]
    limits = ((settings.budget_session, session, "session"), (settings.budget_day, session + day_before, "day"))
    left = [BudgetLeft(max(money.ZERO, limit - spent), name) for limit, spent, name in limits if limit is not None]
    return min(left, key=lambda one: one.amount, default=None)
