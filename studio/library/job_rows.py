"""How a Job stands in the database: columns for what is asked or shown, JSON for the rest."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from decimal import Decimal
from functools import lru_cache
from typing import Any

from studio.domain import money
from studio.domain.job import Failure, Handle, Job, JobState, Provenance
from studio.domain.request import Request
from studio.library.database import Value, text_for_sqlite

SELECT = "SELECT job.*, endpoint, body, seed FROM job JOIN request USING (digest)"
"""Rows that `job_of` reads."""


def columns_of(job: Job) -> dict[str, Value]:
    """The columns of a Job that may change while it lives."""
    return {
        "state": job.state.value,
        "moved": job.moved,
        "session": text_for_sqlite(job.session),
        "sandbox": int(job.sandbox),
        "pose": text_for_sqlite(job.pose),
        "request_id": text_for_sqlite(job.request_id),
        "estimate": money.text(job.estimate),
        "unit_price": money.text(job.unit_price),
        "units": money.text(job.units),
        "billed": money.text(job.billed),
        "take": text_for_sqlite(job.take),
        "rest": _rest_of(job),
        # A lone surrogate in fal's answer becomes its JSON escape, which means the same.
        "result": None if job.result is None else text_for_sqlite(job.result),
    }


def request_of(request: Request) -> tuple[Value, ...]:
    """The columns digest, endpoint, body and seed of a Request. The seed is text: it may exceed 64 bits."""
    return request.digest, request.endpoint, request.body, seed_text(request.seed)


def job_of(row: sqlite3.Row) -> Job:
    """The Job of a row of SELECT."""
    rest: dict[str, Any] = json.loads(row["rest"])
    handle, failure = rest["handle"], rest["failure"]
    return Job(
        id=row["id"],
        request=Request(row["endpoint"], row["body"], seed_of(row["seed"])),
        provenance=_provenance(rest["provenance"]),
        created=row["created"],
        state=JobState(row["state"]),
        moved=row["moved"],
        session=row["session"],
        sandbox=bool(row["sandbox"]),
        estimate=amount(row["estimate"]),
        unit_price=amount(row["unit_price"]),
        handle=Handle(**handle) if handle else None,
        position=rest["position"],
        result=row["result"],
        units=amount(row["units"]),
        billed=amount(row["billed"]),
        failure=Failure(**failure) if failure else None,
        take=row["take"],
    )


@lru_cache(4096)
def amount(text: str | None) -> Decimal | None:
    """The decimal of a money column; prices repeat, so the same text gives the same object."""
    return None if text is None else Decimal(text)


def seed_text(seed: int | None) -> str | None:
    """The text of a seed column."""
    return None if seed is None else str(seed)


def seed_of(text: str | None) -> int | None:
    """The seed of a seed column."""
    return None if text is None else int(text)


def _rest_of(job: Job) -> str:
    rest = {
        "provenance": asdict(job.provenance),
        "handle": asdict(job.handle) if job.handle else None,
        "position": job.position,
        "failure": asdict(job.failure) if job.failure else None,
    }
    return json.dumps(rest)


def _provenance(kept: dict[str, Any]) -> Provenance:
    pairs = {
        name: tuple((one, other) for one, other in kept.pop(name, ())) for name in ("references", "loras", "training")
    }
    return Provenance(**{**kept, **pairs, "notes": tuple(kept.pop("notes", ()))})
