"""Schemas as fal told them: one JSON file per endpoint, so that looking one model up reads one file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from studio.config.live_file import read_json, write_json

FOLDER = "schemas"
VERSION = 1

Entry = Mapping[str, object]
"""A `[[model]]` table as `read_openapi` makes it, its `schema` being the date it was read."""


def read_schema(folder: Path, endpoint: str) -> Entry | None:
    """The cached entry of an endpoint, or None. Raises ProjectError with a sentence when its file cannot be used."""
    found = read_json(_file(folder, endpoint), VERSION)
    entry = found.get("model") if found else None
    return entry if isinstance(entry, dict) and entry.get("id") == endpoint else None


def write_schema(folder: Path, entry: Entry) -> None:
    """Keep an endpoint's entry, whole or not at all. Raises ProjectError."""
    write_json(_file(folder, str(entry["id"])), VERSION, {"model": dict(entry)})


def cached_endpoints(folder: Path) -> frozenset[str]:
    """The endpoints that have a file, without opening one."""
    places = folder / FOLDER
    if not places.is_dir():
        return frozenset()
    return frozenset(path.stem.replace("%2F", "/").replace("%25", "%") for path in places.glob("*.json"))


def _file(folder: Path, endpoint: str) -> Path:
    return folder / FOLDER / f"{endpoint.replace('%', '%25').replace('/', '%2F')}.json"
