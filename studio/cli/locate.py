"""`studio locate`: where things lie."""

from __future__ import annotations

import argparse
from pathlib import Path

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.terminal_text import write_raw
from studio.domain.errors import UsageError

ABOUT = "Say where the studio keeps its files."

THINGS = ("config", "data", "takes", "picks", "journal", "log", "cache", "themes", "presets")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, and of which project."""
    parser.add_argument("what", nargs="?", metavar="WHAT", help=f"one of {', '.join(THINGS)} (default: all)")
    parser.add_argument("dir", nargs="?", type=Path, default=Path(), metavar="DIR", help="the project (default: here)")


def run(flags: argparse.Namespace) -> int:
    """One path alone, so that a shell can use it, or every path with its name."""
    if flags.what is not None and flags.what not in THINGS:
        raise UsageError(f"studio locate knows no {flags.what!r}.", f"There are: {', '.join(THINGS)}.")
    things = [flags.what] if flags.what else list(THINGS)
    # One path alone stays plain in a pipe too: it is there for `cd "$(studio locate log)"` and the like.
    as_json = flags.json if flags.what else json_lines.wanted(flags)
    for thing in things:
        path = place(thing, flags.dir)
        if as_json:
            json_lines.emit("path", what=thing, path=str(path), exists=path.exists())
        else:
            write_raw(f"{path}\n" if flags.what else f"{thing:<9}{path}\n")
    return Exit.OK


def place(thing: str, folder: Path) -> Path:
    """Where one thing lies, absolute; it need not exist."""
    from studio.config import paths

    match thing:
        case "themes" | "presets":
            return paths.user_share(thing)
        case "takes" | "picks":
            return folder.resolve() / thing
        case "journal":
            return _journal(folder)
        case _:
            make = {
                "config": paths.config_file,
                "data": paths.data_dir,
                "log": paths.log_file,
                "cache": paths.cache_dir,
            }
            return make[thing]()


def _journal(folder: Path) -> Path:
    from studio.config.paths import journal_file, state_dir
    from studio.config.project import is_project
    from studio.config.project_id import project_id

    return journal_file(project_id(folder)) if is_project(folder) else state_dir()
