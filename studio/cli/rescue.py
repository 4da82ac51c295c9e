"""`studio rescue`: fetch what was paid for and did not arrive."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.following import Follower, run_jobs
from studio.cli.leftovers import out_of_reach_sentence
from studio.cli.planning import check_project
from studio.cli.progress import ProgressReport
from studio.cli.reporting import JsonReport, Report
from studio.cli.spend_gate import pass_gate
from studio.cli.terminal_text import say
from studio.domain.job import Job
from studio.workflows.plan import Plan
from studio.workflows.strays import take_in
from studio.workflows.studio import Studio

ABOUT = "Follow every job that an earlier run left at fal, and fetch its picture. Sends nothing new by itself."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, and what to do with jobs that were written down and never sent."""
    flag_sets.add_project(parser)
    paused = parser.add_mutually_exclusive_group()
    paused.add_argument("--send-paused", action="store_true", help="send the jobs that were never sent, at their price")
    paused.add_argument("--drop-paused", action="store_true", help="cancel the jobs that were never sent, for nothing")
    parser.add_argument(
        "--give-up", action="store_true", help="let jobs of unknown fate go when fal's history does not show them"
    )
    parser.add_argument("--max-cost", type=flag_sets.usd, metavar="USD", help="refuse to send paused jobs for more")
    parser.add_argument("--yes", action="store_true", help="do not ask about their price")


def run(flags: argparse.Namespace) -> int:
    """Wait until every followed job is stored, failed or still unknown; the events are those of `render`."""
    from studio.compose import open_studio
    from studio.workflows.lora_record import take_up, writing

    check_project(flags.dir)
    studio = open_studio(flags.dir, flag_sets.options(flags))
    for notice in (*studio.notices, out_of_reach_sentence(studio)):
        if notice:
            say(notice)
    report: Report = JsonReport() if json_lines.wanted(flags) else ProgressReport(sandbox=studio.sandbox)

    async def begin(follower: Follower) -> None:
        if sentence := await take_in(studio):
            say(sentence)
        for weights in await take_up(studio, writing(studio)):
            say(f"{weights.path} was not written down yet: it is in character.toml now.")
        found = await studio.rescue()
        say(found.sentence() or "Nothing is missing.")
        if flags.give_up:
            given = [job for job in found.unknown if await studio.engine.give_up(job.id)]
            say(f"Given up: {len(given)}. They are not looked for any more; whether they were charged only fal knows.")
        if found.elsewhere:
            follower.want_every_sent_one()
            return
        sent = await _settle_paused(studio, found.paused, flags)
        follower.expect([*found.following, *found.unknown, *sent])
        if sent:
            await studio.resume(sent)

    return asyncio.run(run_jobs(studio, begin, report))


async def _settle_paused(studio: Studio, paused: Sequence[Job], flags: argparse.Namespace) -> Sequence[Job]:
    """Drop the paused jobs, or weigh them and give those that may be sent. Raises SpendRefused."""
    if flags.drop_paused:
        for job in paused:
            await studio.engine.queue.cancel(job.id)
        say(f"Cancelled before they were sent: {len(paused)}. Nothing was charged.")
        return ()
    if not flags.send_paused or not paused:
        return ()
    pass_gate(Plan(tuple(paused)), max_cost=flags.max_cost, yes=flags.yes, sandbox=studio.sandbox)
    return paused
