"""`studio takes`: the pictures of a project, found and ordered."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.tables import print_table
from studio.cli.terminal_text import say
from studio.domain import money
from studio.domain.errors import UsageError
from studio.domain.take import Take, Verdict
from studio.workflows.take_query import Folds, parse_query
from studio.workflows.take_sorts import SORTS

ABOUT = "List the pictures of a project: verdict, seed, price. A filter is the same line as in the grid."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, and which takes in which order."""
    flag_sets.add_project(parser)
    parser.add_argument(
        "--filter",
        metavar="TEXT",
        default="",
        help="words of the prompt, and pose:run model:flex verdict:picked stars:>=3 seed:123 price:<0.1 "
        "date:today date:>2026-11-01 draft refused; a minus in front turns a term round (--filter=-draft)",
    )
    parser.add_argument(
        "--sort", type=flag_sets.one_of(tuple(SORTS)), metavar="HOW", default="oldest", help=f"{', '.join(SORTS)}"
    )
    parser.add_argument("--trashed", action="store_true", help="those in the trash")


def run(flags: argparse.Namespace) -> int:
    """A line per take, oldest first unless another order is asked for."""
    query = parse_query(flags.filter, time.time())
    if query.problems:
        raise UsageError(f"--filter cannot be read: {'; '.join(query.problems)}.", "studio takes --help shows some.")
    studio = offline_studio(flags)
    try:
        found = studio.engine.desk.shelf.takes(trashed=True) if flags.trashed else studio.takes.all()
    finally:
        asyncio.run(studio.close())
    takes = sorted(query.select(found, Folds()), key=SORTS[flags.sort].place)
    show_takes(flags, takes, _nothing(flags, bool(found)))
    return Exit.OK


def show_takes(flags: argparse.Namespace, takes: Sequence[Take], nothing: str) -> None:
    """Takes as JSON lines or as a table; `nothing` is said in place of an empty one."""
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
        say(nothing)


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
        "draft": take.draft,
        "trashed": take.trashed,
        "created": take.created,
        "width": take.width,
        "height": take.height,
    }


def _nothing(flags: argparse.Namespace, some: bool) -> str:
    if some:
        return "No take fits the filter."
    return "The trash is empty." if flags.trashed else "No takes yet: studio render draws the ticked poses."


def _row(take: Take) -> tuple[object, ...]:
    price = money.shown(take.billed) if take.billed is not None else f"~{money.shown(take.estimate)}"
    verdict = "" if take.verdict is Verdict.UNDECIDED else take.verdict.value
    remarks = [
        *(["blacked out"] if take.flagged else []),
        *(["draft"] if take.draft else []),
        *(["sandbox"] if take.sandbox else []),
    ]
    return take.id, verdict, "*" * take.stars, take.seed, price, take.pick or take.path, ", ".join(remarks)
