"""`studio compare`: what sets takes apart, in words and in pixels."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import json_lines
from studio.cli.decide import find_take
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.terminal_text import write_line
from studio.domain.errors import ProjectError, UsageError
from studio.domain.text import plain
from studio.workflows.take_settings import apart

if TYPE_CHECKING:
    from studio.imaging.difference import Difference

ABOUT = (
    "Say what sets takes apart: model, settings, seed, price, the words of the prompt, and how far the pixels differ."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR and at least two takes."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")
    parser.add_argument("takes", nargs="+", metavar="TAKE", help="two or more takes, such as running-001")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write what differs between the first two as PNG")
    parser.add_argument("--gain", type=float, default=4.0, metavar="N", help="amplify the difference (default: 4)")


def run(flags: argparse.Namespace) -> int:
    """A row for every take; the pixels are compared with those of the first."""
    if len(flags.takes) < 2:
        raise UsageError("One take cannot be compared.", "Name two or more: studio compare DIR TAKE TAKE")
    studio = offline_studio(flags)
    try:
        takes = [find_take(studio.takes, name) for name in flags.takes]
        told = apart(takes, studio.catalogue.model)
        paths = [studio.path(take) for take in takes]
    finally:
        asyncio.run(studio.close())
    found = [_difference(paths[0], path, flags.gain) for path in paths[1:]]
    if flags.picture is not None:
        _save(found[0], flags.picture)
    for at, (take, words) in enumerate(zip(takes, told, strict=True)):
        pixels = found[at - 1] if at else None
        if json_lines.wanted(flags):
            figures = {"mean": round(pixels.mean, 5), "changed": round(pixels.changed, 5)} if pixels else {}
            json_lines.emit("take", take=take.id, apart=words, **figures)
        else:
            said = [*words, f"{pixels.words()} from {takes[0].id}"] if pixels else words
            write_line(plain(f"{take.id}: {' · '.join(said) or 'the same settings'}", limit=2_000))
    return Exit.OK


def _difference(first: Path, second: Path, gain: float) -> Difference:
    from studio.imaging.difference import difference
    from studio.imaging.view_crop import open_whole

    try:
        return difference(open_whole(first), open_whole(second), gain)
    except (OSError, ValueError) as error:
        raise ProjectError(f"A picture cannot be read: {error}", "studio takes DIR lists what is there.") from error


def _save(found: Difference, path: Path) -> None:
    try:
        found.picture.save(path, format="PNG")
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror}.", "Name another file.") from error
