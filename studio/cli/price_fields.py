"""A model's price rule in JSON."""

from __future__ import annotations

from studio.domain.model import Price


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
