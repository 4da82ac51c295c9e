"""What became of a model between two readings: prices, arguments, whether it still lives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from studio.domain.model import Model, Param, Price
from studio.domain.request import Json


class What(StrEnum):
    """The kinds of change."""

    PRICE = "price"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    DEPRECATED = "deprecated"
    READ = "read"
    """The arguments were never known before."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is another now."""

    endpoint: str
    what: What
    name: str = ""
    """The argument, or what a price is for; empty for the model itself."""
    aspect: str = ""
    """Of a changed argument: type, required, default, min, max or enum."""
    before: Json | Decimal = None
    after: Json | Decimal = None


_ASPECTS = ("type", "required", "default", "min", "max", "enum", "max_items", "multiple_of")


def changes(before: Model, after: Model) -> list[Change]:
    """Everything that differs between two readings of one endpoint and that an artist would want to know."""
    found = list(_price_changes(before.id, before.price, after.price))
    if after.deprecated and not before.deprecated:
        found.append(Change(before.id, What.DEPRECATED, after=after.newer))
    if before.unread and not after.unread:
        return [*found, Change(before.id, What.READ, after=len(after.params))]
    old = {param.name: param for param in before.params}
    new = {param.name: param for param in after.params}
    found += [Change(before.id, What.REMOVED, name) for name in old if name not in new]
    found += [Change(before.id, What.ADDED, name, after=new[name].type) for name in new if name not in old]
    for name in old.keys() & new.keys():
        found += _param_changes(before.id, old[name], new[name])
    return sorted(found, key=lambda change: (change.what is not What.PRICE, change.name, change.aspect))


def _price_changes(endpoint: str, before: Price, after: Price) -> Iterator[Change]:
    if before.unit != after.unit and before.amount is not None:
        yield Change(endpoint, What.PRICE, "unit", before=before.unit, after=after.unit)
    pairs = [("", before.amount, after.amount), ("first", before.first_amount, after.first_amount)]
    pairs.append(("further", before.extra_amount, after.extra_amount))
    for name, old, new in pairs:
        if old != new:
            yield Change(endpoint, What.PRICE, name, before=old, after=new)
    tiers = {str(sorted(tier.when.items())): tier for tier in after.tiers}
    for tier in before.tiers:
        now = tiers.get(str(sorted(tier.when.items())))
        if now is not None and now.amount != tier.amount:
            name = ", ".join(f"{key} {value}" for key, value in tier.when.items())
            yield Change(endpoint, What.PRICE, name, before=tier.amount, after=now.amount)


def _param_changes(endpoint: str, before: Param, after: Param) -> Iterator[Change]:
    for aspect in _ASPECTS:
        old, new = getattr(before, aspect), getattr(after, aspect)
        if old != new:
            yield Change(endpoint, What.CHANGED, before.name, aspect, _plain(old), _plain(new))


def _plain(value: Json | Decimal | tuple[str, ...]) -> Json:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case tuple():
            return list(value)
        case _:
            return value
