"""Files that workflows put into a project: each is the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from studio.domain.errors import ProjectError
from studio.domain.text import plain

REMEDY = "Make room or make the folder writable; nothing was lost."


def write_bytes(path: Path, data: bytes) -> None:
    """Put bytes into a file, durable when this returns. Its folder is made when it is missing. Blocks.

    Raises ProjectError when the disk does not allow it; what was there before is whole then.
    """
    write_with(path, lambda file: _write(file, data))


def write_with(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """The same for content that `write` puts into an open file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
        try:
            with part.open("wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _sync(path.parent)
    except OSError as error:
        name = plain(f"{path.parent.name}/{path.name}")
        raise ProjectError(f"{name} cannot be written: {error.strerror or error}.", REMEDY) from error


def remove(path: Path) -> None:
    """Take a file away; none there is fine. Raises ProjectError when the disk does not allow it. Blocks."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(f"{plain(path.name)} cannot be removed: {error.strerror or error}.", REMEDY) from error


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
