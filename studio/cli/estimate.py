"""`studio estimate`: what a plan would cost. Needs no key and sends nothing."""

from __future__ import annotations

import argparse

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.planning import make_wanted_plan, read_bench
from studio.cli.spend_gate import check_limit

ABOUT = "Say what `studio render` with the same flags would cost. Sends nothing and needs no key."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR and the plan's flags."""
    flag_sets.add_project(parser)
    flag_sets.add_plan(parser)


def run(flags: argparse.Namespace) -> int:
    """A line per request and the total. A total above --max-cost is the exit code of a refused spend."""
    plan = make_wanted_plan(read_bench(flags.dir), flags)
    tell_notes(plan)
    code = tell_plan(plan, json_lines.wanted(flags), "estimate")
    check_limit(plan, flags.max_cost, flags.yes, charged=True)
    return code
