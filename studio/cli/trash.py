"""`studio trash`: throwing takes away, bringing them back, and deleting them for good."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import json_lines
from studio.cli.decide import find_take
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.takes import show_takes
from studio.cli.terminal_text import is_terminal, say, write_line
from studio.domain.errors import UsageError
from studio.domain.take import Take
from studio.domain.text import plain
from studio.workflows.trash import empty_trash, restore, sum_of, trashed_takes

if TYPE_CHECKING:
    from studio.workflows.studio import Studio

ABOUT = (
    "Throw takes away, bring them back, or delete what lies in the trash for good. Without a take it lists the trash."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, takes, and what to do with them."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")
    parser.add_argument("takes", nargs="*", metavar="TAKE", help="a take of `studio takes`, such as running-001")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--restore", nargs="*", metavar="TAKE", help="bring these takes back; all of them when none is named"
    )
    which.add_argument("--empty", action="store_true", help="delete everything in the trash for good, after asking")
    parser.add_argument("--yes", action="store_true", help="do not ask before --empty")


def run(flags: argparse.Namespace) -> int:
    """One of the four. Exit 2 when --empty cannot ask and was not told --yes."""
    if flags.takes and (flags.empty or flags.restore is not None):
        raise UsageError("Takes were named before --restore or --empty.", "Name those to bring back after --restore.")
    return asyncio.run(_closed(offline_studio(flags), flags))


async def _closed(studio: Studio, flags: argparse.Namespace) -> int:
    try:
        return await _done(studio, flags)
    finally:
        await studio.close()


async def _done(studio: Studio, flags: argparse.Namespace) -> int:
    lying = await trashed_takes(studio)
    if flags.empty:
        return await _emptied(studio, lying, flags)
    if flags.restore is not None:
        back = [await restore(studio, take.id) for take in _named(lying, flags.restore)]
        _told(flags, back, "restored")
    elif flags.takes:
        chosen = list(dict.fromkeys(find_take(studio.takes, name) for name in flags.takes))
        _told(flags, [await studio.trash(take.id) for take in chosen], "trashed")
    else:
        show_takes(flags, lying, "The trash is empty.")
    return Exit.OK


async def _emptied(studio: Studio, lying: Sequence[Take], flags: argparse.Namespace) -> int:
    if not lying:
        say("The trash is empty.")
        return Exit.OK
    if not flags.yes and not _agreed(sum_of(lying).words()):
        raise UsageError("Nothing was deleted.", "Pass --yes to delete without being asked.")
    await empty_trash(studio, lying)
    _told(flags, lying, "deleted")
    return Exit.OK


def _named(lying: Sequence[Take], names: Sequence[str]) -> list[Take]:
    by_name = {name: take for take in lying for name in (take.id, take.path)}
    for name in names:
        if name not in by_name:
            raise UsageError(f"{plain(name)} is not in the trash; nothing was done.", "studio trash DIR lists what is.")
    return list(dict.fromkeys(by_name[name] for name in names)) if names else list(lying)


def _agreed(what: str) -> bool:
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return False
    sys.stderr.write(f"Delete {plain(what)}, for good? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _told(flags: argparse.Namespace, takes: Sequence[Take], word: str) -> None:
    for take in takes:
        if json_lines.wanted(flags):
            json_lines.emit(word, take=take.id, pose=take.pose, path=take.path)
        else:
            write_line(f"{take.id}: {word}")
