"""A model's price rule in words: short for a line of a form, whole for a page about the model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from studio.domain import money
from studio.domain.model import Price
from studio.domain.price_age import days_old, price_age

OLD = 180
"""Days after which the age of a price is said wherever the price is."""

_UNITS = {"megapixel": "MP", "training-step": "step", "training-run": "run", "compute-second": "s of compute"}
_SURE = {"confirmed": "", "secondary": ", as others tell it", "unconfirmed": ", a guess"}


def short_price(price: Price, today: date | None = None) -> str:
    """What a unit costs, for one line: `$0.05/MP in+out`, `$0.03 first MP, then $0.015`, `from $0.06/image`.

    `?` behind it says that the figure is a guess. With `today` an old price says how old it is.
    """
    words = _short(price)
    if not words:
        return "price unknown"
    unsure = "?" if price.confidence == "unconfirmed" else ""
    days = days_old(price.as_of, today) if today else None
    return f"{words}{unsure}{f', {price_age(price.as_of, today)}' if today and days is not None and days > OLD else ''}"


def short_prices(price: Price, today: date) -> list[str]:
    """The same in fewer and fewer words: with its age when it is old, without, and only where it begins."""
    amounts = _amounts(price)
    whole = [short_price(price, today), short_price(price)]
    if price.first_amount is None or not amounts:
        return whole
    return [*whole, f"from {money.shown(price.first_amount)}/{_UNITS.get(price.unit, price.unit)}"]


def _short(price: Price) -> str:
    unit = _UNITS.get(price.unit, price.unit)
    counts = " in+out" if price.counts == "input+output" else ""
    if price.first_amount is not None and price.extra_amount is not None:
        return f"{money.shown(price.first_amount)} first {unit}, then {money.shown(price.extra_amount)}{counts}"
    amounts = _amounts(price)
    if not amounts:
        return ""
    least = "from " if len(set(amounts)) > 1 else ""
    return f"{least}{money.shown(amounts[0])}/{unit}{counts}"


def price_words(price: Price) -> str:
    """What a picture costs, for a person: `$0.05 per megapixel`, `$0.06 to $0.16 per image`."""
    unit = price.unit.replace("-", " ") if price.unit != "unit" else "unit of fal's own"
    if price.first_amount is not None and price.extra_amount is not None:
        words = f"{money.shown(price.first_amount)} first {unit}, {money.shown(price.extra_amount)} each further"
    else:
        amounts = _amounts(price)
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


def _amounts(price: Price) -> list[Decimal]:
    return sorted({tier.amount for tier in price.tiers} | ({price.amount} if price.amount is not None else set()))


def _said(value: object) -> str:
    return {True: "on", False: "off"}.get(value, str(value)) if isinstance(value, bool) else str(value)
