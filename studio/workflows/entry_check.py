"""Lists and tables of arguments (LoRAs, control pictures, palettes) against what the schema says of their entries."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.request import Json

_ADDRESS = re.compile(r"[a-z]{2,}:")
"""What an address begins with: https, data, or a stand-in that becomes one when its file is uploaded."""

PICTURES = ("image_url", "image_urls", "mask_url", "mask_urls", "frame_url", "video_url")
"""Ends of the names of arguments that take the address of a picture or a clip."""

Check = Callable[[Model, Param, Json], Json]
"""Gives the value of a parameter back when the model takes it; raises UsageError else."""


def entry_params(param: Param) -> tuple[Param, ...]:
    """The fields of one entry as parameters, the required ones first; empty where the schema names none."""
    fields = [field_param(name, schema) for name, schema in (param.fields or {}).items()]
    return tuple(sorted(fields, key=lambda field: not field.required))


def field_param(name: str, schema: Json) -> Param:
    """One field of an entry as a parameter of its own."""
    said = schema if isinstance(schema, dict) else {}
    choices = said.get("enum")
    words = tuple(str(word) for word in choices) if isinstance(choices, list) else ()
    kind = str(said.get("type", "string"))
    return Param(
        name=name,
        type="enum" if words and kind == "string" else kind,
        required=said.get("required") is True,
        default=said.get("default"),
        min=_bound(said.get("min")),
        max=_bound(said.get("max")),
        enum=words,
        items=str(said.get("items", "")) or ("string" if kind == "array" else ""),
    )


def checked_list(model: Model, param: Param, value: Json, check: Check) -> Json:
    """The list, when the model takes it. Raises UsageError that says how many there may be, or which entry is wrong."""
    if not isinstance(value, list):
        raise UsageError(f"{param.name} of {model.title} is a list, not {value!r}.")
    most = most_entries(model, param)
    if most is not None and len(value) > most:
        raise UsageError(f"{param.name} of {model.title} takes {most} at most, not {len(value)}.")
    if param.fields:
        return [_checked_entry(model, param, item, check, f" {at}") for at, item in enumerate(value, 1)]
    if param.items == "string" and not all(isinstance(item, str) for item in value):
        raise UsageError(f"{param.name} of {model.title} is a list of texts.")
    for item in value:
        check_address(model, param, item)
    return value


def check_address(model: Model, param: Param, value: Json) -> None:
    """Raise UsageError for a text where an address is meant and none is given: fal would refuse it."""
    if param.name.endswith(PICTURES) and isinstance(value, str) and not _ADDRESS.match(value):
        raise UsageError(
            f"{param.name} of {model.title} is an address, not {value[:60]!r}.", "Give one that begins with https://"
        )


def checked_table(model: Model, param: Param, value: Json, check: Check) -> Json:
    """The table, when the model takes it. Raises UsageError that names the field."""
    if not isinstance(value, dict):
        raise UsageError(f"{param.name} of {model.title} is a table of fields, not {value!r}.")
    return _checked_entry(model, param, value, check, "") if param.fields else value


def most_entries(model: Model, param: Param) -> int | None:
    """How many entries a list may have; None where nobody said."""
    if param.max_items is not None:
        return param.max_items
    if model.lora is not None and model.lora.field == param.name:
        return model.lora.max
    return model.reference_max if param.role == "images" else None


def _checked_entry(model: Model, param: Param, item: Json, check: Check, place: str) -> Json:
    if not isinstance(item, dict):
        raise UsageError(f"{param.name}{place} of {model.title} is a table of fields, not {item!r}.")
    for field in entry_params(param):
        value = item.get(field.name)
        if value is None:
            if field.required:
                raise UsageError(f"{param.name}{place} of {model.title} has no {field.name}.", "Fill it in.")
            continue
        try:
            check(model, field, value)
        except UsageError as error:
            raise UsageError(f"{param.name}{place}: {error.happened}", error.remedy) from None
    return item


def _bound(value: Json) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
