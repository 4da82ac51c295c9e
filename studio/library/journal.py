"""The durable record of every Job, in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from studio.domain.job import MOVES, IllegalMove, Job, JobState
from studio.domain.spent import Spent
from studio.library import ledger
from studio.library.database import Database, text_for_sqlite
from studio.library.job_rows import SELECT, columns_of, job_of, request_of, seed_of
from studio.library.ledger import Totals


@dataclass(frozen=True, slots=True)
class Passage:
    """One state a Job was in: since when (seconds since the epoch), and why where it failed."""

    state: JobState
    at: float
    note: str


class SqliteJournal:
    """The Journal of one project. What a method wrote is on the disk when it returns.

    Any thread may call it. Raises ProjectError when the file cannot be used, and IllegalMove when a Job is moved
    against the table.
    """

    def __init__(self, path: Path) -> None:
        self.database = Database(path)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is read and written inside happens wholly or not at all, while no other process writes."""
        with self.database.transaction():
            yield

    def write(self, jobs: Sequence[Job]) -> None:
        """Add new jobs in state *written*, all or none."""
        for job in jobs:
            if job.state is not JobState.WRITTEN:
                raise IllegalMove(f"job {job.id} is {job.state} and was never written")
        with self.database.transaction() as connection:
            for job in jobs:
                _insert(connection, job)

    def save(self, job: Job) -> None:
        """Replace a job's row and append its state to the history when it changed.

        Raises IllegalMove when the stored job cannot move there, was never written, has another Request, is *sent* a
        second time (whoever calls, a job leaves once), or is known at fal by an id or a result that `job` does not
        have: then somebody else has moved it on meanwhile.
        """
        with self.database.transaction() as connection:
            stored = connection.execute(
                "SELECT state, digest, request_id, result IS NOT NULL AS finished FROM job WHERE id = ?", (job.id,)
            ).fetchone()
            if stored is None:
                raise IllegalMove(f"job {job.id} was never written")
            before = JobState(stored["state"])
            if job.state not in MOVES[before] and (job.state is not before or job.state is JobState.SENT):
                raise IllegalMove(f"job {job.id} cannot go from {before} to {job.state}")
            if stored["digest"] != job.request.digest:
                raise IllegalMove(f"job {job.id} has another request than the one that was written")
            if (stored["request_id"] and not job.request_id) or (stored["finished"] and job.result is None):
                raise IllegalMove(f"job {job.id} has moved on: what fal said about it is not to be forgotten")
            _update(connection, job)
            if job.state is not before:
                _remember(connection, job, job.moved)

    def job(self, job_id: str) -> Job | None:
        """One job, or None when there is none of that id."""
        row = self.database.row(f"{SELECT} WHERE id = ?", (text_for_sqlite(job_id),))
        return job_of(row) if row else None

    def jobs(self, states: Sequence[JobState] = ()) -> list[Job]:
        """Jobs in those states (all when empty), oldest first."""
        wanted = [state.value for state in states]
        where = f"WHERE state IN ({', '.join('?' * len(wanted))})" if wanted else ""
        return [job_of(row) for row in self.database.rows(f"{SELECT} {where} ORDER BY seq", wanted)]

    def claimed(self, besides: Collection[str] = ()) -> set[str]:
        """fal's request ids that belong to jobs, those of the job ids `besides` left out."""
        rows = self.database.rows("SELECT id, request_id FROM job WHERE request_id <> ''")
        return {row["request_id"] for row in rows if row["id"] not in besides}

    def touched(self) -> int:
        """A number that is another one after another process wrote into the journal; cheap to ask."""
        row = self.database.row("PRAGMA data_version")
        return int(row[0]) if row else 0

    def duplicate(self, digest: str) -> Job | None:
        """A stored job with an identical Request, if there is one: a real one before a sandbox one, then the newest."""
        row = self.database.row(
            f"{SELECT} WHERE digest = ? AND state = 'stored' ORDER BY sandbox, seq DESC LIMIT 1", (digest,)
        )
        return job_of(row) if row else None

    def last_seed(self) -> int | None:
        """The seed of the newest job that has one, or None."""
        row = self.database.row(f"{SELECT} WHERE seed IS NOT NULL ORDER BY seq DESC LIMIT 1")
        return seed_of(row["seed"]) if row else None

    def history(self, job_id: str) -> list[Passage]:
        """Every state a job was in, in order."""
        rows = self.database.rows(
            "SELECT state, at, note FROM job_history WHERE job = ? ORDER BY seq", (text_for_sqlite(job_id),)
        )
        return [Passage(JobState(row["state"]), row["at"], row["note"]) for row in rows]

    def totals(self, since: float | None = None, session: str | None = None) -> Totals:
        """What was spent by jobs sent since a moment (seconds since the epoch; all when None)."""
        return ledger.totals(self.database, since, session)

    def committed(self, since: float, session: str | None = None, besides: Collection[str] = ()) -> Decimal:
        """USD spent by real jobs sent since a moment or ordered in a session, and spoken for by those not sent yet."""
        return ledger.committed(self.database, since, session, besides)

    def spent(self, since: float | None = None, session: str | None = None) -> list[Spent]:
        """The ledger's lines for jobs sent since a moment, oldest first."""
        return ledger.spent(self.database, since, session)


def _insert(connection: sqlite3.Connection, job: Job) -> None:
    digest, *_ = request = request_of(job.request)
    connection.execute("INSERT OR IGNORE INTO request (digest, endpoint, body, seed) VALUES (?, ?, ?, ?)", request)
    columns = {"id": text_for_sqlite(job.id), "created": job.created, "digest": digest, **columns_of(job)}
    names = ", ".join(columns)
    try:
        connection.execute(
            f"INSERT INTO job ({names}) VALUES ({', '.join('?' * len(columns))})", tuple(columns.values())
        )
    except sqlite3.IntegrityError as error:
        raise IllegalMove(f"job {job.id} was written before") from error
    _remember(connection, job, job.created)


def _update(connection: sqlite3.Connection, job: Job) -> None:
    columns = columns_of(job)
    assignments = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE job SET {assignments} WHERE id = ?", (*columns.values(), job.id))
    if job.state is JobState.SENT:
        connection.execute("UPDATE job SET sent = ? WHERE id = ?", (job.moved, job.id))


def _remember(connection: sqlite3.Connection, job: Job, at: float) -> None:
    note = f"{job.failure.kind}: {job.failure.message}" if job.failure else ""
    connection.execute(
        "INSERT INTO job_history (job, state, at, note) VALUES (?, ?, ?, ?)",
        (job.id, job.state.value, at, text_for_sqlite(note)),
    )
