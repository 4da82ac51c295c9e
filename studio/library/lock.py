"""One sender in a project: a lock that dies with its process."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from studio.library.disk import named_trouble


class ProjectLock:
    """The right to send a project's jobs. The kernel lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """True while this object holds the lock."""
        return self._descriptor is not None

    def acquire(self) -> bool:
        """Take the lock if nobody has it, without waiting. Raises ProjectError when the file cannot be made."""
        if self._descriptor is not None:
            return True
        with named_trouble("the lock of the project could not be taken", self.path):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                if not _locked(descriptor, self.path):
                    os.close(descriptor)
                    return False
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            except BaseException:
                with suppress(OSError):
                    os.close(descriptor)
                raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let go. The file stays, so that nobody can lock a file that another is about to delete."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> int | None:
        """The process id that took the lock last, for a sentence to the artist; None when nobody knows."""
        try:
            return int(self.path.read_text(encoding="ascii", errors="replace")[:20])
        except (OSError, ValueError):
            return None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _locked(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    # Somebody may have put another file in its place between opening and locking.
    opened, there = os.fstat(descriptor), path.stat()
    return (opened.st_dev, opened.st_ino) == (there.st_dev, there.st_ino)
