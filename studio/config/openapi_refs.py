"""Finding one's way in an OpenAPI document that somebody else wrote: references, alternatives, anything at all."""

from __future__ import annotations

from collections.abc import Mapping

Schema = Mapping[str, object]
"""A part of the document; anything may stand in it."""

MOST = 500
"""Entries of one list or table that are looked at."""

_HOPS = 12
"""References followed before a document is taken for endless."""

_DEPTH, _CHOICES = 2, 30
"""Alternatives inside alternatives, and how many of each; fal's documents have one level of three."""


def as_schema(value: object) -> Schema:
    """The value when it is a table, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def members(value: object) -> list[tuple[str, object]]:
    """The first entries of a table, none when it is no table."""
    return list(as_schema(value).items())[:MOST]


def resolved(schema: Schema, document: Schema) -> Schema:
    """The schema with its references to other parts of the document followed; siblings of a reference count."""
    found = dict(schema)
    for _ in range(_HOPS):
        target = found.pop("$ref", None)
        parts = found.pop("allOf", None)
        if isinstance(target, str):
            found = {**_part(target, document), **found}
        elif isinstance(parts, list):
            merged: dict[str, object] = {}
            for part in parts[:MOST]:
                merged.update(as_schema(part))
            found = {**merged, **found}
        else:
            return found
    return found


def alternatives(schema: Schema, document: Schema, depth: int = _DEPTH) -> list[Schema]:
    """What a value may be, `null` left out: the schema itself when it names no alternatives."""
    for key in ("anyOf", "oneOf"):
        choices = schema.get(key)
        if isinstance(choices, list) and depth:
            found = [resolved(as_schema(choice), document) for choice in choices[:_CHOICES]]
            inner = [one for choice in found for one in alternatives(choice, document, depth - 1)]
            return [choice for choice in inner if choice.get("type") != "null"]
    kinds = schema.get("type")
    if isinstance(kinds, list):  # OpenAPI 3.1 writes a nullable text as a list of types
        return [{**schema, "type": kind} for kind in kinds if kind != "null"]
    return [schema]


def _part(reference: str, document: Schema) -> Schema:
    """The part of the document a reference such as `#/components/schemas/Image` names; empty when there is none."""
    here: Schema = document
    for step in reference.removeprefix("#/").split("/")[:_HOPS]:
        here = as_schema(here.get(step.replace("~1", "/").replace("~0", "~")))
    return here
