"""`studio drift`: how far each take is from the character's anchor picture."""

from __future__ import annotations

import argparse
import asyncio

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.tables import print_table
from studio.cli.terminal_text import say, say_error
from studio.domain.drift import Drift
from studio.domain.errors import ProjectError
from studio.domain.take import Take
from studio.workflows.drift_meter import DriftMeter, drift_meter
from studio.workflows.studio import Studio

ABOUT = "Measure how far each take is from the character's anchor picture: colours, proportions, likeness."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the anchor, and which takes."""
    flag_sets.add_project(parser)
    parser.add_argument("--anchor", default="", metavar="FILE", help="measure against this picture of the project")
    parser.add_argument("--pose", default=None, metavar="NAME", help="only the takes of this pose")


def run(flags: argparse.Namespace) -> int:
    """A line per take, the nearest to the anchor first. It sorts; it never decides."""
    studio = offline_studio(flags)
    try:
        return _measured(studio, flags)
    finally:
        asyncio.run(studio.close())


def _measured(studio: Studio, flags: argparse.Namespace) -> int:
    takes = studio.takes.all() if flags.pose is None else studio.takes.of_pose(studio.pose(flags.pose).name)
    meter = drift_meter(studio.project.folder, studio.project.character, studio.takes.all(), flags.anchor)
    found: list[tuple[Take, Drift]] = []
    unread = 0
    for take in takes:
        try:
            found.append((take, meter.measure(take)))
        except ProjectError as error:
            if take.path == meter.choice.path:
                raise
            unread += 1
            say_error(error)
    meter.keep()
    found.sort(key=lambda row: row[1].score)
    if json_lines.wanted(flags):
        for take, drift in found:
            json_lines.emit("drift", take=take.id, anchor=meter.choice.path, **drift_fields(drift))
    elif found:
        _print(meter, found)
    else:
        say("No takes yet: studio render draws the ticked poses.")
    return Exit.PARTLY if unread else Exit.OK


def drift_fields(drift: Drift) -> dict[str, object]:
    """What `--json` says of a measure."""
    return {
        "score": drift.score,
        "palette": round(drift.palette, 4),
        "proportions": None if drift.proportions is None else round(drift.proportions, 3),
        "likeness": drift.likeness,
        "remarks": list(drift.remarks),
        "unmeasured": list(drift.unmeasured),
    }


def _print(meter: DriftMeter, found: list[tuple[Take, Drift]]) -> None:
    say(f"Against {meter.choice.path}: {meter.choice.why}. Nearest first; a figure is no verdict.")
    rows = [(take.id, f"{drift.score:.0f}", "; ".join(drift.remarks) or drift.words()) for take, drift in found]
    print_table(("take", "drift", "what stands out"), rows, right=("drift",), whole=("take",))
