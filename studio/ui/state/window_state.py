"""How the screen was left: pose, shown takes, log filter, sizes. Kept in the project's `.studio/window.json`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from studio.config.notes import keep_notes, read_notes

PLACE = Path(".studio") / "window.json"

MOST_SEEN = 2_000
"""Poses whose shown take is remembered."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """What is restored at the next start. All of it can be lost without harm."""

    pose: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    """The take last shown of each pose, by the pose's slug."""
    log_filter: str = ""
    left_width: int = 0
    """Cells of the left column; 0 leaves it to the layout."""
    log_height: int = 0
    """Rows of the log; 0 leaves it to the layout."""
    grid: dict[str, str] = field(default_factory=dict)
    """How the grid of takes was left, as `GridTaste` keeps it."""
    tier: str = ""
    """`lean` or `full` pictures on any line; empty leaves it to the line's speed."""


def load_window_state(folder: Path) -> WindowState:
    """The state of a project's window; the default when there is none that can be read."""
    return _checked(read_notes(folder / PLACE))


def save_window_state(folder: Path, state: WindowState) -> None:
    """Write it, whole or not at all. A folder that cannot be written to keeps no window state. Blocks."""
    keep_notes(folder / PLACE, asdict(state))


def _checked(raw: dict[str, Any]) -> WindowState:
    """Only what has the expected type is believed: the file may be an older version's, or edited by hand."""
    default = WindowState()
    known: dict[str, Any] = {}
    for entry in fields(WindowState):
        value = raw.get(entry.name)
        if type(value) is type(getattr(default, entry.name)):
            known[entry.name] = value
    seen = known.get("seen", {})
    known["seen"] = {
        pose: take for pose, take in list(seen.items())[:MOST_SEEN] if isinstance(pose, str) and isinstance(take, str)
    }
    grid = known.get("grid", {})
    known["grid"] = {str(name): value for name, value in list(grid.items())[:20] if isinstance(value, str)}
    for name in ("left_width", "log_height"):
        known[name] = max(0, min(400, known.get(name, 0)))
    return WindowState(**known)
