"""Arguments with their pictures on the shelf: what is kept of a call stays small, and can be made whole again.

A reference picture is sent as a data URI of megabytes with every pose; the record and the memory hold it once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from studio.domain.request import Json
from studio.sandbox.files import Files

LONGEST_INLINE = 4096
"""Characters of a data URI that still stands in the arguments themselves."""


def shelved(arguments: dict[str, Json], files: Files) -> dict[str, Json]:
    """The arguments with a reference in place of every long data URI."""

    def put(text: str) -> str:
        return files.shelve(text) if len(text) > LONGEST_INLINE and text.startswith("data:") else text

    return cast("dict[str, Json]", _changed(arguments, put))


def whole(arguments: dict[str, Json], files: Files) -> dict[str, Json]:
    """The arguments as they came, every reference replaced by what it stands for."""
    return cast("dict[str, Json]", _changed(arguments, files.shelved))


def _changed(value: Json, change: Callable[[str], str]) -> Json:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_changed(entry, change) for entry in value]
    if isinstance(value, dict):
        return {name: _changed(entry, change) for name, entry in value.items()}
    return value
