"""One property of an input schema, read into a `[[model.param]]` table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from studio.config.openapi_refs import MOST, Schema, alternatives, as_schema, members, resolved
from studio.config.param_roles import guessed_role
from studio.config.toml_table import LONGEST_TEXT, tidy
from studio.domain.text import plain

LONGEST_NAME = 100
LONGEST_ABOUT = 400
"""Characters of a description that are kept."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_SCALARS = ("boolean", "integer", "number", "string")
_PLAIN = {"boolean": bool, "string": str, "array": list, "object": dict}


def read_param(name: str, schema: Schema, document: Schema, *, required: bool) -> dict[str, object] | None:
    """The argument, or None for a name that is none. A default that its own schema forbids is left out."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        return None
    whole = resolved(schema, document)
    choices = [resolved(choice, document) for choice in alternatives(whole, document)]
    entry: dict[str, object] = {"name": name, "type": "string", **_typed(choices, document)}
    if required:
        entry["required"] = True
    if role := guessed_role(name, str(entry["type"])):
        entry["role"] = role
    default = plain_value(whole.get("default"))
    if default is not None and _fits(entry, default):
        entry["default"] = default
    if about := tidy(str(whole.get("description") or ""))[:LONGEST_ABOUT]:
        entry["about"] = about
    return entry


def plain_value(value: object) -> object:
    """A default as TOML can hold it, floats as exact decimals; None for what it has no word for."""
    match value:
        case bool() | int():
            return value
        case str():
            return plain(value, lines=True, limit=LONGEST_TEXT)
        case float() | Decimal():
            exact = Decimal(str(value))
            return exact if exact.is_finite() else None
        case list():
            return [item for entry in value[:MOST] if (item := plain_value(entry)) is not None]
        case dict():
            return {name: item for name, entry in members(value) if (item := plain_value(entry)) is not None}
        case _:
            return None


def _typed(choices: Sequence[Schema], document: Schema) -> dict[str, object]:
    """Type, range, words and items."""
    sides = [choice for choice in choices if {"width", "height"} <= set(as_schema(choice.get("properties")))]
    words = _words([word for choice in choices for word in _enum(choice)])
    if sides:
        return {"type": "image_size", "enum": words, "custom": True}
    listed = next((choice for choice in choices if choice.get("type") == "array"), None)
    if listed is not None:
        return _array(listed, document)
    kinds = [str(choice.get("type")) for choice in choices]
    if any(_enum(choice) for choice in choices):
        numeric = next((kind for kind in ("integer", "number") if kind in kinds), "")
        return {"type": numeric or "enum", "enum": words} if words else {"type": "string"}
    if "object" in kinds and "string" not in kinds:
        return {"type": "object", **_fields(next(one for one in choices if one.get("type") == "object"), document)}
    kind = next((kind for kind in ("number", *_SCALARS) if kind in kinds), "string")
    scalar = next((choice for choice in choices if choice.get("type") == kind), {})
    return {"type": kind, **(_range(scalar, whole=kind == "integer") if kind in {"integer", "number"} else {})}


def _enum(choice: Schema) -> list[object]:
    words = choice.get("enum")
    if isinstance(words, list):
        return [word for word in words[:MOST] if word is not None]
    return [choice["const"]] if choice.get("const") is not None else []


def _words(values: Sequence[object]) -> list[str]:
    texts = (tidy(str(value)) for value in values if not isinstance(value, bool | list | dict))
    return [text for text in dict.fromkeys(texts) if text]


def _array(choice: Schema, document: Schema) -> dict[str, object]:
    item = next(iter(alternatives(resolved(as_schema(choice.get("items")), document), document)), {})
    item = resolved(item, document)
    kind = str(item.get("type", "object" if "properties" in item else "string"))
    entry: dict[str, object] = {"type": "array", "items": kind if kind in {*_SCALARS, "object"} else "string"}
    if entry["items"] == "object":
        entry |= _fields(item, document)
    most = choice.get("maxItems")
    if isinstance(most, int) and not isinstance(most, bool) and most > 0:
        entry["max_items"] = most
    return entry


def _fields(schema: Schema, document: Schema) -> dict[str, object]:
    required = schema.get("required")
    names = required if isinstance(required, list) else []
    fields: dict[str, object] = {}
    for name, entry in members(schema.get("properties")):
        if not _NAME.fullmatch(name):
            continue
        whole = resolved(as_schema(entry), document)
        choice = next(iter(alternatives(whole, document)), {})
        kind = str(choice.get("type", "string"))
        field: dict[str, object] = {"type": kind if kind in {*_SCALARS, "array", "object"} else "string"}
        field["required"] = name in names
        default = plain_value(whole.get("default"))
        field |= {"default": default} if default is not None else {}
        words = _words(_enum(choice))
        field |= {"enum": words} if words else {}
        fields[name] = field | (_range(choice, whole=kind == "integer") if kind in {"integer", "number"} else {})
    return {"fields": fields} if fields else {}


def _range(schema: Schema, *, whole: bool) -> dict[str, object]:
    low = _bound(schema, "minimum", "exclusiveMinimum", 1 if whole else 0)
    high = _bound(schema, "maximum", "exclusiveMaximum", -1 if whole else 0)
    if low is not None and high is not None and low > high:
        return {}
    found: dict[str, object] = {}
    found |= {"min": low} if low is not None else {}
    found |= {"max": high} if high is not None else {}
    step = schema.get("multipleOf")
    if isinstance(step, int) and not isinstance(step, bool) and step > 1:
        found["multiple_of"] = step
    return found


def _bound(schema: Schema, name: str, exclusive: str, inside: int) -> Decimal | None:
    for key, shift in ((name, 0), (exclusive, inside)):
        value = plain_value(schema.get(key))
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value) + shift
    return None


def _fits(entry: dict[str, object], default: object) -> bool:
    """Whether the catalogue takes the default: of the right type, one of the words, inside the range."""
    words, kind = entry.get("enum"), entry["type"]
    listed = isinstance(words, list) and default in words
    match kind:
        case "enum":
            return listed
        case "image_size":
            return listed or isinstance(default, dict)
        case "integer" | "number":
            return _in_range(entry, default)
        case _:
            return isinstance(default, _PLAIN.get(str(kind), dict))


def _in_range(entry: dict[str, object], default: object) -> bool:
    if isinstance(default, bool) or not isinstance(default, int | Decimal):
        return False
    if entry["type"] == "integer" and not isinstance(default, int):
        return False
    low, high = entry.get("min"), entry.get("max")
    return (not isinstance(low, Decimal) or low <= default) and (not isinstance(high, Decimal) or default <= high)
