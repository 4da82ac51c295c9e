"""`studio estimate`: what a plan would cost. Needs no key and sends nothing."""

from __future__ import annotations

import argparse

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.planning import make_wanted_plan, read_bench, wanted_advice
from studio.cli.spend_gate import check_limit
from studio.cli.terminal_text import say
from studio.workflows.coach.advice import Severity

ABOUT = "Say what `studio render` with the same flags would cost. Sends nothing and needs no key."

MARKS = {Severity.HINT: "Hint:", Severity.WARNING: "Mind:", Severity.WASTE: "Money wasted:"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR and the plan's flags."""
    flag_sets.add_project(parser)
    flag_sets.add_plan(parser)


def run(flags: argparse.Namespace) -> int:
    """A line per request and the total. A total above --max-cost is the exit code of a refused spend."""
    bench = read_bench(flags.dir)
    plan = make_wanted_plan(bench, flags)
    tell_notes(plan)
    for advice in wanted_advice(bench, flags):
        say(f"{MARKS[advice.severity]} {advice.sentence} ({advice.source})")
    code = tell_plan(plan, json_lines.wanted(flags), "estimate")
    check_limit(plan, flags.max_cost, flags.yes, charged=True)
    return code
