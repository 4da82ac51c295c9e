"""`studio picks`: what is picked, and what it really cost."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.terminal_text import say, write_line
from studio.domain import money
from studio.domain.text import plain, slug
from studio.workflows.pick_bill import Bill, Picked, bill_of, cost_of
from studio.workflows.takes import TakeTable

ABOUT = "Show the picked takes of every pose, and what each cost with the takes it was chosen from."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR alone."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")


def run(flags: argparse.Namespace) -> int:
    """A row for every pose with takes, then the sum."""
    studio = offline_studio(flags)
    try:
        bill = bill_of(_poses([pose.name for pose in studio.project.poses], studio.takes), studio.takes)
    finally:
        asyncio.run(studio.close())
    if json_lines.wanted(flags):
        for row in bill.poses:
            json_lines.emit("pose", **_fields(row))
        json_lines.emit("summary", **_sum(bill))
        return Exit.OK
    for row in bill.poses:
        picks = ", ".join(f"{take.id} {money.shown(cost_of(take))}" for take in row.picks) or "no pick"
        unknown = f" and {row.unknown} of unknown price" if row.unknown else ""
        write_line(f"{plain(row.pose)}: {picks} ({row.takes} takes, {money.shown(row.cost)}{unknown})")
    if not bill.poses:
        say("No take is there yet: studio render DIR")
        return Exit.OK
    each = f", {money.shown(bill.each)} per picked take" if bill.each is not None else ""
    verb = "would have cost" if bill.sandbox else "cost"
    write_line(f"{bill.picks} picked of {bill.takes}: all takes {verb} {money.shown(bill.total)}{each}")
    return Exit.OK


def _poses(names: list[str], takes: TakeTable) -> list[str]:
    known = {slug(name): name for name in names}
    for take in takes.all():
        known.setdefault(slug(take.pose), take.pose)
    return [name for name in known.values() if takes.counts(name)[1]]


def _fields(row: Picked) -> dict[str, object]:
    return {
        "pose": row.pose,
        "picks": [{"take": take.id, "path": take.pick or take.path, "cost": cost_of(take)} for take in row.picks],
        "takes": row.takes,
        "cost": row.cost,
        "unpriced": row.unknown,
    }


def _sum(bill: Bill) -> dict[str, object]:
    return {
        "picks": bill.picks,
        "takes": bill.takes,
        "cost": bill.total,
        "per_pick": bill.each,
        "unpriced": bill.unknown,
        "sandbox": bill.sandbox,
    }
