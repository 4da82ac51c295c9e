"""The price of a `[[model]]` table: amounts, tiers and extras, checked against the model's own arguments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from studio.config.toml_table import Table
from studio.domain.model import Price, PriceTier

if TYPE_CHECKING:
    from studio.domain.model_slots import PriceExtra

UNITS = ("megapixel", "image", "video", "second", "training-step", "training-run", "compute-second", "unit")
CONFIDENCE = ("confirmed", "secondary", "unconfirmed")

_KEYS = (
    *("unit", "amount", "counts", "rounding", "first_amount", "extra_amount", "tiers", "extras", "rules"),
    *("reference_units", "scaled_by", "base_steps", "min_units", "as_of", "confidence", "source"),
)


def read_price(table: Table, names: Iterable[str]) -> Price:
    """The price rule. `names` are the model's arguments. Raises ProjectError with the line of what is wrong."""
    table.only(_KEYS)
    known = tuple(names)
    first, extra = table.amount("first_amount"), table.amount("extra_amount")
    if (first is None) != (extra is None):
        raise table.error("first_amount" if first is None else "extra_amount", "expected both first and extra amount")
    scaled_by = table.text("scaled_by", "")
    if scaled_by and scaled_by not in known:
        raise table.error("scaled_by", f"expected an argument of this model, found {scaled_by!r}")
    return Price(
        unit=table.choice("unit", UNITS, "image"),
        amount=table.amount("amount"),
        counts=table.choice("counts", ("output", "input+output"), "output"),
        rounding=table.choice("rounding", ("ceil-per-image", "unspecified"), "unspecified"),
        first_amount=first,
        extra_amount=extra,
        tiers=tuple(_tier(entry, known) for entry in table.tables("tiers")),
        extras=tuple(_extra(entry, known) for entry in table.tables("extras")),
        rules=table.texts("rules"),
        reference_units=_whole(table, "reference_units"),
        scaled_by=scaled_by,
        base_steps=_whole(table, "base_steps"),
        min_units=table.number("min_units", low=0) if "min_units" in table else None,
        as_of=table.text("as_of", ""),
        confidence=table.choice("confidence", CONFIDENCE, "unconfirmed"),
        source=table.text("source", ""),
    )


def _tier(table: Table, names: Iterable[str]) -> PriceTier:
    table.only(("when", "amount"))
    when, amount = table.table("when"), table.amount("amount")
    if amount is None:
        raise table.error("amount", "expected an amount in USD")
    when.only(names)
    return PriceTier({name: when.json(name) for name in when.values}, amount)


def _extra(table: Table, names: Iterable[str]) -> PriceExtra:
    from studio.domain.model_slots import PriceExtra

    table.only(("says", "amount", "per", "when", "given"))
    when, given = table.table("when"), table.text("given", "")
    when.only(names)
    if given and given not in names:
        raise table.error("given", f"expected an argument of this model, found {given!r}")
    return PriceExtra(
        says=table.text("says", filled=True),
        amount=table.amount("amount"),
        per=table.choice("per", ("call", "unit"), "call"),
        when={name: when.json(name) for name in when.values},
        given=given,
    )


def _whole(table: Table, key: str) -> int | None:
    return table.integer(key, low=1) if key in table else None
