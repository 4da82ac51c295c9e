"""`studio sweep`: a grid of pictures in which only one or two things differ, and its contact sheet."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import flags as flag_sets
from studio.cli import json_lines, sending
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.planning import (
    Bench,
    bench_of,
    check_kind,
    read_bench,
    wanted_poses,
    wanted_recipe,
    wanted_references,
)
from studio.cli.terminal_text import say, write_line
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.workflows.choices import choose_model
from studio.workflows.plan import Plan
from studio.workflows.seeds import without_locks
from studio.workflows.studio import Studio

if TYPE_CHECKING:
    from studio.workflows.sweep import Prepared, Sweep
    from studio.workflows.sweep_axis import Axis
    from studio.workflows.sweep_sheet import Outcome

ABOUT = (
    "Draw a grid in which one or two things differ and the seed stays, and lay it out on a labelled contact sheet. "
    "Axes: pose, model, guidance, steps, seed, lora, size."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the axes, the plan's flags."""
    flag_sets.add_project(parser)
    example = "guidance=4:7:1.5 (from, to, step), guidance=4,5.5,7, model=ID,ID, or pose for the ticked ones"
    parser.add_argument("--x", required=True, metavar="AXIS", help=f"what differs from column to column: {example}")
    parser.add_argument("--y", metavar="AXIS", help="what differs from row to row (default: a single row)")
    flag_sets.add_plan(parser, takes=False)
    parser.add_argument("--dry-run", action="store_true", help="show the exact requests and their price, send nothing")
    sending.add_arguments(parser)


def run(flags: argparse.Namespace) -> int:
    """Plan, ask, send, follow, draw the sheet. The exit code says how the jobs ended."""
    if flags.dry_run:
        plan = _sweep(read_bench(flags.dir), flags).plan
        tell_notes(plan)
        return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)
    made: list[Sweep] = []

    def make(studio: Studio) -> Plan:
        made.append(_sweep(bench_of(studio), flags, session=studio.session, sandbox=studio.sandbox))
        return made[0].plan

    drawn = sending.draw(flags, make)
    _tell_sheet(flags, made[0], _outcomes(drawn))
    return drawn.code


def _sweep(bench: Bench, flags: argparse.Namespace, *, session: str = "", sandbox: bool = False) -> Sweep:
    from studio.workflows.sweep import SweepBench, make_sweep
    from studio.workflows.sweep_axis import parse_axis

    axes = [parse_axis(text) for text in (flags.x, flags.y) if text is not None]
    for axis in axes:
        _check_once(axis, flags)
    named = any(axis.kind == "pose" and axis.stops for axis in axes)
    poses = [] if named else wanted_poses(bench.poses, flags.pose)
    everything = bench.poses
    if flags.seed is not None:
        poses, _ = without_locks(poses)
        everything, _ = without_locks(bench.poses)
    sweep_bench = SweepBench(
        character=bench.character,
        poses=everything,
        chosen=poses,
        model=choose_model(bench.catalogue, flags.model or bench.settings.model),
        catalogue=bench.catalogue,
        prepare=_preparer(bench, flags),
        context=bench.context(session=session, sandbox=sandbox),
    )
    return make_sweep(axes[0], axes[1] if len(axes) == 2 else None, sweep_bench)


def _preparer(bench: Bench, flags: argparse.Namespace) -> Callable[[Model], Prepared]:
    def prepare(model: Model) -> Prepared:
        check_kind(model)
        recipe, notes = wanted_recipe(bench.settings.recipe(model.id), model, flags)
        references, more = wanted_references(bench, model, flags.reference)
        return recipe, tuple(references), (*notes, *more)

    return prepare


def _check_once(axis: Axis, flags: argparse.Namespace) -> None:
    given = getattr(flags, axis.kind.value, None)
    if given and (axis.stops or axis.kind != "pose"):
        raise UsageError(f"--{axis.kind} is given, and it is an axis too.", "Leave one out.")


def _outcomes(drawn: sending.Drawn) -> dict[str, Outcome]:
    from studio.workflows.sweep_sheet import Outcome

    tally = drawn.tally
    outcomes = {
        job_id: Outcome(take, take.billed if take.billed is not None else take.estimate, bought=False)
        for job_id, take in drawn.known.items()
    }
    for job_id, take in tally.stored.items():
        job = tally.jobs[job_id]
        outcomes[job_id] = Outcome(take, job.billed if job.billed is not None else job.estimate)
    for job_id, failure in tally.failed.items():
        outcomes[job_id] = Outcome(trouble=failure.message)
    for job_id in tally.unknown:
        outcomes[job_id] = Outcome(trouble="It left and no answer came, so it may be paid.")
    return outcomes


def _tell_sheet(flags: argparse.Namespace, sweep: Sweep, outcomes: dict[str, Outcome]) -> None:
    from studio.workflows.sweep_sheet import write_sheet

    if not any(outcome.take for outcome in outcomes.values()):
        say("No picture came, so there is no sheet.")
        return
    folder: Path = flags.dir
    path = write_sheet(folder, sweep, outcomes).relative_to(folder)
    if json_lines.wanted(flags):
        json_lines.emit(
            "sheet", path=path, x=sweep.x.title, y=sweep.y.title if sweep.y else None, cells=len(sweep.plan.jobs)
        )
    else:
        write_line(f"The sheet: {folder / path}")
