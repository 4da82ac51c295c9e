"""The budget fails closed, with the numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from studio.domain.errors import SpendRefused
from studio.engine.budget import Budget, check
from tests.engine.conftest import World

NOTHING = Decimal(0)


def test_a_plan_that_leaves_the_budget_is_refused_with_what_it_costs_and_what_is_left(world: World) -> None:
    plan = [replace(world.job(), estimate=Decimal("0.06")) for _ in range(2)]
    with pytest.raises(SpendRefused, match=r"\$0\.12; \$0\.10 is left of the \$1\.00 budget for the day"):
        check(plan, NOTHING, Decimal("0.90"), Budget(day=Decimal(1)))
    check(plan[:1], NOTHING, Decimal("0.90"), Budget(day=Decimal(1)))


def test_the_session_has_a_budget_of_its_own(world: World) -> None:
    with pytest.raises(SpendRefused, match="budget for the session"):
        check([world.job()], Decimal("0.60"), Decimal("0.60"), Budget(session=Decimal("0.60"), day=Decimal(9)))


def test_an_unknown_price_cannot_be_budgeted(world: World) -> None:
    with pytest.raises(SpendRefused, match="unknown"):
        check([replace(world.job(), estimate=None)], NOTHING, NOTHING, Budget(session=Decimal(100)))


def test_the_sandbox_costs_nothing(world: World) -> None:
    check([world.job(sandbox=True)], Decimal(5), Decimal(5), Budget(session=Decimal(0)))
