"""Notes in a project's `.studio/`: small JSON tables that can be lost without harm, and come from anybody."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LONGEST = 16 * 1024 * 1024
"""Bytes of notes that are read; those of ten thousand takes have a quarter of it."""


def read_notes(path: Path) -> dict[str, Any]:
    """The table of a file; empty where there is none that can be read, whatever lies there instead. Blocks."""
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
        raw = json.loads(data) if len(data) <= LONGEST else None
    except (OSError, ValueError, RecursionError):
        return {}
    return raw if isinstance(raw, dict) else {}


def keep_notes(path: Path, notes: Mapping[str, Any]) -> None:
    """Write them, whole or not at all. A folder that cannot be written to keeps none. Blocks."""
    fresh = path.with_name(f"{path.stem}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        fresh.write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)
