"""Writing a file so that it is either the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from studio.domain.errors import ProjectError

NEW_MODE = 0o666


def write_text(path: Path, text: str, mode: int | None = None) -> None:
    """Put `text` into a file: temporary file, fsync, rename. Permissions of an existing file are kept, a link is
    followed. Raises ProjectError when the disk does not allow it; the old file is whole then.
    """
    write_bytes(path, text.encode("utf-8"), mode)


def write_bytes(path: Path, data: bytes, mode: int | None = None) -> None:
    """The same for any content."""
    import secrets  # only when something is written, which the first frame is not

    target = path.resolve()
    fresh = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.new")
    try:
        kept = mode if mode is not None else _mode(target)
        # Without a mode to keep, the process's own umask decides, as for any new file.
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, NEW_MODE if kept is None else kept & 0o700)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                if kept is not None:
                    os.fchmod(file.fileno(), kept)
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


def _mode(target: Path) -> int | None:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
