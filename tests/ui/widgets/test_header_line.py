"""The header says as much of the money as there is room for, and what the budget leaves last of all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.domain.pose import Pose
from studio.ui.session import Offer
from studio.ui.state.budget_left import BudgetLeft
from studio.ui.widgets.header_line import HeaderLine, Standing
from studio.ui.widgets.offer_line import OfferLine

LEFT = BudgetLeft(Decimal("4.60"), "day")
PAID = Standing("Glitch", sandbox=False, today=Decimal("0.40"), session=Decimal("0.15"), left=LEFT)


def text(standing: Standing, width: int) -> str:
    return "".join(run.text for run in HeaderLine(standing).rows(width)[0])


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (118, "$0.15 this session · $0.40 today · $4.60 left of the day"),
        (78, "$0.40 today · $4.60 left"),
        (40, "$4.60 left"),
    ],
)
def test_what_is_left_stays_when_room_is_short(width: int, said: str) -> None:
    row = text(PAID, width)
    assert row.endswith(said)
    assert len(row) <= width


def test_the_sandbox_tells_what_it_would_have_cost_and_what_of_it_is_of_now() -> None:
    standing = Standing("Glitch", would_cost=Decimal("0.40"), session=Decimal("0.15"))
    assert text(standing, 198).endswith("$0.00 today (would cost $0.40, $0.15 of it this session)")
    assert text(standing, 78).endswith("$0.00 today (would cost $0.40)")
    assert text(standing, 46).endswith("$0.00 today")


def offer(*, unsure: tuple[str, ...] = (), left: BudgetLeft | None = None) -> str:
    line = OfferLine(Offer((Pose("a", ""),), 2, Decimal("0.05"), unsure=unsure, left=left))
    return "\n".join("".join(run.text for run in row) for row in line.rows(42))


def test_parts_that_are_not_in_the_price_are_said_beside_it() -> None:
    said = offer(unsure=("Reading the prompt is charged too.",))
    assert "~ $0.10 and more" in said
    assert "and: Reading the prompt" in said


def test_a_plan_the_budget_refuses_says_what_is_left() -> None:
    assert "$0.04 left of the day" in offer(left=BudgetLeft(Decimal("0.04"), "day"))
    assert "ctrl+g" in offer(left=BudgetLeft(Decimal("0.10"), "day"))
