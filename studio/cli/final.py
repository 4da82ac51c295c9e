"""`studio final`: the finals of drafts that are worth it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import TypeVar

from studio.cli import flags as flag_sets
from studio.cli import json_lines, sending
from studio.cli.decide import find_take
from studio.cli.open_project import offline_studio
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio

ABOUT = "Make finals of drafts: the same words and seed, with the steps of a final, or by another model."

Result = TypeVar("Result")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the takes, another model, what it may cost."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")
    parser.add_argument("takes", nargs="+", metavar="TAKE", help="a take of `studio takes`, such as running-001")
    parser.add_argument("--model", metavar="ID", default="", help="another model, with its own remembered values")
    flag_sets.add_cost(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the exact requests and their price, send nothing")
    sending.add_arguments(parser)


def run(flags: argparse.Namespace) -> int:
    """Plan, ask, send, follow. The exit code says how the jobs ended."""
    if not flags.dry_run:
        return sending.draw(flags, lambda studio: asyncio.run(_plan(studio, flags.takes, flags.model))).code
    studio = offline_studio(flags)
    plan = asyncio.run(_closing(studio, _plan(studio, flags.takes, flags.model)))
    tell_notes(plan)
    return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)


async def _plan(studio: Studio, names: Sequence[str], model_id: str) -> Plan:
    from studio.workflows.again import final_plan

    takes = dict.fromkeys(find_take(studio.takes, name) for name in names)
    plans = [await final_plan(studio, take, model_id) for take in takes]
    notes = dict.fromkeys(note for plan in plans for note in plan.notes)
    return Plan(tuple(job for plan in plans for job in plan.jobs), tuple(notes))


async def _closing(studio: Studio, work: Awaitable[Result]) -> Result:
    try:
        return await work
    finally:
        await studio.close()
