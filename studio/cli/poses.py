"""`studio poses`: the pose presets, or the poses of a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.planning import check_project
from studio.cli.tables import print_table
from studio.cli.terminal_text import say

ABOUT = "List the pose presets that come with the studio; with DIR, the poses of that project."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR."""
    parser.add_argument("dir", nargs="?", type=Path, metavar="DIR", help="a project, for its own poses")


def run(flags: argparse.Namespace) -> int:
    """A line per pose, in the list's order."""
    from studio.config.presets import Presets
    from studio.config.project import load_poses

    if flags.dir is not None:
        check_project(flags.dir)
        poses = list(load_poses(flags.dir))
    else:
        presets = Presets()
        poses = list(presets.poses.values())
        for problem in presets.problems:
            say(problem)
    if json_lines.wanted(flags):
        for pose in poses:
            ticked = {"ticked": pose.ticked} if flags.dir is not None else {}
            json_lines.emit("pose", name=pose.name, set=pose.set, text=pose.text, **ticked)
    else:
        rows = [("x" if pose.ticked else "", pose.name, pose.set, pose.text) for pose in poses]
        print_table(("", "pose", "set", "text"), rows, whole=("pose",))
    return Exit.OK
