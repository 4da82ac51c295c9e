"""What a price is in words: tiers, guesses and age are said, and nothing unknown is ever shown as free."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from studio.domain.model import Price, PriceTier
from studio.domain.price_words import short_price, short_prices

NOW = date(2026, 11, 21)
TIERS = (PriceTier({"resolution": "4K"}, Decimal("0.16")), PriceTier({"resolution": "0.5K"}, Decimal("0.06")))


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (Price("image"), "price unknown"),
        (Price("image", Decimal("0.04"), confidence="confirmed"), "$0.04/image"),
        (Price("image", Decimal("0.04")), "$0.04/image?"),
        (Price("megapixel", Decimal("0.05"), "input+output", confidence="confirmed"), "$0.05/MP in+out"),
        (Price("image", Decimal("0.08"), tiers=TIERS, confidence="confirmed"), "from $0.06/image"),
        (
            Price(
                "megapixel",
                Decimal("0.03"),
                first_amount=Decimal("0.03"),
                extra_amount=Decimal("0.015"),
                confidence="confirmed",
            ),
            "$0.03 first MP, then $0.015",
        ),
        (Price("image", Decimal("0.04"), as_of="2026-01-04", confidence="confirmed"), "$0.04/image, 11 months old"),
        (Price("image", Decimal("0.04"), as_of="2026-08-22", confidence="confirmed"), "$0.04/image"),
    ],
)
def test_a_price_in_one_line(price: Price, said: str) -> None:
    assert short_price(price, NOW) == said


def test_where_room_is_short_the_age_goes_first_and_then_what_follows_the_first_megapixel() -> None:
    price = Price(
        "megapixel",
        Decimal("0.07"),
        "input+output",
        first_amount=Decimal("0.07"),
        extra_amount=Decimal("0.03"),
        as_of="2025-10",
        confidence="confirmed",
    )
    assert short_prices(price, NOW) == [
        "$0.07 first MP, then $0.03 in+out, 13 months old",
        "$0.07 first MP, then $0.03 in+out",
        "from $0.07/MP",
    ]
