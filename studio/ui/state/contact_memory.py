"""When each pose was last gone through, kept in the project's `.studio/culled.json`. It can be lost without harm."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

PLACE = Path(".studio") / "culled.json"
MOST = 2_000
"""Poses that are remembered."""


def load_culled(folder: Path) -> dict[str, float]:
    """Seconds since the epoch by the pose's slug; empty when there is no file that can be read. Blocks."""
    try:
        raw = json.loads((folder / PLACE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(raw, dict):
        return {}
    known = {pose: at for pose, at in raw.items() if isinstance(at, int | float) and not isinstance(at, bool)}
    return dict(list(known.items())[-MOST:])


def save_culled(folder: Path, culled: Mapping[str, float]) -> None:
    """Write it, whole or not at all. A folder that cannot be written to remembers nothing. Blocks."""
    place = folder / PLACE
    fresh = place.with_name(f"culled.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        fresh.write_text(json.dumps(dict(list(culled.items())[-MOST:]), ensure_ascii=False), encoding="utf-8")
        fresh.replace(place)
