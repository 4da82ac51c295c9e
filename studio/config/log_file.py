"""The program's log file: what a traceback was, never what the key is."""

from __future__ import annotations

import os
import time
from pathlib import Path

from studio.config.paths import log_file
from studio.config.secrets import redacted
from studio.domain.text import plain
from studio.domain.version import VERSION

LARGEST = 1_000_000
"""Bytes after which the file is put aside."""

KEPT = 3
"""Older files that are kept."""


def log_crash(error: BaseException, doing: str) -> Path | None:
    """Write an error's traceback down and give the file, or None when even that cannot be done."""
    import traceback  # only a crash needs it

    head = f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} studio {VERSION}: {plain(doing)}"
    return _append(f"{head}\n{''.join(traceback.format_exception(error))}\n")


def _append(text: str) -> Path | None:
    path = log_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _rotate(path)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(plain(redacted(text), lines=True, limit=LARGEST))
    except OSError:
        return None
    return path


def _rotate(path: Path) -> None:
    if not path.exists() or path.stat().st_size < LARGEST:
        return
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))
    path.replace(path.with_name(f"{path.name}.1"))
