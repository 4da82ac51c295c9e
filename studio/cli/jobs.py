"""`studio jobs`: everything that was ever planned or sent for a project."""

from __future__ import annotations

import argparse
import asyncio

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.tables import print_table
from studio.cli.terminal_text import say
from studio.domain import money
from studio.domain.charge import charge_of
from studio.domain.job import Job

ABOUT = "List the jobs of a project, with the state each is in."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR."""
    flag_sets.add_project(parser)


def run(flags: argparse.Namespace) -> int:
    """A line per job, oldest first."""
    studio = offline_studio(flags)
    try:
        jobs = studio.engine.desk.journal.jobs()
    finally:
        asyncio.run(studio.close())
    if json_lines.wanted(flags):
        for job in jobs:
            json_lines.emit("job", **_fields(job))
    elif jobs:
        print_table(
            ("job", "state", "pose", "seed", "price", ""),
            [_row(job) for job in jobs],
            right=("seed", "price"),
            whole=("job",),
        )
    else:
        say("No jobs yet: studio render draws the ticked poses.")
    return Exit.OK


def _fields(job: Job) -> dict[str, object]:
    return {
        "job": job.id,
        "state": job.state.value,
        "pose": job.pose,
        "endpoint": job.request.endpoint,
        "seed": job.request.seed,
        "request_id": job.request_id or None,
        "take": job.take or None,
        "estimate": job.estimate,
        "billed": job.billed,
        "sandbox": job.sandbox,
        "charged": json_lines.told(charge_of(job)) or None if job.failure else None,
        "kind": job.failure.kind if job.failure else None,
        "message": json_lines.told(job.failure.message) if job.failure else None,
    }


def _row(job: Job) -> tuple[object, ...]:
    price = money.shown(job.billed) if job.billed is not None else f"~{money.shown(job.estimate)}"
    why = job.failure.message if job.failure else "sandbox" if job.sandbox else ""
    return job.id, job.state.value, job.pose, job.request.seed, price, why
