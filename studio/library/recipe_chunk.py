"""Our own record inside a picture: everything needed to make it again, and nothing that is nobody's business."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from studio.domain import money
from studio.domain.job import Job, result_flagged
from studio.domain.request import Json
from studio.domain.version import VERSION
from studio.library.parameters import STEPS, first

KEY = "pose-studio"
SCHEMA = 1
LONGEST = 4_000_000
"""Characters of a record that is read."""


def record_of(job: Job, result: Json, take_id: str, size: tuple[int, int]) -> dict[str, Json]:
    """The record of a job's picture of `size` pixels. Money is text in USD, as in `--json`."""
    said = result if isinstance(result, dict) else {}
    arguments, shortened = public_arguments(job.request.arguments)
    origin = job.provenance
    steps = first(arguments, STEPS)
    return {
        "schema": SCHEMA,
        "app": "Pose Studio",
        "version": VERSION,
        "job": job.id,
        "take": take_id,
        "character": origin.character,
        "pose": origin.pose,
        "pose_text": origin.pose_text,
        "style": origin.style,
        "template": origin.template,
        "prompt": job.request.prompt,
        "negative": str(arguments.get("negative_prompt") or ""),
        "endpoint": job.request.endpoint,
        "arguments": arguments,
        "shortened": list(shortened),
        "seed": job.request.seed,
        "seed_returned": _number(said.get("seed")),
        "steps": _number(steps),
        "size": list(size),
        "request_id": job.request_id,
        "estimate": money.text(job.estimate),
        "billed": money.text(job.billed),
        "unit_price": money.text(job.unit_price),
        "units": money.text(job.units),
        "timings": _timings(said.get("timings")),
        "loras": _loras(arguments.get("loras"), origin.loras),
        "parent": origin.parent,
        "references": [{"path": _relative(path), "sha256": digest} for path, digest in origin.references],
        "draft": origin.draft,
        "sandbox": job.sandbox,
        "flagged": result_flagged(result),
        "notes": list(origin.notes),
        "sweep": origin.cell,
    }


def text_of(record: Mapping[str, Json]) -> str:
    """The record as JSON in ASCII: neither PNG's tEXt nor a JPEG comment says what encoding it has."""
    return json.dumps(record, separators=(",", ":"), allow_nan=False)


def record_from(text: str) -> dict[str, Json] | None:
    """The record of a text, or None when it is not one: bad JSON, too long or too deep."""
    if len(text) > LONGEST:
        return None
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("endpoint"), str):
        return None
    return {_whole(key): _clean(value) for key, value in found.items()}


def public_arguments(arguments: Mapping[str, Json]) -> tuple[dict[str, Json], tuple[str, ...]]:
    """The arguments as they may be seen by others, and the dotted names of those that had to be shortened.

    A file sent inside the request becomes its type and SHA-256; an address loses its query, which may be a token.
    """
    shortened: list[str] = []

    def seen(value: Any, name: str) -> Any:
        match value:
            case dict():
                return {key: seen(item, f"{name}.{key}" if name else key) for key, item in value.items()}
            case list():
                return [seen(item, f"{name}.{index}") for index, item in enumerate(value)]
            case str():
                short = _public(value)
                if short != value:
                    shortened.append(name)
                return short
            case _:
                return value

    return seen(dict(arguments), ""), tuple(shortened)


def _public(value: str) -> str:
    if value.startswith("data:") and "," in value[:200]:
        head, _, _ = value.partition(",")
        return f"{head.split(';')[0]};sha256={hashlib.sha256(value.encode()).hexdigest()}"
    if re.match(r"https?://\S+$", value):
        parts = urlsplit(value)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, host, parts.path, "", ""))
    return value


def _relative(path: str) -> str:
    for kind in (PurePosixPath, PureWindowsPath):
        if kind(path).is_absolute() or path.startswith("~"):
            return kind(path).name
    return path


def _number(value: Json) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _timings(value: Json) -> dict[str, Json]:
    entries = list(value.items())[:20] if isinstance(value, dict) else []
    return {key[:80]: number for key, said in entries if (number := _number(said)) is not None}


def _loras(value: Json, named: Sequence[tuple[str, str]]) -> list[Json]:
    """Each LoRA by its name in the project, where it has one there, else by the address it was sent as."""
    entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
    names = list(named) if len(named) == len(entries) else [(str(entry.get("path") or ""), "") for entry in entries]
    return [
        {"path": _relative(name), "scale": entry.get("scale"), "sha256": digest or None}
        for (name, digest), entry in zip(names, entries, strict=True)
    ]


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _clean(value: Any) -> Any:
    match value:
        case str():
            return _whole(value)
        case list():
            return [_clean(item) for item in value]
        case dict():
            return {_whole(key): _clean(item) for key, item in value.items()}
        case _:
            return value
