"""`studio render`: draw poses without the screen."""

from __future__ import annotations

import argparse

from studio.cli import flags as flag_sets
from studio.cli import json_lines, sending
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.planning import bench_of, make_wanted_plan, read_bench
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio

ABOUT = "Draw poses: the ticked ones, or those named with --pose. The price is shown before anything is sent."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the plan's flags, and what to do with the pictures."""
    flag_sets.add_project(parser)
    flag_sets.add_plan(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the exact requests and their price, send nothing")
    sending.add_arguments(parser)


def run(flags: argparse.Namespace) -> int:
    """Plan, ask, send, follow. The exit code says how the jobs ended."""
    if flags.dry_run:
        plan = make_wanted_plan(read_bench(flags.dir), flags)
        tell_notes(plan)
        return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)

    def make(studio: Studio) -> Plan:
        return make_wanted_plan(bench_of(studio), flags, session=studio.session, sandbox=studio.sandbox)

    return sending.draw(flags, make).code
