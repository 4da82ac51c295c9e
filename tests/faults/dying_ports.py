"""The studio's own parts, wrapped so that the process dies, or the disk fills, at one exact call."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from studio.domain.errors import ProjectError
from studio.domain.job import Handle
from studio.domain.request import Request
from studio.engine.clock import SystemClock
from studio.engine.ports import CancelAnswer, Completed, Download, Listing, PastRequest, Progress, Provider
from studio.library.database import Database
from studio.library.disk import Disk
from studio.library.journal import SqliteJournal

T = TypeVar("T")


@dataclass(frozen=True)
class Orders:
    """What shall go wrong. Steps are counted from 1, over all ports, before and after every call."""

    die: int = 0
    """The process is killed at this step."""
    die_at: str = ""
    """The process is killed at the first step of this name."""
    trace: str = ""
    """A file that gets the name of every step, so that a death can be placed."""
    full: tuple[int, int] = (0, 0)
    """From the first to the last of these calls of the disk there is no room."""
    journal_full: tuple[int, int] = (0, 0)
    """The same for transactions of the journal."""
    clock: float = 0.0
    """Seconds by which the clock is wrong."""
    jump: tuple[int, float] = (0, 0.0)
    """After so many looks at the clock it is set by so many seconds."""


class Fuse:
    """Counts the steps and carries the orders out. Any thread may call it."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self._lock = threading.Lock()
        self._steps = self._disk_calls = self._transactions = 0

    def step(self, name: str) -> None:
        """One step; perhaps the last."""
        with self._lock:
            self._steps += 1
            if self.orders.trace:
                with Path(self.orders.trace).open("a", encoding="utf-8") as trace:
                    trace.write(f"{name}\n")
            if self._steps == self.orders.die or name == self.orders.die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def room_on_disk(self, name: str) -> None:
        """Raise ENOSPC when the orders say so."""
        with self._lock:
            self._disk_calls += 1
            first, last = self.orders.full
            if first <= self._disk_calls <= last:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)

    def room_in_journal(self) -> None:
        """Raise what a full disk looks like in the journal when the orders say so."""
        with self._lock:
            self._transactions += 1
            first, last = self.orders.journal_full
            if first <= self._transactions <= last:
                raise ProjectError("The disk is full: the journal could not be written.", "Free some space.")


class DyingDatabase(Database):
    """A database in which the process can die before a transaction, before its commit and after it."""

    def __init__(self, path: Path, fuse: Fuse) -> None:
        super().__init__(path)
        self._fuse = fuse

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write that happens wholly or not at all."""
        self._fuse.step("journal: before")
        self._fuse.room_in_journal()
        with super().transaction() as connection:
            yield connection
            self._fuse.step("journal: before the commit")
        self._fuse.step("journal: after")


class DyingJournal(SqliteJournal):
    """The real journal over a DyingDatabase."""

    def __init__(self, path: Path, fuse: Fuse) -> None:
        self.database = DyingDatabase(path, fuse)


class DyingDisk(Disk):
    """The real disk, with steps around everything that changes it; a write can be torn in the middle."""

    def __init__(self, fuse: Fuse) -> None:
        self._fuse = fuse

    @contextmanager
    def _around(self, name: str, *, grows: bool = True) -> Iterator[None]:
        self._fuse.step(f"disk: before {name}")
        if grows:
            self._fuse.room_on_disk(name)
        yield
        self._fuse.step(f"disk: after {name}")

    def make_folder(self, path: Path, mode: int = 0o777) -> None:
        """Make one folder."""
        with self._around("make_folder"):
            super().make_folder(path, mode)

    def open_exclusive(self, path: Path, mode: int = 0o666) -> int:
        """Create a file."""
        with self._around("open_exclusive"):
            return super().open_exclusive(path, mode)

    def write_bytes(self, descriptor: int, data: bytes) -> None:
        """Write, in two halves."""
        with self._around("write_bytes"):
            super().write_bytes(descriptor, data[: len(data) // 2])
            self._fuse.step("disk: half of write_bytes")
            self._fuse.room_on_disk("write_bytes")
            super().write_bytes(descriptor, data[len(data) // 2 :])

    def fsync(self, descriptor: int) -> None:
        """Wait for the disk."""
        with self._around("fsync"):
            super().fsync(descriptor)

    def fsync_folder(self, path: Path) -> None:
        """Wait for the folder."""
        with self._around("fsync_folder", grows=False):
            super().fsync_folder(path)

    def link(self, source: Path, target: Path) -> None:
        """Give a second name."""
        with self._around("link"):
            super().link(source, target)

    def rename(self, source: Path, target: Path) -> None:
        """Give another name."""
        with self._around("rename"):
            super().rename(source, target)

    def unlink(self, path: Path) -> None:
        """Take a name away."""
        with self._around("unlink", grows=False):
            super().unlink(path)


class DyingProvider:
    """The real provider, with steps around every call and at everything it tells."""

    def __init__(self, real: Provider, fuse: Fuse) -> None:
        self._real = real
        self._fuse = fuse

    @property
    def sandbox(self) -> bool:
        """As the real one."""
        return self._real.sandbox

    async def _around(self, name: str, call: Awaitable[T]) -> T:
        self._fuse.step(f"provider: before {name}")
        answer = await call
        self._fuse.step(f"provider: after {name}")
        return answer

    async def submit(self, request: Request) -> Handle:
        """POST the request once."""
        return await self._around("submit", self._real.submit(request))

    async def watch(self, handle: Handle) -> AsyncIterator[Progress]:
        """Follow a job."""
        self._fuse.step("provider: before watch")
        async for progress in self._real.watch(handle):
            self._fuse.step(f"provider: heard {type(progress).__name__}")
            yield progress
        self._fuse.step("provider: after watch")

    async def collect(self, handle: Handle) -> Completed:
        """The result."""
        return await self._around("collect", self._real.collect(handle))

    async def cancel(self, handle: Handle) -> CancelAnswer:
        """Ask to cancel."""
        return await self._around("cancel", self._real.cancel(handle))

    async def download(self, url: str, to: Path, limit: int) -> Download:
        """Fetch a file."""
        return await self._around("download", self._real.download(url, to, limit))

    async def recent(self, endpoint: str, since: float) -> Sequence[PastRequest]:
        """The history."""
        return await self._around("recent", self._real.recent(endpoint, since))

    async def prices(self, endpoints: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
        """The prices."""
        return await self._around("prices", self._real.prices(endpoints))

    async def schemas(self, endpoints: Sequence[str]) -> dict[str, Listing]:
        """What fal lists."""
        return await self._around("schemas", self._real.schemas(endpoints))

    async def search(self, words: str) -> Sequence[Listing]:
        """What fal finds."""
        return await self._around("search", self._real.search(words))

    async def upload(
        self, path: Path, content_type: str, lifetime: int | None = None, sent: Callable[[int], None] | None = None
    ) -> str:
        """Store a file."""
        return await self._around("upload", self._real.upload(path, content_type, lifetime, sent))

    async def close(self) -> None:
        """Let go of every connection."""
        await self._around("close", self._real.close())


class WrongClock(SystemClock):
    """A clock that is wrong, and may be set while the studio runs."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._looks = 0

    def now(self) -> float:
        """Seconds since the epoch, as this machine believes."""
        self._looks += 1
        after, by = self._orders.jump
        return super().now() + self._orders.clock + (by if after and self._looks > after else 0.0)
