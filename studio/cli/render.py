"""`studio render`: draw poses without the screen."""

from __future__ import annotations

import argparse
import asyncio

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.following import Follower, run_jobs
from studio.cli.leftovers import waiting_sentence
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.planning import bench_of, check_project, make_wanted_plan, read_bench
from studio.cli.progress import ProgressReport
from studio.cli.reporting import JsonReport, Report
from studio.cli.spend_gate import pass_gate
from studio.cli.terminal_text import say
from studio.workflows.studio import Studio

ABOUT = "Draw poses: the ticked ones, or those named with --pose. The price is shown before anything is sent."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the plan's flags, and what to do with the pictures."""
    flag_sets.add_project(parser)
    flag_sets.add_plan(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the exact requests and their price, send nothing")
    parser.add_argument("--pick", action="store_true", help="pick every picture that comes")


def run(flags: argparse.Namespace) -> int:
    """Plan, ask, send, follow. The exit code says how the jobs ended."""
    if flags.dry_run:
        plan = make_wanted_plan(read_bench(flags.dir), flags)
        tell_notes(plan)
        return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)
    from studio.compose import open_studio

    check_project(flags.dir)
    studio = open_studio(flags.dir, flag_sets.options(flags))
    try:
        for notice in (*studio.notices, waiting_sentence(studio)):
            if notice:
                say(notice)
        plan = make_wanted_plan(bench_of(studio), flags, session=studio.session, sandbox=studio.sandbox)
        tell_notes(plan)
        if studio.sandbox:
            say(_sandbox_sentence(studio, flags))
        pass_gate(plan, max_cost=flags.max_cost, yes=flags.yes, sandbox=studio.sandbox)
    except BaseException:
        asyncio.run(studio.close())
        raise
    report: Report = JsonReport() if json_lines.wanted(flags) else ProgressReport(sandbox=studio.sandbox)

    async def begin(follower: Follower) -> None:
        follower.want(plan.jobs)
        await studio.generate(plan)

    return asyncio.run(run_jobs(studio, begin, report, pick=flags.pick))


def _sandbox_sentence(studio: Studio, flags: argparse.Namespace) -> str:
    if flags.sandbox or flags.faults or studio.project.settings.sandbox:
        return "The sandbox draws: nothing is charged."
    return "No key is set, so the sandbox draws: nothing is charged. Put FAL_KEY into the environment to draw with fal."
