"""`studio takes`: every picture of a project."""

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
from studio.domain.take import Take, Verdict

ABOUT = "List every picture of a project: its verdict, its seed and what it cost."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR."""
    flag_sets.add_project(parser)


def run(flags: argparse.Namespace) -> int:
    """A line per take, oldest first."""
    studio = offline_studio(flags)
    try:
        takes = studio.takes.all()
    finally:
        asyncio.run(studio.close())
    if json_lines.wanted(flags):
        for take in takes:
            json_lines.emit("take", **take_fields(take))
    elif takes:
        print_table(
            ("take", "verdict", "stars", "seed", "price", "picture", ""),
            [_row(take) for take in takes],
            right=("seed", "price"),
            whole=("take",),
        )
    else:
        say("No takes yet: studio render draws the ticked poses.")
    return Exit.OK


def take_fields(take: Take) -> dict[str, object]:
    """What `--json` says of a take."""
    return {
        "take": take.id,
        "job": take.job,
        "pose": take.pose,
        "path": take.path,
        "verdict": take.verdict.value,
        "stars": take.stars,
        "seed": take.seed,
        "endpoint": take.endpoint,
        "request_id": take.request_id,
        "billed": take.billed,
        "estimate": take.estimate,
        "pick": take.pick or None,
        "sandbox": take.sandbox,
        "flagged": take.flagged,
    }


def _row(take: Take) -> tuple[object, ...]:
    price = money.shown(take.billed) if take.billed is not None else f"~{money.shown(take.estimate)}"
    verdict = "" if take.verdict is Verdict.UNDECIDED else take.verdict.value
    remarks = [*(["blacked out"] if take.flagged else []), *(["sandbox"] if take.sandbox else [])]
    return take.id, verdict, "*" * take.stars, take.seed, price, take.pick or take.path, ", ".join(remarks)
