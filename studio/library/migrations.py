"""The shape of the journal's database, as numbered steps that are each recorded by name."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence

Migration = Callable[[sqlite3.Connection], None]


class NewerDatabase(Exception):
    """The database has steps that this program does not know."""


def jobs(connection: sqlite3.Connection) -> None:
    """Jobs, the Requests they stand for, and every state they were in."""
    # A Request may carry megabytes of reference pictures: apart from the job, it is written once.
    connection.execute(
        "CREATE TABLE request (digest TEXT PRIMARY KEY, endpoint TEXT NOT NULL, body TEXT NOT NULL, seed TEXT)"
    )
    connection.execute(
        """
        CREATE TABLE job (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
            created REAL NOT NULL, moved REAL NOT NULL, sent REAL, session TEXT NOT NULL,
            sandbox INTEGER NOT NULL, pose TEXT NOT NULL, digest TEXT NOT NULL REFERENCES request (digest),
            request_id TEXT NOT NULL, estimate TEXT, unit_price TEXT, units TEXT, billed TEXT,
            take TEXT NOT NULL, rest TEXT NOT NULL, result TEXT
        )
        """
    )
    connection.execute("CREATE INDEX job_state ON job (state)")
    connection.execute("CREATE INDEX job_digest ON job (digest)")
    connection.execute("CREATE INDEX job_money ON job (sent, sandbox, session, state, estimate, billed)")
    connection.execute(
        """
        CREATE TABLE job_history (
            seq INTEGER PRIMARY KEY, job TEXT NOT NULL REFERENCES job (id),
            state TEXT NOT NULL, at REAL NOT NULL, note TEXT NOT NULL
        )
        """
    )
    connection.execute("CREATE INDEX job_history_job ON job_history (job)")


def takes(connection: sqlite3.Connection) -> None:
    """Takes. A row is reserved before its file has its name, and shows only when the file is in place."""
    connection.execute(
        """
        CREATE TABLE take (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, slug TEXT NOT NULL,
            number INTEGER NOT NULL, job TEXT NOT NULL UNIQUE, placed INTEGER NOT NULL DEFAULT 0,
            pose TEXT NOT NULL, path TEXT NOT NULL UNIQUE, width INTEGER NOT NULL, height INTEGER NOT NULL,
            created REAL NOT NULL, endpoint TEXT NOT NULL, seed TEXT, request_id TEXT NOT NULL,
            prompt TEXT NOT NULL, arguments TEXT NOT NULL, estimate TEXT, billed TEXT,
            sandbox INTEGER NOT NULL, draft INTEGER NOT NULL, flagged INTEGER NOT NULL, parent TEXT NOT NULL,
            verdict TEXT NOT NULL DEFAULT 'undecided', stars INTEGER NOT NULL DEFAULT 0,
            pick TEXT NOT NULL DEFAULT '', trashed INTEGER NOT NULL DEFAULT 0,
            UNIQUE (slug, number)
        )
        """
    )
    connection.execute("CREATE INDEX take_shown ON take (placed, trashed, slug, verdict)")
    connection.execute("CREATE INDEX take_pick ON take (pick) WHERE pick <> ''")


def decisions(connection: sqlite3.Connection) -> None:
    """What the artist decided, for undo, and the file work a decision still asks for."""
    connection.execute(
        """
        CREATE TABLE decision (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, take TEXT NOT NULL REFERENCES take (id), at REAL NOT NULL,
            before TEXT NOT NULL, after TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0
        )
        """
    )
    connection.execute("CREATE INDEX decision_undone ON decision (undone, seq)")
    connection.execute(
        """
        CREATE TABLE errand (
            seq INTEGER PRIMARY KEY, take TEXT NOT NULL REFERENCES take (id), at REAL NOT NULL,
            before TEXT NOT NULL, after TEXT NOT NULL, step TEXT NOT NULL, decision INTEGER
        )
        """
    )


MIGRATIONS: tuple[Migration, ...] = (jobs, takes, decisions)
"""In order; new ones are added at the end and old ones never change."""


def migrate(connection: sqlite3.Connection, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring a database to the newest shape in one transaction.

    Raises NewerDatabase when it has steps this program does not know.
    """
    if _missing(connection, steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            _apply(connection, steps)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _apply(connection: sqlite3.Connection, steps: Sequence[Migration]) -> None:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at REAL NOT NULL)"
    )
    # Asked again under the lock: another studio may have been quicker.
    missing = _missing(connection, steps)
    for number, step in enumerate(missing, len(steps) - len(missing) + 1):
        step(connection)
        connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (number, step.__name__, time.time()))


def _missing(connection: sqlite3.Connection, steps: Sequence[Migration]) -> Sequence[Migration]:
    known = [step.__name__ for step in steps]
    done = _done(connection)
    if done != known[: len(done)]:
        raise NewerDatabase(", ".join(name for name in done if name not in known) or "steps in another order")
    return steps[len(done) :]


def _done(connection: sqlite3.Connection) -> list[str]:
    there = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'migration'").fetchone()
    if not there[0]:
        return []
    return [name for (name,) in connection.execute("SELECT name FROM migration ORDER BY number")]
