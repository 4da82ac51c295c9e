"""CPU time, memory and wake-ups of one process, read from Linux's /proc."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used so far; its children are not counted."""

    run_ns: int = 0
    """Exact run time of the threads alive now, in nanoseconds."""
    switches: int = 0
    """Voluntary context switches of the threads alive now: wake-ups."""
    peak_rss_kib: int = 0
    """The most memory it ever had, in KiB."""


def usage(pid: int) -> Usage:
    """What the process has used; zeros when it is gone."""
    process = Path("/proc") / str(pid)
    run = switches = 0
    for task in _folders(process / "task"):
        run += int((_read(task / "schedstat").split() or ["0"])[0])
        switches += _field(_read(task / "status"), "voluntary_ctxt_switches:")
    return Usage(run, switches, _field(_read(process / "status"), "VmHWM:"))


def _field(status: str, name: str) -> int:
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith(name)), 0)


def _folders(path: Path) -> list[Path]:
    try:
        return list(path.iterdir())
    except OSError:
        return []


def _read(path: Path) -> str:
    # A thread or process may end between two looks.
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
