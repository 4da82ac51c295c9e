"""`studio new`: make a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.terminal_text import say, write_line

ABOUT = "Make a project: character.toml, poses.toml and studio.toml, with comments that explain every key."

PRESET = "glitch"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR and the character."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="a folder that is new, or holds no project yet")
    parser.add_argument(
        "--preset", default=PRESET, metavar="NAME", help=f"the character to begin with (default: {PRESET})"
    )


def run(flags: argparse.Namespace) -> int:
    """Write the files and say what they are. Nothing that is there already is touched."""
    from studio.config.presets import Presets
    from studio.config.project_files import create_project

    presets = Presets()
    preset = presets.character(flags.preset)
    for problem in presets.problems:
        say(problem)
    project = create_project(flags.dir, preset)
    ticked = sum(pose.ticked for pose in project.poses)
    if json_lines.wanted(flags):
        json_lines.emit(
            "created",
            dir=str(flags.dir),
            preset=preset.name,
            character=project.character.name,
            poses=len(project.poses),
            ticked=ticked,
        )
    else:
        write_line(f"{project.character.name} is in {flags.dir}: {len(project.poses)} poses, {ticked} of them ticked.")
        write_line(f"studio {flags.dir} opens it; studio render {flags.dir} draws without the screen.")
    return Exit.OK
