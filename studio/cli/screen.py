"""`studio` and `studio DIR`: open the screen."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.exit_codes import Exit
from studio.cli.terminal_text import is_terminal
from studio.domain.errors import ProjectError, UsageError

if TYPE_CHECKING:
    from studio.workflows.studio import Studio

ABOUT = "Open the project in DIR (default: here). A new or empty folder gets the sample character Glitch."

PRESET = "glitch"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR."""
    parser.add_argument("dir", nargs="?", type=Path, metavar="DIR", help="the project (default: here)")


def run(flags: argparse.Namespace) -> int:
    """Open the screen and stay until the artist leaves."""
    # Thousands of lasting objects are made before the first frame; looking through them again and again costs a
    # tenth of the start. The collector is on again when the frame is out.
    gc.disable()
    from studio.ui.terminal import drop_empty_no_color

    _check_terminal()
    drop_empty_no_color(os.environ)
    folder = flags.dir if flags.dir is not None else Path()
    if not _ready(folder, named=flags.dir is not None):
        return Exit.OK
    from studio.cli.flags import options
    from studio.compose import open_studio

    return _show(open_studio(folder, options(flags, needs_key=False)), flags.graphics)


def _show(studio: Studio, graphics: str | None) -> int:
    from studio.config.key import store_key
    from studio.ui.run import run_screen
    from studio.ui.terminal import probe, tell_colours

    wanted = graphics or studio.project.settings.graphics
    terminal = probe(None if wanted == "auto" else wanted)
    tell_colours(terminal, os.environ)
    return run_screen(studio, terminal, store_key=store_key)


def _check_terminal() -> None:
    if not is_terminal(sys.stdin) or not is_terminal(sys.stdout):
        raise UsageError(
            "The screen needs a terminal, and this is none.",
            "Without one, studio render DIR draws the ticked poses; studio --help lists the rest.",
        )
    term = os.environ.get("TERM", "")
    if term in {"", "dumb"}:
        raise UsageError(
            f"TERM is {term or 'not set'}, so no screen can be drawn here.",
            "Set TERM to what your terminal is, or draw without the screen: studio render DIR.",
        )


def _ready(folder: Path, *, named: bool) -> bool:
    """Make sure there is a project to open: a folder that was named and is new or empty gets Glitch, without one
    being named the artist is asked. False when they would rather not.
    """
    from studio.config.presets import Presets
    from studio.config.project import is_project
    from studio.config.project_files import create_project

    if is_project(folder):
        return True
    if not _is_empty(folder):
        shown = folder if named else "This folder"
        raise ProjectError(
            f"{shown} holds other files and no project.", f"studio new {folder if named else 'DIR'} makes one."
        )
    presets = Presets()
    name = PRESET
    if not named:
        from studio.ui.screens.first_run import FirstRunApp

        chosen = FirstRunApp(Path.cwd().name, presets.characters).run()
        if not chosen:
            return False
        name = chosen
    create_project(folder, presets.character(name))
    return True


def _is_empty(folder: Path) -> bool:
    """True when a folder is new, or holds nothing but hidden files such as `.git`."""
    try:
        return all(entry.name.startswith(".") for entry in folder.iterdir())
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        raise ProjectError(f"{folder} is a file, not a folder.", "Name a folder.") from None
    except OSError as error:
        raise ProjectError(f"{folder} cannot be read: {error.strerror or error}.", "Name another folder.") from error
