"""Arguments of a call against the schema of its endpoint, with fal's own 422 for everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from studio.domain.model import Model, Param
from studio.domain.request import Json
from studio.sandbox.answers import Violation

LONGEST_SIDE = 14_142
"""Pixels a custom image_size may ask for at most, as fal's published schemas have it (facts, section 4.2)."""

LARGEST_DRAWING = 4096
"""Pixels of the longest side the sandbox draws; above it the answer is `image_too_large`."""

Loc = tuple[str | int, ...]


def violations(model: Model, arguments: Mapping[str, Json]) -> list[Violation]:
    """Everything in `arguments` that the endpoint would not take, in the order of its schema; empty when all fits."""
    found: list[Violation] = []
    for param in model.params:
        value = arguments.get(param.name)
        loc: Loc = ("body", param.name)
        if value is None:
            if param.required:
                found.append(Violation(loc, "missing", "Field required", input=_brief(arguments)))
            continue
        found.extend(_check(param, value, loc, model.reference_max))
    return found


def unknown_arguments(model: Model, arguments: Mapping[str, Json]) -> list[str]:
    """Arguments the schema does not have. fal ignores these without a word; the sandbox's log names them."""
    return [name for name in arguments if model.param(name) is None]


def with_defaults(model: Model, arguments: Mapping[str, Json]) -> dict[str, Json]:
    """The arguments as the endpoint sees them: unknown ones gone, defaults filled in."""
    filled = {param.name: param.default for param in model.params if param.default is not None}
    given = {param.name: arguments[param.name] for param in model.params if arguments.get(param.name) is not None}
    return {**filled, **given}


def _brief(arguments: Mapping[str, Json]) -> Json:
    return {name: value for name, value in arguments.items() if not isinstance(value, str) or len(value) < 80}


def _check(param: Param, value: Json, loc: Loc, reference_max: int | None) -> Iterator[Violation]:
    match param.type:
        case "enum":
            yield from _enum(param, value, loc)
        case "boolean":
            if not isinstance(value, bool):
                yield Violation(loc, "bool_type", "Input should be a valid boolean", input=value)
        case "integer" | "number":
            yield from _number(param, value, loc)
        case "string":
            if not isinstance(value, str):
                yield Violation(loc, "string_type", "Input should be a valid string", input=value)
        case "image_size":
            yield from _size(param, value, loc)
        case "array":
            yield from _array(param, value, loc, reference_max)
        case _:
            if not isinstance(value, dict):
                yield Violation(loc, "dict_type", "Input should be a valid dictionary", input=value)


def _enum(param: Param, value: Json, loc: Loc) -> Iterator[Violation]:
    if not isinstance(value, str) or value not in param.enum:
        allowed = ", ".join(f"'{name}'" for name in param.enum)
        expected: list[Json] = list(param.enum)
        yield Violation(loc, "one_of", f"Input should be one of {allowed}", {"expected": expected}, value)


def _number(param: Param, value: Json, loc: Loc) -> Iterator[Violation]:
    whole = param.type == "integer"
    if isinstance(value, bool) or not isinstance(value, int | float):
        kind, noun = ("int_type", "integer") if whole else ("float_type", "number")
        yield Violation(loc, kind, f"Input should be a valid {noun}", input=value)
        return
    if whole and value != int(value):
        yield Violation(loc, "int_from_float", "Input should be a valid integer, got a fractional part", input=value)
        return
    if param.enum and str(value) not in param.enum:
        yield from _enum(param, None, loc)
        return
    yield from _range(param.min, param.max, value, loc)
    if param.multiple_of and value % param.multiple_of:
        words = f"Input should be a multiple of {param.multiple_of}"
        yield Violation(loc, "multiple_of", words, {"multiple_of": param.multiple_of}, value)


def _range(low: Decimal | None, high: Decimal | None, value: float, loc: Loc) -> Iterator[Violation]:
    exact = Decimal(str(value))
    if low is not None and exact < low:
        words = f"Input should be greater than or equal to {low}"
        yield Violation(loc, "greater_than_equal", words, {"ge": _plain(low)}, value)
    if high is not None and exact > high:
        words = f"Input should be less than or equal to {high}"
        yield Violation(loc, "less_than_equal", words, {"le": _plain(high)}, value)


def _plain(limit: Decimal) -> Json:
    return int(limit) if limit == limit.to_integral_value() else float(limit)


def _size(param: Param, value: Json, loc: Loc) -> Iterator[Violation]:
    if isinstance(value, str) or not param.custom:
        yield from _enum(param, value, loc)
        return
    if not isinstance(value, dict):
        yield Violation(loc, "dict_type", "Input should be a size name or a table of width and height", input=value)
        return
    sides: list[int] = []
    for side in ("width", "height"):
        length = value.get(side)
        if length is None:
            yield Violation((*loc, side), "missing", "Field required", input=value)
        elif isinstance(length, bool) or not isinstance(length, int):
            yield Violation((*loc, side), "int_type", "Input should be a valid integer", input=length)
        elif length <= 0:
            yield Violation((*loc, side), "greater_than", "Input should be greater than 0", {"gt": 0}, length)
        else:
            yield from _range(None, Decimal(LONGEST_SIDE), length, (*loc, side))
            sides.append(length)
    if sides and LARGEST_DRAWING < max(sides) <= LONGEST_SIDE:
        limits: dict[str, Json] = {"max_width": LARGEST_DRAWING, "max_height": LARGEST_DRAWING}
        yield Violation(loc, "image_too_large", f"The image is larger than {LARGEST_DRAWING} pixels", limits, value)


def _array(param: Param, value: Json, loc: Loc, reference_max: int | None) -> Iterator[Violation]:
    if not isinstance(value, list):
        yield Violation(loc, "list_type", "Input should be a valid list", input=value)
        return
    limit = param.max_items or (reference_max if param.role == "images" else None)
    if limit is not None and len(value) > limit:
        words = f"List should have at most {limit} items, not {len(value)}"
        yield Violation(loc, "sequence_too_long", words, {"max_length": limit, "actual_length": len(value)})
    if param.required and not value:
        yield Violation(loc, "sequence_too_short", "List should have at least 1 item", {"min_length": 1}, value)
    for index, item in enumerate(value):
        if param.items == "object" or param.fields:
            yield from _object(param.fields or {}, item, (*loc, index))
        elif param.items == "string" and not isinstance(item, str):
            yield Violation((*loc, index), "string_type", "Input should be a valid string", input=item)


def _object(fields: Mapping[str, Json], item: Json, loc: Loc) -> Iterator[Violation]:
    if not isinstance(item, dict):
        yield Violation(loc, "dict_type", "Input should be a valid dictionary", input=item)
        return
    for name, schema in fields.items():
        if not isinstance(schema, dict):
            continue
        value = item.get(name)
        if value is None:
            if schema.get("required"):
                yield Violation((*loc, name), "missing", "Field required", input=item)
        elif schema.get("type") in ("number", "integer"):
            yield from _number(_field(name, schema), value, (*loc, name))


def _field(name: str, schema: Mapping[str, Json]) -> Param:
    low, high = schema.get("min"), schema.get("max")
    return Param(
        name=name,
        type=str(schema["type"]),
        min=None if low is None else Decimal(str(low)),
        max=None if high is None else Decimal(str(high)),
    )
