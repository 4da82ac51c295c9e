"""`studio pick` and `studio reject`: a verdict on takes."""

from __future__ import annotations

import argparse
import asyncio
import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.terminal_text import say, write_line
from studio.domain.errors import UsageError
from studio.domain.take import Take, Verdict

if TYPE_CHECKING:
    from studio.workflows.studio import Studio
    from studio.workflows.takes import TakeTable

ABOUT = "Give takes a verdict. Picked ones appear in picks/, rejected ones stay where they are."

VERDICTS = {"pick": Verdict.PICKED, "reject": Verdict.REJECTED}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR and the takes."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")
    parser.add_argument("takes", nargs="+", metavar="TAKE", help="a take of `studio takes`, such as running-001")


def run(flags: argparse.Namespace) -> int:
    """All of the takes, or none when one of them does not exist."""
    studio = offline_studio(flags)
    decided = asyncio.run(_decide(studio, flags.takes, VERDICTS[flags.command]))
    for take in decided:
        if take.flagged and take.verdict is Verdict.PICKED:
            say(f"{take.id} was blacked out by fal's safety checker; it is picked as you asked.")
    as_json = json_lines.wanted(flags)
    for take in decided:
        if as_json:
            json_lines.emit(take.verdict.value, take=take.id, pose=take.pose, path=take.path, pick=take.pick or None)
        else:
            write_line(f"{take.id}: {take.verdict.value}{f', {take.pick}' if take.pick else ''}")
    return Exit.OK


async def _decide(studio: Studio, names: Sequence[str], verdict: Verdict) -> list[Take]:
    try:
        takes = list(dict.fromkeys(find_take(studio.takes, name) for name in names))
        return [await studio.decide(take.id, verdict) for take in takes]
    finally:
        await studio.close()


def find_take(takes: TakeTable, name: str) -> Take:
    """A take by its id, or by the path of its file. Raises UsageError with the nearest ids."""
    take = takes.get(name) or next((take for take in takes.all() if name in {take.path, take.pick}), None)
    if take is not None:
        return take
    known = [take.id for take in takes.all()]
    close = difflib.get_close_matches(name.lower(), known, 3, 0.6)
    hint = f"Did you mean {' or '.join(close)}?" if close else "studio takes DIR lists them."
    raise UsageError(f"There is no take {name!r}; nothing was done.", hint)
