"""Values of settings as an artist types and reads them: `on`, `5.5`, `900x1200`, `a.safetensors@0.8`, else JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import cast

from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.request import Json
from studio.workflows.arguments import checked, parse_size
from studio.workflows.entry_check import entry_params

YES = frozenset({"on", "true", "yes", "1"})
NO = frozenset({"off", "false", "no", "0"})
DEFAULT = "default"
"""Typed in place of a value: the model's own."""


def parse_value(model: Model, param: Param, text: str) -> Json:
    """The value of a parameter from what was typed, checked; None for `default`. Raises UsageError naming the range.

    Lists are separated by commas, entries with a scale are written PATH@SCALE, and whatever starts with a bracket is
    read as JSON.
    """
    word = text.strip()
    if word.lower() == DEFAULT and DEFAULT not in param.enum:
        return None
    value: Json = text
    match param.type:
        case "image_size":
            value = _sized(model, param, word)
        case "boolean":
            value = True if word.lower() in YES else False if word.lower() in NO else word
        case "integer" | "number":
            value = _number(model, param, word)
        case "array" | "object":
            value = _composed(model, param, word)
        case "enum":
            value = _chosen(param, word)
        case _:
            pass
    return checked(model, param, value)


def value_text(value: Json) -> str:
    """A value on one line, as `parse_value` reads it again."""
    match value:
        case bool():
            return "on" if value else "off"
        case {"width": width, "height": height}:
            return f"{width}x{height}"
        case list() | dict():
            return _list_text(value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return "" if value is None else str(value)


def _list_text(value: Json) -> str:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(str(item) for item in value)
    if isinstance(value, list) and value and all(_scaled(item) for item in value):
        entries = cast("list[dict[str, Json]]", value)
        return ", ".join(f"{entry['path']}@{value_text(entry.get('scale', 1))}" for entry in entries)
    return json.dumps(value, ensure_ascii=False)


def _sized(model: Model, param: Param, word: str) -> Json:
    role = model.role("size")
    return parse_size(model, word)[0][param.name] if role is not None and role.name == param.name else word


def _number(model: Model, param: Param, word: str) -> Json:
    try:
        number = Decimal(word.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise UsageError(f"{param.name} of {model.title} is a number, not {word!r}.")
    return int(number) if number == number.to_integral_value() else float(number)


def _chosen(param: Param, word: str) -> str:
    """The choice that was meant: case is forgiven where that leaves no doubt."""
    near = [choice for choice in param.enum if choice.lower() == word.lower()]
    return near[0] if word not in param.enum and len(near) == 1 else word


def _composed(model: Model, param: Param, word: str) -> Json:
    if word[:1] in {"[", "{"}:
        try:
            return cast("Json", json.loads(word))
        except ValueError as error:
            raise UsageError(f"{param.name} of {model.title} is no JSON: {error}.") from None
    parts = [part.strip() for part in word.split(",") if part.strip()]
    if param.type == "array" and param.fields is None:
        return list[Json](parts)
    if param.type == "array" and {"path", "scale"} <= set(param.fields or ()):
        return [_weighted(model, param, part) for part in parts]
    fields = ", ".join(field.name for field in entry_params(param))
    raise UsageError(f"{param.name} of {model.title} is written as JSON.", f"Its fields: {fields}." if fields else "")


def _weighted(model: Model, param: Param, part: str) -> Json:
    path, at, scale = part.rpartition("@")
    if not at or "/" in scale:
        return {"path": part}
    field = next(field for field in entry_params(param) if field.name == "scale")
    return {"path": path, "scale": _number(model, field, scale)}


def _scaled(item: Json) -> bool:
    return isinstance(item, Mapping) and isinstance(item.get("path"), str) and set(item) <= {"path", "scale"}
