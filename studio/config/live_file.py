"""A file of the cache: JSON with a version, written whole, read with suspicion."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from studio.config.paths import homely
from studio.config.toml_file import LARGEST
from studio.domain.errors import ProjectError

PRIVATE = 0o600
"""Prices can be an account's own."""


def read_json(path: Path, version: int) -> dict[str, object] | None:
    """What a cache file holds, decimals kept exact; None when it is absent.

    Raises ProjectError with a sentence when it cannot be used: unreadable, no JSON, or of another version.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        found = json.loads(raw, parse_float=Decimal) if len(raw) <= LARGEST else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise _unusable(path) from error
    if not isinstance(found, dict) or found.get("version") != version:
        raise _unusable(path)
    return found


def write_json(path: Path, version: int, values: Mapping[str, object]) -> None:
    """Put values into a cache file, whole or not at all, readable by its owner alone. Raises ProjectError."""
    from studio.config.atomic import write_text  # only needed to write

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"{homely(path.parent)} cannot be made: {error.strerror or error}.") from error
    write_text(path, json.dumps({"version": version, **values}, default=_number, indent=1), PRIVATE)


def _number(value: object) -> int | float:
    if isinstance(value, Decimal):
        # JSON has one kind of number; a float's shortest text is the decimal again, up to 15 digits.
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"JSON has no word for {type(value).__name__}")


def _unusable(path: Path) -> ProjectError:
    return ProjectError(
        f"{homely(path)} cannot be used, so what came with the studio counts.", "studio models refresh writes it anew."
    )
