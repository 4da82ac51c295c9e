"""`studio pose`: a new pose read from a picture."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import flags as flag_sets
from studio.cli import json_lines, sending
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.planning import check_project
from studio.cli.terminal_text import say, write_line
from studio.domain.errors import UsageError
from studio.domain.pose import Pose
from studio.domain.text import plain, same_name

if TYPE_CHECKING:
    from studio.domain.skeleton import Skeleton
    from studio.workflows.plan import Plan
    from studio.workflows.pose_from_picture import PictureOfPose, Reading
    from studio.workflows.studio import Studio

ABOUT = (
    "Make a pose of the one in a picture. A skeleton picture is read at once and costs nothing; of any other DWPose "
    "at fal draws the skeleton first, which stays as a take, so that the same picture is never paid for twice."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the picture, the name, what it may cost."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")
    parser.add_argument(
        "--from", required=True, dest="picture", metavar="PICTURE", help="a picture of one person, or a take"
    )
    parser.add_argument("--name", required=True, metavar="NAME", help="the name of the new pose")
    parser.add_argument("--text", metavar="WORDS", help="its sentence (default: written from the joints)")
    parser.add_argument("--dry-run", action="store_true", help="show the exact request and its price, send nothing")
    flag_sets.add_cost(parser)


def run(flags: argparse.Namespace) -> int:
    """Read the picture and put the pose at the end of the list. The exit code of the reading where that failed."""
    flags.pick = flags.again = False
    check_project(flags.dir)
    studio = offline_studio(flags)
    try:
        _refuse_name(studio, flags.name)
        picture, reading = asyncio.run(_free(studio, flags))
        plan = _plan(studio, picture) if reading is None else None
    finally:
        asyncio.run(studio.close())
    if flags.dry_run:
        return _tell_dry(plan, flags)
    take = ""
    if reading is None:
        drawn = sending.draw(flags, lambda opened: _plan(opened, picture))
        stored = next(iter(drawn.tally.stored.values()), None)
        if stored is None:
            return drawn.code
        take = stored.id
        reading = _read(flags.dir / stored.path, picture, studio, must=True)
    if reading is None:
        return Exit.FAILED
    return _keep(flags, reading, take)


def _refuse_name(studio: Studio, name: str) -> None:
    if not name.strip():
        raise UsageError("A pose needs a name.", "--name NAME")
    if any(same_name(name, pose.name) for pose in studio.project.poses):
        raise UsageError(f"There is a pose called {plain(name)} already.", "Choose another name.")


async def _free(studio: Studio, flags: argparse.Namespace) -> tuple[PictureOfPose, Reading | None]:
    """The picture, and its pose where that costs nothing: a skeleton, or one that was read before."""
    from studio.workflows.pose_from_picture import find_picture, read_before, reading_plan

    picture = await find_picture(studio, flags.picture, Path.cwd())
    reading = _read(picture.path, picture, studio, must=False)
    if reading is None and (known := await read_before(studio, reading_plan(studio, picture))) is not None:
        say("DWPose has read that picture before: nothing is sent.")
        reading = _read(known, picture, studio, must=True)
    return picture, reading


def _read(path: Path, picture: PictureOfPose, studio: Studio, *, must: bool) -> Reading | None:
    from studio.workflows.pose_from_picture import must_read, read_skeleton, starts_of

    starts: list[Skeleton] = starts_of(studio)
    return (must_read if must else read_skeleton)(path, picture.stem, studio.project.character.proportions, starts)


def _plan(studio: Studio, picture: PictureOfPose) -> Plan:
    from studio.workflows.pose_from_picture import reading_plan

    return reading_plan(studio, picture)


def _tell_dry(plan: Plan | None, flags: argparse.Namespace) -> int:
    if plan is None:
        say("Its skeleton is there already: nothing would be sent.")
        return Exit.OK
    tell_notes(plan)
    return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)


def _keep(flags: argparse.Namespace, reading: Reading, take: str) -> int:
    from studio.config.project import load_project
    from studio.config.project_edits import save_poses
    from studio.domain.skeleton_words import describe_skeleton

    name, text = " ".join(flags.name.split()), flags.text or describe_skeleton(reading.skeleton)
    project = load_project(flags.dir)
    save_poses(project, [*project.poses, Pose(name, text, skeleton=reading.skeleton)])
    if json_lines.wanted(flags):
        off = round(reading.miss, 3)
        json_lines.emit("pose", name=name, text=text, joints=reading.joints, off=off, take=take or None)
    else:
        write_line(f"{plain(name)}: {plain(text)}")
    say(reading.remark())
    return Exit.OK
