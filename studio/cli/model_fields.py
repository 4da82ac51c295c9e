"""A model as `--json` tells it: everything the catalogue has, numbers as JSON numbers, money as decimal strings."""

from __future__ import annotations

from decimal import Decimal

from studio.cli.price_fields import price_fields
from studio.domain.model import Model, Param


def model_fields(model: Model) -> dict[str, object]:
    """All of a model."""
    sweet = model.sweet
    return {
        "id": model.id,
        "title": model.title,
        "kind": model.kind,
        "family": model.family,
        "vendor": model.vendor,
        "best_for": model.best_for,
        "caution": model.caution,
        "consistency": model.consistency,
        "deprecated": model.deprecated,
        "newer": model.newer or None,
        "schema": model.schema or None,
        "speed_s": model.speed_s,
        "steps_note": model.steps_note,
        "sweet": None
        if sweet is None
        else {"low": number(sweet.low), "high": number(sweet.high), "best": number(sweet.best)},
        "output": model.output_kind,
        "price": price_fields(model.price),
        "params": [param_fields(param) for param in model.params],
    }


def param_fields(param: Param) -> dict[str, object]:
    """One argument: only what the schema has."""
    fields: dict[str, object] = {"name": param.name, "type": param.type, "required": param.required}
    if param.default is not None:
        fields["default"] = number(param.default)
    for name, bound in (("min", param.min), ("max", param.max)):
        if bound is not None:
            fields[name] = number(bound)
    if param.enum:
        fields["enum"] = list(param.enum)
    for name, value in (("items", param.items), ("role", param.role), ("about", param.about)):
        if value:
            fields[name] = value
    for name, limit in (("max_items", param.max_items), ("multiple_of", param.multiple_of)):
        if limit is not None:
            fields[name] = limit
    if param.custom:
        fields["custom"] = True
    if param.fields is not None:
        fields["fields"] = dict(param.fields)
    return fields


def number(value: object) -> object:
    """A bound or a default as a JSON number; only money is a string."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
