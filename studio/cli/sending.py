"""From a plan to its pictures, for every command that draws: duplicates, the price, the run, the exit code."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.following import Follower, run_jobs
from studio.cli.learning import learn_first
from studio.cli.leftovers import waiting_sentence
from studio.cli.plan_lines import tell_notes
from studio.cli.planning import check_project
from studio.cli.progress import ProgressReport
from studio.cli.reporting import JsonReport, Report
from studio.cli.spend_gate import pass_gate
from studio.cli.tally import Tally
from studio.cli.terminal_text import say
from studio.domain.take import Take
from studio.workflows.duplicates import without
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a run ended."""

    plan: Plan
    """Everything that was asked for, with what was there already."""
    known: dict[str, Take]
    """The takes that were there already, by the id of the job they made needless."""
    tally: Tally
    code: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with pictures that come, and with those that are there."""
    parser.add_argument("--pick", action="store_true", help="pick every picture that comes")
    parser.add_argument(
        "--again", action="store_true", help="buy it again where an identical request made a take that is still there"
    )


def draw(
    flags: argparse.Namespace, make: Callable[[Studio], Plan], agreed: Callable[[Studio], None] = lambda studio: None
) -> Drawn:
    """Open the project, plan, ask, send, follow, close. `agreed` is called when the price was agreed to and before
    anything is sent. Raises StudioError before anything is sent.
    """
    from studio.compose import open_studio

    check_project(flags.dir)
    studio = open_studio(flags.dir, flag_sets.options(flags))
    try:
        for notice in (*studio.notices, waiting_sentence(studio)):
            if notice:
                say(notice)
        learn_first(studio, flags)
        plan = make(studio)
        tell_notes(plan)
        known = {} if flags.again else asyncio.run(_known(studio, plan))
        fresh = without(plan, known)
        if studio.sandbox:
            say(_sandbox_sentence(studio, flags))
        if fresh.jobs:
            pass_gate(fresh, max_cost=flags.max_cost, yes=flags.yes, sandbox=studio.sandbox)
            agreed(studio)
    except BaseException:
        asyncio.run(studio.close())
        raise
    report: Report = JsonReport() if json_lines.wanted(flags) else ProgressReport(sandbox=studio.sandbox)
    _tell_known(plan, known, flags)
    if not fresh.jobs:
        asyncio.run(studio.close())
        report.done(Tally())
        return Drawn(plan, known, Tally(), Exit.OK)
    followers: list[Follower] = []

    async def begin(follower: Follower) -> None:
        followers.append(follower)
        follower.want(fresh.jobs)
        await studio.generate(fresh)

    code = asyncio.run(run_jobs(studio, begin, report, pick=flags.pick))
    return Drawn(plan, known, followers[0].tally, code)


async def _known(studio: Studio, plan: Plan) -> dict[str, Take]:
    found = {}
    for job, stored in await studio.duplicates(plan):
        take = studio.takes.get(stored.take)
        if take is not None:
            found[job.id] = take
    return found


def _tell_known(plan: Plan, known: dict[str, Take], flags: argparse.Namespace) -> None:
    for job in plan.jobs:
        take = known.get(job.id)
        if take is None:
            continue
        if json_lines.wanted(flags):
            json_lines.emit(
                "duplicate",
                pose=job.pose,
                endpoint=job.request.endpoint,
                seed=job.request.seed,
                take=take.id,
                path=take.path,
            )
        else:
            say(f"{job.pose}, seed {job.request.seed}: {take.path} is that picture already; --again buys it once more.")


def _sandbox_sentence(studio: Studio, flags: argparse.Namespace) -> str:
    if flags.sandbox or flags.faults or studio.project.settings.sandbox:
        return "The sandbox draws: nothing is charged."
    return "No key is set, so the sandbox draws: nothing is charged. Put FAL_KEY into the environment to draw with fal."
