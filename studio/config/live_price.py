"""A price rule with what fal's pricing API says laid over it. That API gives one number: tiers are not in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from studio.config.price_cache import LivePrice
from studio.domain import money
from studio.domain.model import Price, PriceTier
from studio.domain.price_age import is_newer

_UNITS = {
    "megapixel": "megapixel",
    "processed megapixel": "megapixel",
    "image": "image",
    "second": "second",
    "compute second": "compute-second",
    "gpu second": "compute-second",
    "video": "video",
    "step": "training-step",
    "training step": "training-step",
}
"""The catalogue's units for fal's words (facts, section 3), the plural s taken off."""

_CENT_OF_A_CENT = Decimal("0.000001")


def unit_of(word: str) -> str | None:
    """The catalogue's unit for fal's word; None for a measure of fal's own, such as `units`."""
    return _UNITS.get(word.strip().lower().removesuffix("s"))


def with_live_price(price: Price, live: LivePrice) -> Price:
    """The rule as of the day the price was read; the rule itself when it is newer than that.

    An amount that is one of the rule's own confirms it. Another one replaces the amount; where there are tiers, all
    of them grow or shrink with the nearest, and the rule says so. A price of 0 is a rounded one and counts as unknown.
    """
    if not is_newer(live.read, price.as_of) or not live.amount:
        return price
    told = replace(price, as_of=live.read, confidence="confirmed", source=live.source)
    unit, known = unit_of(live.unit), _amounts(price)
    if not known:
        return replace(told, unit=unit or "unit", amount=live.amount)
    if live.amount in known and unit in (None, price.unit):
        return told
    if unit is None:  # nothing is known about that measure, so nothing about the amount either
        return price
    if unit != price.unit:
        return replace(
            told,
            unit=unit,
            amount=live.amount,
            first_amount=None,
            extra_amount=None,
            tiers=(),
            rules=(),
            min_units=None,
        )
    tiered = price.tiers or price.first_amount is not None
    return _grown(told, live.amount, known) if tiered else replace(told, amount=live.amount)


def _amounts(price: Price) -> list[Decimal]:
    amounts = [price.amount, price.first_amount, *(tier.amount for tier in price.tiers)]
    return list(dict.fromkeys(amount for amount in amounts if amount))


def _grown(price: Price, amount: Decimal, known: list[Decimal]) -> Price:
    nearest = min(known, key=lambda one: abs((amount / one).ln()))
    factor = amount / nearest

    def grown(old: Decimal | None) -> Decimal | None:
        return None if old is None else _exact(old * factor)

    tiers = tuple(PriceTier(tier.when, _exact(tier.amount * factor)) for tier in price.tiers)
    said = f"fal now names {money.shown(amount)} for what cost {money.shown(nearest)}; the rest is taken to follow."
    return replace(
        price,
        amount=grown(price.amount),
        first_amount=grown(price.first_amount),
        extra_amount=grown(price.extra_amount),
        tiers=tiers,
        rules=(said,),
        confidence="secondary",
    )


def _exact(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT_OF_A_CENT).normalize()
