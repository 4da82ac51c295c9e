"""One `[[model]]` table of the catalogue, read into a Model and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from studio.config.toml_table import Table
from studio.domain.model import Model, Param, Price, PriceTier, Sweet
from studio.domain.request import Json

KINDS = ("text-to-image", "edit", "video", "utility", "train", "realtime")
TYPES = ("enum", "boolean", "integer", "string", "number", "array", "image_size", "object")
UNITS = ("megapixel", "image", "second", "training-step", "training-run", "compute-second")
OUTPUTS = ("images", "image", "video", "lora", "raw-images")
CONFIDENCE = ("confirmed", "secondary", "unconfirmed")

_ENDPOINT = re.compile(r"[a-z0-9][a-z0-9_.-]*(?:/[a-zA-Z0-9][a-zA-Z0-9_.-]*)+")
_MODEL_KEYS = (
    *("id", "title", "kind", "family", "vendor", "best_for", "caution", "consistency", "deprecated", "newer"),
    *("speed_s", "steps_note", "final_steps", "draft_steps", "sweet", "output", "reference", "price", "param"),
    # Read by nobody before training, masks and LoRAs come into the workflows; checked there.
    *("lora", "mask", "size_limits", "dataset", "infer_with"),
)
_PRICE_KEYS = (
    *("unit", "amount", "counts", "rounding", "first_amount", "extra_amount", "tiers", "rules", "base_steps"),
    *("min_units", "as_of", "confidence", "source"),
)
_PARAM_KEYS = (
    *("name", "type", "required", "role", "default", "min", "max", "enum", "items", "custom", "max_items"),
    *("multiple_of", "fields"),
)


def read_model(table: Table) -> Model:
    """The Model of a table. Raises ProjectError with the line of whatever is not as expected."""
    table.only(_MODEL_KEYS)
    endpoint = table.text("id", filled=True)
    if not _ENDPOINT.fullmatch(endpoint):
        raise table.error("id", "expected an endpoint such as fal-ai/flux-2-flex")
    params = tuple(_param(entry) for entry in table.tables("param"))
    names = [param.name for param in params]
    for entry, name in zip(table.tables("param"), names, strict=True):
        if names.count(name) > 1:
            raise entry.error("name", f"expected each parameter once, found {name!r} twice")
    return Model(
        id=endpoint,
        title=table.text("title", endpoint),
        kind=table.choice("kind", KINDS, "edit"),
        family=table.text("family", endpoint.split("/")[0]),
        vendor=table.text("vendor", ""),
        best_for=table.text("best_for", ""),
        params=params,
        price=_price(table.table("price"), names),
        caution=table.text("caution", ""),
        consistency=table.text("consistency", "prompt-only"),
        deprecated=table.flag("deprecated", False),
        newer=table.text("newer", ""),
        speed_s=float(table.number("speed_s", low=0)) if "speed_s" in table else None,
        steps_note=table.text("steps_note", ""),
        final_steps=_whole(table, "final_steps"),
        draft_steps=_whole(table, "draft_steps"),
        sweet=_sweet(table.table("sweet")) if "sweet" in table else None,
        output_kind=table.choice("output", OUTPUTS, "images"),
        reference_max=_whole(table.table("reference"), "max"),
    )


def _param(table: Table) -> Param:
    table.only(_PARAM_KEYS)
    kind = table.choice("type", TYPES)
    low, high = _bound(table, "min"), _bound(table, "max")
    if low is not None and high is not None and low > high:
        raise table.error("max", f"expected at least the minimum {low}, found {high}")
    words = table.texts("enum")
    if kind == "enum" and not words:
        raise table.error("enum", "expected a list of the allowed words")
    default = table.json("default")
    _check_default(table, kind, default, low, high, words)
    fields = table.json("fields") if "fields" in table else None
    if fields is not None and not isinstance(fields, dict):
        raise table.error("fields", "expected a table of fields")
    return Param(
        name=table.text("name", filled=True),
        type=kind,
        required=table.flag("required", False),
        role=table.text("role", ""),
        default=default,
        min=low,
        max=high,
        enum=words,
        items=table.text("items", ""),
        custom=table.flag("custom", False),
        max_items=_whole(table, "max_items"),
        multiple_of=_whole(table, "multiple_of"),
        fields=fields,
    )


def _check_default(
    table: Table, kind: str, default: Json, low: Decimal | None, high: Decimal | None, words: tuple[str, ...]
) -> None:
    if default is None:
        return
    match kind:
        case "enum" if default not in words:
            raise table.error("default", f"expected one of {', '.join(words)}")
        case "boolean" if not isinstance(default, bool):
            raise table.error("default", "expected true or false")
        case "string" if not isinstance(default, str):
            raise table.error("default", "expected a text in quotes")
        case "integer":
            table.integer("default")
            table.number("default", low=low, high=high)
        case "number":
            table.number("default", low=low, high=high)
        case _:
            pass


def _price(table: Table, names: Iterable[str]) -> Price:
    table.only(_PRICE_KEYS)
    tiers = tuple(_tier(entry, names) for entry in table.tables("tiers"))
    first, extra = table.amount("first_amount"), table.amount("extra_amount")
    if (first is None) != (extra is None):
        raise table.error("first_amount" if first is None else "extra_amount", "expected both first and extra amount")
    return Price(
        unit=table.choice("unit", UNITS, "image"),
        amount=table.amount("amount"),
        counts=table.choice("counts", ("output", "input+output"), "output"),
        rounding=table.choice("rounding", ("ceil-per-image", "unspecified"), "unspecified"),
        first_amount=first,
        extra_amount=extra,
        tiers=tiers,
        rules=table.texts("rules"),
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


def _sweet(table: Table) -> Sweet:
    table.only(("low", "high", "best", "source"))
    low, high = table.number("low"), table.number("high")
    return Sweet(low, high, table.number("best", low=low, high=high), table.text("source", ""))


def _whole(table: Table, key: str) -> int | None:
    return table.integer(key, low=1) if key in table else None


def _bound(table: Table, key: str) -> Decimal | None:
    return table.number(key) if key in table else None
