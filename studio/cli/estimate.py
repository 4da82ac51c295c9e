"""`studio estimate`: what a plan would cost. Needs no key and sends nothing."""

from __future__ import annotations

import argparse
import sys

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.plan_lines import tell_notes, tell_plan, tell_total
from studio.cli.planning import make_wanted_plan, read_bench, wanted_advice
from studio.cli.spend_gate import check_limit
from studio.cli.tables import wrapped
from studio.cli.terminal_text import is_terminal, say
from studio.workflows.coach.advice import Severity

ABOUT = "Say what `studio render` with the same flags would cost. Sends nothing and needs no key."

MARKS = {
    Severity.ASIDE: "By the way:",
    Severity.HINT: "Hint:",
    Severity.WARNING: "Mind:",
    Severity.WASTE: "Money wasted:",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR and the plan's flags."""
    flag_sets.add_project(parser)
    flag_sets.add_plan(parser)
    parser.add_argument("--compare", action="store_true", help="the same pictures by every model that can draw them")


def run(flags: argparse.Namespace) -> int:
    """A line per request and the total. A total above --max-cost is the exit code of a refused spend.

    With --compare a line per model, the cheapest first, and the total of the chosen one.
    """
    bench = read_bench(flags.dir)
    plan = make_wanted_plan(bench, flags)
    tell_notes(plan)
    for advice in wanted_advice(bench, flags):
        _say(f"{MARKS[advice.severity]} {advice.sentence} ({advice.source})")
    as_json = json_lines.wanted(flags)
    if flags.compare:
        from studio.cli.comparing import compare, tell_models

        tell_models(compare(bench, flags, plan), plan.jobs[0].request.endpoint, as_json=as_json)
        code = tell_total(plan, as_json)
    else:
        code = tell_plan(plan, as_json, "estimate")
    check_limit(plan, flags.max_cost, flags.yes, charged=True)
    return code


def _say(text: str) -> None:
    """A sentence on stderr, at a terminal in lines that break between words."""
    for line in wrapped(text, indent="  ") if is_terminal(sys.stderr) else (text,):
        say(line)
