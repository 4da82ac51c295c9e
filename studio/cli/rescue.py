"""`studio rescue`: fetch what was paid for and did not arrive."""

from __future__ import annotations

import argparse
import asyncio

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.following import Follower, run_jobs
from studio.cli.leftovers import out_of_reach_sentence
from studio.cli.planning import check_project
from studio.cli.progress import ProgressReport
from studio.cli.reporting import JsonReport, Report
from studio.cli.terminal_text import say

ABOUT = "Follow every job that an earlier run left at fal, and fetch its picture. Sends nothing new."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR."""
    flag_sets.add_project(parser)


def run(flags: argparse.Namespace) -> int:
    """Wait until every followed job is stored, failed or still unknown; the events are those of `render`."""
    from studio.compose import open_studio

    check_project(flags.dir)
    studio = open_studio(flags.dir, flag_sets.options(flags))
    for notice in (*studio.notices, out_of_reach_sentence(studio)):
        if notice:
            say(notice)
    report: Report = JsonReport() if json_lines.wanted(flags) else ProgressReport(sandbox=studio.sandbox)

    async def begin(follower: Follower) -> None:
        found = await studio.rescue()
        say(found.sentence() or "Nothing is missing.")
        if found.elsewhere:
            follower.want_every_sent_one()
        else:
            follower.expect([*found.following, *found.unknown])

    return asyncio.run(run_jobs(studio, begin, report))
