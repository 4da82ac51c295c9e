"""One SQLite file: opened durable and private, shared by threads, its failures named in an artist's words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from studio.domain.errors import ProjectError
from studio.domain.text import plain
from studio.library.disk import trouble
from studio.library.migrations import NewerDatabase, migrate
from studio.library.mounts import is_network

PATIENCE = 5.0
"""Seconds to wait for another studio that is writing."""

Value = str | int | float | None
Made = TypeVar("Made")


class Database:
    """A migrated database whose commits are on the disk when they return. Raises ProjectError and nothing else.

    Any thread may use it; one transaction runs at a time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            self._identity = _private_file(path)
        except OSError as error:
            raise trouble(error, "the journal could not be opened", path) from error
        with self._named():
            self._connection = self._connect()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def rows(self, sql: str, values: Iterable[Value] = ()) -> list[sqlite3.Row]:
        """The rows of a query."""
        with self._lock, self._named():
            return self._connection.execute(sql, tuple(values)).fetchall()

    def made(self, make: Callable[[sqlite3.Row], Made], sql: str, values: Iterable[Value] = ()) -> list[Made]:
        """What `make` makes of each row of a query, one row in memory at a time."""
        with self._lock, self._named():
            return [make(row) for row in self._connection.execute(sql, tuple(values))]

    def row(self, sql: str, values: Iterable[Value] = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write that happens wholly or not at all, on the disk at the end of the block. One inside another is part
        of the outer one.
        """
        with self._lock, self._named():
            inner = self._connection.in_transaction
            if inner:
                yield self._connection
                return
            self._still_there()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after some failures, a full disk among them.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            _make_durable(connection, self.path)
            connection.row_factory = sqlite3.Row
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _still_there(self) -> None:
        # SQLite goes on writing into a file that has been deleted, and says nothing.
        try:
            there = self.path.stat()
        except OSError as error:
            raise trouble(error, "the journal cannot be written", self.path) from error
        if (there.st_dev, there.st_ino) != self._identity:
            raise ProjectError(
                f"The journal {plain(str(self.path))} was replaced while the studio was running.",
                "Leave the studio and start it again.",
            )

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except NewerDatabase as error:
            raise ProjectError(
                f"The journal {plain(str(self.path))} was written by a newer Pose Studio ({plain(error)}).",
                "Start the newer version; nothing was changed.",
            ) from error
        except sqlite3.Error as error:
            raise _in_words(error, plain(str(self.path))) from error


def text_for_sqlite(text: str) -> str:
    """Text that can be bound: a lone surrogate, which UTF-8 has no bytes for, becomes its JSON escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _private_file(path: Path) -> tuple[int, int]:
    _private_folder(path.parent)
    # Closing any descriptor of a file drops this process's locks on it, so one that is there is never opened.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    there = path.stat()
    if there.st_mode & 0o077 and there.st_uid == os.geteuid():
        path.chmod(0o600)
    return there.st_dev, there.st_ino


def _private_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _private_folder(folder.parent)
    folder.mkdir(0o700, exist_ok=True)


def _make_durable(connection: sqlite3.Connection, path: Path) -> None:
    if is_network(path) or not _write_ahead(connection):
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    # fsync on macOS leaves bytes in the drive's cache; elsewhere this is no more than a word.
    connection.execute("PRAGMA fullfsync = 1")


def _write_ahead(connection: sqlite3.Connection) -> bool:
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname in {"SQLITE_PROTOCOL", "SQLITE_CANTOPEN", "SQLITE_IOERR_SHMMAP"}:
            return False
        raise
    return bool(mode == "wal")


def _in_words(error: sqlite3.Error, path: str) -> ProjectError:
    name = getattr(error, "sqlite_errorname", "") or ""
    match name.split("_")[1] if "_" in name else "":
        case "FULL":
            return ProjectError(f"The disk is full: the journal {path} could not be written.", "Free some space.")
        case "READONLY" | "PERM" | "AUTH":
            return ProjectError(
                f"The journal {path} cannot be written to.", "Give yourself write permission there and try again."
            )
        case "BUSY" | "LOCKED" | "PROTOCOL":
            return ProjectError(
                f"Another program holds the journal {path}.", "Close the other program, or wait for it, and try again."
            )
        case "CORRUPT" | "NOTADB":
            return ProjectError(
                f"The journal {path} is damaged.", "Put it back from a backup, or move it away to begin a new one."
            )
        case "CANTOPEN":
            return ProjectError(f"The journal {path} cannot be opened.", "Look at the folder and its permissions.")
        case _:
            return ProjectError(f"The journal {path} cannot be used: {plain(error)}.", "Look at the disk it lies on.")
