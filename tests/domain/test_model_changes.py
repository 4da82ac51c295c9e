"""What an artist is told about a model that was read again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from studio.domain.model import UNREAD, Model, Param, Price, PriceTier
from studio.domain.model_changes import Change, What, changes

STEPS = Param("steps", "integer", default=28, min=Decimal(1), max=Decimal(50))
MODE = Param("mode", "enum", enum=("a", "b"))
PRICE = Price("image", Decimal("0.05"), tiers=(PriceTier({"quality": "high"}, Decimal("0.10")),))
BEFORE = Model("a/b", "B", "edit", "f", "v", "x.", (STEPS, MODE), PRICE, schema="2026-08-22")


def test_nothing_is_told_of_a_model_that_stayed_as_it_was() -> None:
    assert changes(BEFORE, replace(BEFORE, schema="2026-11-20", price=replace(PRICE, as_of="2026-11-20"))) == []


def test_a_price_is_told_with_what_it_was() -> None:
    price = replace(PRICE, amount=Decimal("0.06"), tiers=(PriceTier({"quality": "high"}, Decimal("0.12")),))
    assert changes(BEFORE, replace(BEFORE, price=price)) == [
        Change("a/b", What.PRICE, "", "", Decimal("0.05"), Decimal("0.06")),
        Change("a/b", What.PRICE, "quality high", "", Decimal("0.10"), Decimal("0.12")),
    ]


def test_another_unit_is_told_before_the_amount_is() -> None:
    price = replace(PRICE, unit="megapixel", tiers=())
    assert changes(BEFORE, replace(BEFORE, price=price)) == [
        Change("a/b", What.PRICE, "unit", "", "image", "megapixel")
    ]


def test_arguments_that_came_went_and_changed_are_told_by_name() -> None:
    steps = replace(STEPS, max=Decimal(60), default=30)
    params = (steps, Param("mood", "string"))
    assert changes(BEFORE, replace(BEFORE, params=params)) == [
        Change("a/b", What.REMOVED, "mode"),
        Change("a/b", What.ADDED, "mood", after="string"),
        Change("a/b", What.CHANGED, "steps", "default", 28, 30),
        Change("a/b", What.CHANGED, "steps", "max", 50, 60),
    ]


def test_a_model_that_was_given_up_names_what_follows_it() -> None:
    after = replace(BEFORE, deprecated=True, newer="a/c")
    assert changes(BEFORE, after) == [Change("a/b", What.DEPRECATED, after="a/c")]


def test_a_model_nobody_had_read_is_one_change_and_not_twenty() -> None:
    assert changes(replace(BEFORE, params=(), schema=UNREAD), BEFORE) == [Change("a/b", What.READ, after=2)]
