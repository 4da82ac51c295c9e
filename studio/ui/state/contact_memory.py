"""When each pose was last gone through, kept in the project's `.studio/culled.json`. It can be lost without harm."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from studio.config.notes import keep_notes, read_notes

PLACE = Path(".studio") / "culled.json"
MOST = 2_000
"""Poses that are remembered."""


def load_culled(folder: Path) -> dict[str, float]:
    """Seconds since the epoch by the pose's slug; empty when there is no file that can be read. Blocks."""
    raw = read_notes(folder / PLACE)
    known = {pose: at for pose, at in raw.items() if isinstance(at, int | float) and not isinstance(at, bool)}
    return dict(list(known.items())[-MOST:])


def save_culled(folder: Path, culled: Mapping[str, float]) -> None:
    """Write it, whole or not at all. A folder that cannot be written to remembers nothing. Blocks."""
    keep_notes(folder / PLACE, dict(list(culled.items())[-MOST:]))
