"""The budget fails closed, with the numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from studio.domain.errors import SpendRefused
from studio.domain.job import JobState
from studio.engine.budget import Budget, check, committed
from tests.engine.conftest import World


def test_a_plan_that_leaves_the_budget_is_refused_with_what_it_costs_and_what_is_left(world: World) -> None:
    spent = [replace(world.job(), state=JobState.STORED, billed=Decimal("0.90"))]
    plan = [replace(world.job(), estimate=Decimal("0.06")) for _ in range(2)]
    with pytest.raises(SpendRefused, match=r"\$0\.12; \$0\.10 is left of the \$1\.00 budget for the day"):
        check(plan, [], spent, Budget(day=Decimal(1)))
    check(plan[:1], [], spent, Budget(day=Decimal(1)))


def test_jobs_on_their_way_count_so_that_parallel_plans_cannot_slip_under_it(world: World) -> None:
    running = [
        replace(world.job(), state=state, estimate=Decimal("0.30")) for state in (JobState.SENT, JobState.WRITTEN)
    ]
    with pytest.raises(SpendRefused):
        check([world.job()], running, [], Budget(session=Decimal("0.60")))


def test_an_unknown_price_cannot_be_budgeted(world: World) -> None:
    with pytest.raises(SpendRefused, match="unknown"):
        check([replace(world.job(), estimate=None)], [], [], Budget(session=Decimal(100)))


def test_the_sandbox_and_what_failed_cost_nothing(world: World) -> None:
    free = [world.job(sandbox=True), replace(world.job(), state=JobState.FAILED)]
    assert committed(free) == 0
    check([world.job(sandbox=True)], [], [], Budget(session=Decimal(0)))
    maybe = replace(world.job(), state=JobState.UNKNOWN)
    assert committed([maybe]) == Decimal("0.025")
