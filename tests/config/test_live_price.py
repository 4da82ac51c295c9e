"""What fal's one number does to a price rule that knows more."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.config.live_price import unit_of, with_live_price
from studio.config.price_cache import LivePrice
from studio.domain.model import Price, PriceTier

PLAIN = Price("megapixel", Decimal("0.05"), as_of="2026-08-22", confidence="secondary", source="third party")
FIRST = Price("megapixel", Decimal("0.03"), first_amount=Decimal("0.03"), extra_amount=Decimal("0.015"), as_of="2026")
TIERS = Price(
    "second",
    Decimal("0.4"),
    tiers=(
        PriceTier({"resolution": "4k"}, Decimal("0.6")),
        PriceTier({"audio": True}, Decimal("0.4")),
        PriceTier({"audio": False}, Decimal("0.2")),
    ),
    as_of="2026-08-22",
)


def live(amount: str, unit: str, read: str = "2026-11-20") -> LivePrice:
    return LivePrice(Decimal(amount), unit, read)


def test_a_newer_price_takes_the_place_of_the_older_and_says_who_told_it() -> None:
    price = with_live_price(PLAIN, live("0.06", "megapixels"))
    assert (price.amount, price.as_of, price.confidence) == (Decimal("0.06"), "2026-11-20", "confirmed")
    assert price.source == "fal pricing API"


def test_an_older_price_changes_nothing() -> None:
    assert with_live_price(PLAIN, live("0.06", "megapixels", "2026-08-21")) == PLAIN


def test_a_price_of_nothing_is_a_rounded_one_and_changes_nothing() -> None:
    assert with_live_price(PLAIN, live("0", "megapixels")) == PLAIN


def test_an_amount_of_the_rule_confirms_the_whole_rule() -> None:
    for amount in ("0.2", "0.4", "0.6"):
        price = with_live_price(TIERS, live(amount, "seconds"))
        assert (price.amount, price.tiers, price.as_of) == (TIERS.amount, TIERS.tiers, "2026-11-20")


def test_another_amount_moves_all_tiers_with_the_nearest_and_says_so() -> None:
    price = with_live_price(TIERS, live("0.21", "seconds"))
    assert [tier.amount for tier in price.tiers] == [Decimal("0.63"), Decimal("0.42"), Decimal("0.21")]
    assert price.amount == Decimal("0.42")
    assert price.confidence == "secondary"
    assert "$0.21" in price.rules[0] and "$0.20" in price.rules[0]


def test_the_first_and_the_further_megapixel_move_together() -> None:
    price = with_live_price(FIRST, live("0.04", "megapixels"))
    assert (price.first_amount, price.extra_amount) == (Decimal("0.04"), Decimal("0.02"))


def test_another_unit_makes_another_rule() -> None:
    price = with_live_price(TIERS, live("1.5", "videos"))
    assert (price.unit, price.amount, price.tiers) == ("video", Decimal("1.5"), ())


@pytest.mark.parametrize("amount", ["1", "0.0001"])
def test_a_measure_of_fals_own_says_nothing_about_a_rule_that_is_known(amount: str) -> None:
    assert with_live_price(TIERS, live(amount, "units")) == TIERS
    assert with_live_price(PLAIN, live("0.05", "units")).as_of == "2026-11-20"


def test_a_price_that_was_unknown_is_known_now() -> None:
    unknown = Price("megapixel")
    assert with_live_price(unknown, live("0.02", "images")).unit == "image"
    strange = with_live_price(unknown, live("0.02", "1000 characters"))
    assert (strange.unit, strange.amount) == ("unit", Decimal("0.02"))


@pytest.mark.parametrize(
    ("word", "unit"),
    [("megapixels", "megapixel"), ("Compute Seconds", "compute-second"), ("image", "image"), ("units", None)],
)
def test_fals_words_for_units_are_understood(word: str, unit: str | None) -> None:
    assert unit_of(word) == unit
