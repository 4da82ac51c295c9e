"""What happens to failures: foreseen ones are told calmly, unforeseen ones are written down and told too."""

from __future__ import annotations

import os
import time
import traceback

from studio.config.paths import homely, log_file
from studio.domain.errors import StudioError
from studio.domain.text import plain

LARGEST_LOG = 2 * 1024 * 1024
"""Bytes after which the log file starts anew; the one before is kept beside it."""


def sentence(error: StudioError) -> str:
    """What happened and what to do, harmless to a terminal."""
    return plain(f"{error.happened} {error.remedy}".strip(), lines=True)


def write_down(error: BaseException) -> str:
    """Append an unforeseen failure to the log file; gives the place, or an empty text when it cannot be written."""
    path = log_file()
    text = "".join(traceback.format_exception(error))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".old.log"))
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {text}\n")
    except OSError:
        return ""
    return homely(path)
