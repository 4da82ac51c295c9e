"""How a Take stands in the database, and the queries that give Takes."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio.domain import money
from studio.domain.job import Job, result_flagged
from studio.domain.request import Json, canonical
from studio.domain.take import Take, Verdict
from studio.domain.text import slug
from studio.library.database import Database, Value, text_for_sqlite
from studio.library.job_rows import amount, seed_of, seed_text

if TYPE_CHECKING:
    from studio.library.picture_check import Picture

TRASH = "takes/.trash"
GONE = 2
"""What `trashed` is in the row of a take whose picture was deleted with the trash; no list has it."""
ENDINGS = ("png", "jpg", "webp")
"""What the files of takes end in."""

SELECT = """
    SELECT id, job, pose, path, width, height, created, endpoint, seed, request_id, prompt, arguments,
           estimate, billed, sandbox, draft, flagged, parent, verdict, stars, pick, trashed, slug
    FROM take"""
"""Rows that `take_of` reads, in the order of a Take's fields: looking up 22 names a row takes longer than the query."""

_VERDICTS = {verdict.value: verdict for verdict in Verdict}

LONGEST_ARGUMENTS = 20_000
"""Characters of arguments that a row carries as they are; the journal's request has them in any case."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many takes of one pose there are outside the trash."""

    takes: int
    picked: int
    rejected: int


def trash_path(path: str) -> str:
    """Where a take lies while it is in the trash; take ids, and so file names, are unique in the project."""
    return f"{TRASH}/{PurePosixPath(path).name}"


def take_of(row: sqlite3.Row) -> Take:
    """The Take of a row of SELECT."""
    (take, job, pose, path, width, height, created, endpoint, seed, request_id, prompt, arguments) = row[:12]
    (estimate, billed, sandbox, draft, flagged, parent, verdict, stars, pick, trashed) = row[12:22]
    return Take(
        take,
        job,
        # Hundreds of takes have the same pose, model and prompt; each is kept in memory once.
        sys.intern(pose),
        trash_path(path) if trashed else path,
        width,
        height,
        created,
        sys.intern(endpoint),
        seed_of(seed),
        request_id,
        sys.intern(prompt),
        arguments,
        amount(estimate),
        amount(billed),
        bool(sandbox),
        bool(draft),
        bool(flagged),
        parent,
        _VERDICTS[verdict],
        stars,
        pick,
        bool(trashed),
    )


def columns_of(job: Job, picture: Picture, result: Json) -> dict[str, Value]:
    """The columns that a job and its picture decide; id, number and path are the shelf's."""
    columns: dict[str, Value] = {
        "job": job.id,
        "pose": job.pose,
        "slug": slug(job.pose),
        "width": picture.width,
        "height": picture.height,
        "created": job.moved or job.created,
        "endpoint": job.request.endpoint,
        "seed": seed_text(job.request.seed),
        "request_id": job.request_id,
        "prompt": job.request.prompt,
        "arguments": _arguments(job),
        "estimate": money.text(job.estimate),
        "billed": money.text(job.billed),
        "sandbox": int(job.sandbox),
        "draft": int(job.provenance.draft),
        "flagged": int(result_flagged(result)),
        "parent": job.provenance.parent,
    }
    return {name: text_for_sqlite(value) if isinstance(value, str) else value for name, value in columns.items()}


def one(database: Database, take_id: str) -> Take | None:
    """The take of that id whose file is in place or in the trash, or None."""
    row = database.row(f"{SELECT} WHERE id = ? AND placed AND trashed <> {GONE}", (text_for_sqlite(take_id),))
    return take_of(row) if row else None


def of_job(database: Database, job_id: str) -> Take | None:
    """The take a job ended in, or None while its file is not in place."""
    row = database.row(f"{SELECT} WHERE job = ? AND placed", (text_for_sqlite(job_id),))
    return take_of(row) if row else None


def listed(database: Database, pose: str | None, trashed: bool) -> list[Take]:
    """The takes of a pose (case and spaces forgiven) or all, oldest first."""
    where, values = _where(pose, trashed)
    return database.made(take_of, f"{SELECT} WHERE {where} ORDER BY seq", values)


def page(database: Database, pose: str | None, limit: int, offset: int) -> list[Take]:
    """Some takes outside the trash, newest first."""
    where, values = _where(pose, False)
    rows = database.rows(f"{SELECT} WHERE {where} ORDER BY seq DESC LIMIT ? OFFSET ?", (*values, limit, offset))
    return [take_of(row) for row in rows]


def counts(database: Database) -> dict[str, Counts]:
    """Counts of every pose that has takes, by the slug of its name."""
    found: dict[str, Counts] = {}
    rows = database.rows("SELECT slug, verdict, count(*) AS n FROM take WHERE placed = 1 AND trashed = 0 GROUP BY 1, 2")
    for row in rows:
        before, number = found.get(row["slug"], Counts(0, 0, 0)), row["n"]
        found[row["slug"]] = Counts(
            before.takes + number,
            before.picked + (number if row["verdict"] == Verdict.PICKED else 0),
            before.rejected + (number if row["verdict"] == Verdict.REJECTED else 0),
        )
    return found


def _where(pose: str | None, trashed: bool) -> tuple[str, list[Value]]:
    if pose is None:
        # The plus keeps the index out: nearly every row fits, and they lie in the order that is asked for.
        return "+placed = 1 AND +trashed = ?", [int(trashed)]
    return "placed = 1 AND trashed = ? AND slug = ?", [int(trashed), slug(pose)]


def _arguments(job: Job) -> str:
    if len(job.request.body) <= LONGEST_ARGUMENTS:
        return job.request.body
    from studio.library.recipe_chunk import public_arguments

    return canonical(public_arguments(job.request.arguments)[0])
