"""Writing a text file so that it is either the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from studio.domain.errors import ProjectError

NEW_MODE = 0o644


def write_text(path: Path, text: str, mode: int | None = None) -> None:
    """Put `text` into a file: temporary file, fsync, rename. Permissions of an existing file are kept, a link is
    followed. Raises ProjectError when the disk does not allow it; the old file is whole then.
    """
    target = path.resolve()
    try:
        wanted = mode if mode is not None else _mode(target)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fchmod(file.fileno(), wanted)
                os.fsync(file.fileno())
            fresh.replace(target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise ProjectError(
            f"{path.name} cannot be written: {error.strerror or error}.",
            "Make room or make the folder writable; the file is as it was.",
        ) from error


def _mode(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return NEW_MODE & ~umask


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
