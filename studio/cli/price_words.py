"""A model's price rule in words and in JSON."""

from __future__ import annotations

from datetime import date

from studio.domain import money
from studio.domain.model import Price
from studio.domain.price_age import price_age

_SURE = {"confirmed": "", "secondary": ", as others tell it", "unconfirmed": ", a guess"}


def price_words(price: Price) -> str:
    """What a picture costs, for a person: `$0.05 per megapixel`, `$0.06 to $0.16 per image`."""
    unit = price.unit.replace("-", " ") if price.unit != "unit" else "unit of fal's own"
    if price.first_amount is not None and price.extra_amount is not None:
        words = f"{money.shown(price.first_amount)} first {unit}, {money.shown(price.extra_amount)} each further"
    else:
        amounts = sorted(
            {tier.amount for tier in price.tiers} | ({price.amount} if price.amount is not None else set())
        )
        if not amounts:
            return "unknown"
        span = " to ".join(dict.fromkeys(money.shown(amount) for amount in (amounts[0], amounts[-1])))
        words = f"{span} per {unit}"
    return f"{words}, input too" if price.counts == "input+output" else words


def age_words(price: Price, today: date) -> str:
    """How old and how sure a price is: `3 months old`, `5 days old, as others tell it`; empty for an unknown price."""
    if price.amount is None and not price.tiers:
        return ""
    return f"{price_age(price.as_of, today)}{_SURE.get(price.confidence, '')}"


def tier_lines(price: Price) -> list[str]:
    """A line for every tier and every extra, then the rule's own sentences."""
    lines = [
        f"{', '.join(f'{name} {_said(value)}' for name, value in tier.when.items())}: {money.shown(tier.amount)}"
        for tier in price.tiers
    ]
    return [*lines, *(extra.says for extra in price.extras), *price.rules]


def price_fields(price: Price) -> dict[str, object]:
    """The price rule: amounts are decimal strings in USD, a null amount is unknown, never free."""
    fields: dict[str, object] = {"amount": price.amount, "unit": price.unit, "counts": price.counts}
    if price.first_amount is not None:
        fields |= {"first_amount": price.first_amount, "extra_amount": price.extra_amount}
    if price.tiers:
        fields["tiers"] = [{"when": dict(tier.when), "amount": tier.amount} for tier in price.tiers]
    if price.extras:
        fields["extras"] = [
            {
                "says": extra.says,
                "amount": extra.amount,
                "per": extra.per,
                "when": dict(extra.when),
                "given": extra.given,
            }
            for extra in price.extras
        ]
    if price.rules:
        fields["rules"] = list(price.rules)
    return {**fields, "as_of": price.as_of, "confidence": price.confidence, "source": price.source}


def _said(value: object) -> str:
    return {True: "on", False: "off"}.get(value, str(value)) if isinstance(value, bool) else str(value)
