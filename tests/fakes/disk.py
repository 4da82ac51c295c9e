"""A disk that fills up, or a machine that stops, at a chosen step."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from studio.library.disk import Disk

T = TypeVar("T")


class Stopped(BaseException):
    """The machine stopped: nothing after this reaches the disk."""


class FakeDisk(Disk):
    """A real disk that notes its steps. At step `full_at` and after it has no room for anything new; before or after
    step `stop_at` the machine stops. `no_links` makes it a file system without hard links.
    """

    def __init__(
        self, *, full_at: int | None = None, stop_at: int | None = None, late: bool = False, no_links: bool = False
    ) -> None:
        self.names: list[str] = []
        """The steps so far, by method."""
        self._full_at, self._stop_at, self._late = full_at, stop_at, late
        self._no_links = no_links
        self._stopped = False

    def make_folder(self, path: Path, mode: int = 0o777) -> None:
        self._step("make_folder", lambda: Disk.make_folder(self, path, mode), grows=True)

    def open_exclusive(self, path: Path, mode: int = 0o666) -> int:
        return self._step("open_exclusive", lambda: Disk.open_exclusive(self, path, mode), grows=True)

    def write_bytes(self, descriptor: int, data: bytes) -> None:
        if self._full_at is not None and len(self.names) >= self._full_at:
            Disk.write_bytes(self, descriptor, data[: len(data) // 2])
        self._step("write_bytes", lambda: Disk.write_bytes(self, descriptor, data), grows=True)

    def fsync(self, descriptor: int) -> None:
        self._step("fsync", lambda: Disk.fsync(self, descriptor), grows=True)

    def fsync_folder(self, path: Path) -> None:
        self._step("fsync_folder", lambda: Disk.fsync_folder(self, path), grows=True)

    def link(self, source: Path, target: Path) -> None:
        def linked() -> None:
            if self._no_links:
                raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(source))
            Disk.link(self, source, target)

        self._step("link", linked, grows=True)

    def rename(self, source: Path, target: Path) -> None:
        self._step("rename", lambda: Disk.rename(self, source, target), grows=True)

    def unlink(self, path: Path) -> None:
        self._step("unlink", lambda: Disk.unlink(self, path))

    def _step(self, name: str, act: Callable[[], T], *, grows: bool = False) -> T:
        number = len(self.names)
        self.names.append(name)
        if self._stopped or (number == self._stop_at and not self._late):
            self._stopped = True
            raise Stopped
        if grows and self._full_at is not None and number >= self._full_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done = act()
        if number == self._stop_at:
            self._stopped = True
            raise Stopped
        return done
