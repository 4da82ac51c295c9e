"""`studio render`: draw poses without the screen."""

from __future__ import annotations

import argparse

from studio.cli import flags as flag_sets
from studio.cli import json_lines, sending
from studio.cli.plan_lines import tell_copies, tell_notes, tell_plan
from studio.cli.planning import bench_of, make_wanted_plan, read_bench
from studio.domain.errors import UsageError
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio

ABOUT = "Draw poses: the ticked ones, or those named with --pose. The price is shown before anything is sent."

FORMS = ("curl", "python")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the plan's flags, and what to do with the pictures."""
    flag_sets.add_project(parser)
    flag_sets.add_plan(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the exact requests and their price, send nothing")
    parser.add_argument(
        "--as",
        dest="form",
        type=flag_sets.one_of(FORMS),
        metavar="FORM",
        help="with --dry-run: curl or python, to copy",
    )
    sending.add_arguments(parser)


def run(flags: argparse.Namespace) -> int:
    """Plan, ask, send, follow. The exit code says how the jobs ended."""
    if flags.form and (not flags.dry_run or flags.json):
        raise UsageError("--as writes requests to be copied, and nothing else.", "Use it with --dry-run alone.")
    if flags.dry_run:
        plan = make_wanted_plan(read_bench(flags.dir), flags)
        tell_notes(plan)
        if flags.form:
            return tell_copies(plan, flags.form)
        return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)

    def make(studio: Studio) -> Plan:
        return make_wanted_plan(bench_of(studio), flags, session=studio.session, sandbox=studio.sandbox)

    return sending.draw(flags, make).code
