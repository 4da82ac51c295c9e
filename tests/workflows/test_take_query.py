"""The filter line: what each word of it lets through."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.take import Take, Verdict
from studio.workflows.take_query import Folds, known_words, parse_query
from studio.workflows.take_sorts import SORTS

NOON = datetime.now(UTC).astimezone().replace(hour=12, minute=0, second=0, microsecond=0).timestamp()
DAY = 86_400.0


def take(number: int, **changes: Any) -> Take:
    made = Take(
        id=f"running-{number:03d}",
        job=f"job-{number}",
        pose="Running",
        path=f"takes/running/running-{number:03d}.png",
        width=768,
        height=1024,
        created=NOON - number * DAY,
        endpoint="fal-ai/flux-2-flex",
        seed=100 + number,
        request_id="r",
        prompt="A knight runs through a neon city",
        estimate=Decimal("0.05"),
    )
    return replace(made, **changes)


TAKES = [
    take(0, verdict=Verdict.PICKED, stars=5),
    take(1, verdict=Verdict.REJECTED, stars=1, billed=Decimal("0.12")),
    take(2, pose="Sword lunge", id="sword-lunge-001", draft=True, stars=3),
    take(3, flagged=True, endpoint="fal-ai/flux-pro/kontext", seed=None, estimate=None),
    take(40, prompt="Ein Mädchen im Regen 雨の街", sandbox=True, billed=Decimal("9.00")),
]


def found(text: str) -> list[int]:
    """Numbers of the takes a filter line lets through."""
    query = parse_query(text, NOON)
    chosen = {take.id for take in query.select(TAKES, Folds())}
    return [number for number, take in enumerate(TAKES) if take.id in chosen]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("KNIGHT neon", [0, 1, 2, 3]),
        ("mädchen", [4]),
        ("MÄDCHEN 雨の", [4]),
        ('"neon city"', [0, 1, 2, 3]),
        ('"city neon"', []),
        ("-knight", [4]),
        ("pose:sword-lunge", [2]),
        ("pose:run", [0, 1, 3, 4]),
        ('pose:"sword lunge"', [2]),
        ("pose:sword,kick", [2]),
        ("model:kontext", [3]),
        ("verdict:picked", [0]),
        ("verdict:picked|rejected", [0, 1]),
        ("-verdict:rejected", [0, 2, 3, 4]),
        ("stars:>=3", [0, 2]),
        ("stars:1..3", [1, 2]),
        ("stars:0", [3, 4]),
        ("seed:100", [0]),
        ("seed:100,102", [0, 2]),
        ("price:<0.1", [0, 2, 4]),
        ("price:>0.1", [1]),
        ("price:unknown", [3]),
        ("date:today", [0]),
        ("date:yesterday", [1]),
        ("date:week", [0, 1, 2, 3]),
        ("draft", [2]),
        ("refused", [3]),
        ("sandbox", [4]),
        ('"draft"', []),
        ("undecided -draft -refused", [4]),
        ("take:sword", [2]),
        ("size:768x1024 stars:5", [0]),
    ],
)
def test_a_term_lets_through_what_it_says(text: str, numbers: list[int]) -> None:
    assert found(text) == numbers


def test_days_are_days_of_the_calendar() -> None:
    day = datetime.fromtimestamp(NOON - 2 * DAY, UTC).astimezone().date()
    assert found(f"date:{day}") == [2]
    assert found(f"date:>{day}") == [0, 1]
    assert found(f"date:<={day}") == [2, 3, 4]
    assert 0 in found(f"date:{day.year - 1}..{day.year + 1}")


@pytest.mark.parametrize(
    "text", ["stars:", "stars:>=", "stars:many", "verdict:x", "date:2026-13", "date:soon", "price:nan"]
)
def test_a_term_that_says_nothing_yet_keeps_nothing_out_and_is_named(text: str) -> None:
    query = parse_query(text, NOON)
    assert len(query.problems) == 1 and text.split(":")[0] in query.problems[0]
    assert len(found(text)) == len(TAKES)


def test_a_field_nobody_knows_is_looked_for_as_a_word() -> None:
    assert found("neon:city") == []
    assert found("8:30") == []
    assert {"pose:", "stars:", "draft"} <= set(known_words())


@given(st.text(max_size=40))
def test_no_line_can_break_the_filter(text: str) -> None:
    parse_query(text, NOON).select(TAKES, Folds())


@given(st.sampled_from(sorted(known_words())), st.text(max_size=20))
def test_no_value_can_break_a_field(word: str, value: str) -> None:
    parse_query(word + value, NOON).select(TAKES, Folds())


def test_every_order_puts_all_takes_in_one_line() -> None:
    def order(name: str) -> list[int]:
        return [TAKES.index(one) for one in sorted(TAKES, key=SORTS[name].place)]

    assert order("newest") == [0, 1, 2, 3, 4]
    assert order("oldest") == [4, 3, 2, 1, 0]
    assert order("stars") == [0, 2, 1, 3, 4]
    assert order("price") == [1, 0, 2, 4, 3]
    assert order("pose") == [4, 3, 1, 0, 2]
