"""A model's price rule in words and in JSON."""

from __future__ import annotations

from studio.domain import money
from studio.domain.model import Price


def price_words(price: Price) -> str:
    """What a picture costs, for a person: `$0.05 per megapixel`."""
    if price.amount is None:
        return f"{money.shown(price.tiers[0].amount)} and more" if price.tiers else "unknown"
    unit = price.unit.replace("-", " ")
    if price.first_amount is not None and price.extra_amount is not None:
        return f"{money.shown(price.first_amount)} first {unit}, {money.shown(price.extra_amount)} each further"
    return f"{money.shown(price.amount)} per {unit}{', more for larger' if price.tiers else ''}"


def price_fields(price: Price) -> dict[str, object]:
    """The price rule: amounts are decimal strings in USD, a null amount is unknown, never free."""
    fields: dict[str, object] = {"amount": price.amount, "unit": price.unit, "counts": price.counts}
    if price.first_amount is not None:
        fields |= {"first_amount": price.first_amount, "extra_amount": price.extra_amount}
    if price.tiers:
        fields["tiers"] = [{"when": dict(tier.when), "amount": tier.amount} for tier in price.tiers]
    return {**fields, "as_of": price.as_of, "confidence": price.confidence}
