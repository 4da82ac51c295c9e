"""The duplicate guard: what a plan would buy although the very same picture is on the disk already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from studio.domain.job import Job
from studio.engine.ports import Journal, Shelf
from studio.workflows.plan import Plan

Twins = Sequence[tuple[Job, Job]]
"""Pairs of a planned Job and the stored Job of an identical Request, in the order of the plan."""


def duplicates(plan: Plan, journal: Journal, shelf: Shelf, folder: Path) -> list[tuple[Job, Job]]:
    """The Jobs of a plan whose endpoint, arguments and seed made a take before, with the Job that did.

    Only takes whose file lies in the project `folder` count; those in the trash do not. A picture of the sandbox
    stands for no real one. Without a seed every call gives another picture, so such a Request has no twin. Blocks.
    """
    found = []
    for job in plan.jobs:
        stored = journal.duplicate(job.request.digest) if job.request.seed is not None else None
        if stored is None or (stored.sandbox and not job.sandbox):
            continue
        take = shelf.take(stored.take)
        if take is not None and not take.trashed and (folder / take.path).is_file():
            found.append((job, stored))
    return found


def without(plan: Plan, jobs: Collection[str]) -> Plan:
    """The plan without the Jobs of these ids."""
    return replace(plan, jobs=tuple(job for job in plan.jobs if job.id not in jobs))
