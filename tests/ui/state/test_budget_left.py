"""What is left of the budget counts what is paid, what runs, and what was lost on the way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from studio.config.settings import Settings
from studio.domain.job import JobState
from studio.engine.events import Ended, Planned
from studio.ui.state.budget_left import BudgetLeft, budget_left
from studio.ui.state.live import LiveJobs
from tests.library.samples import written

NOTHING = Decimal(0)
JOB = replace(written(), sandbox=False, estimate=Decimal("0.05"))


def live(*states: JobState) -> LiveJobs:
    jobs = [replace(JOB, id=f"{number:016}", state=state) for number, state in enumerate(states)]
    return LiveJobs(jobs)


def test_without_a_budget_nothing_is_said() -> None:
    assert budget_left(Settings(), live(JobState.RUNNING), NOTHING) is None


def test_what_is_on_its_way_is_spoken_for_and_what_is_paused_is_not() -> None:
    settings = Settings(budget_session=Decimal("1.00"))
    going = live(JobState.WRITTEN, JobState.RUNNING, JobState.PAUSED)
    assert budget_left(settings, going, NOTHING) == BudgetLeft(Decimal("0.90"), "session")


def test_the_tighter_budget_is_told_and_never_less_than_nothing() -> None:
    settings = Settings(budget_session=Decimal("1.00"), budget_day=Decimal("2.00"))
    assert budget_left(settings, live(), Decimal("1.50")) == BudgetLeft(Decimal("0.50"), "day")
    assert budget_left(settings, live(), Decimal("9.00")) == BudgetLeft(NOTHING, "day")


def test_pictures_of_the_sandbox_cost_nothing_and_lost_ones_may_be_paid() -> None:
    settings = Settings(budget_session=Decimal("1.00"))
    free = LiveJobs([replace(JOB, sandbox=True, state=JobState.RUNNING)])
    assert budget_left(settings, free, NOTHING) == BudgetLeft(Decimal("1.00"), "session")
    lost = live(JobState.SENT)
    lost.take(Planned((replace(JOB, state=JobState.SENT),)))
    lost.take(Ended(replace(JOB, state=JobState.UNKNOWN)))
    assert budget_left(settings, lost, NOTHING) == BudgetLeft(Decimal("0.90"), "session")
