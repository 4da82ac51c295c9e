"""`studio tree`: which take was made from which."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from studio.cli import json_lines
from studio.cli.decide import find_take
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.terminal_text import say, write_line
from studio.domain.errors import UsageError
from studio.domain.take import Take
from studio.domain.text import plain
from studio.workflows.family_tree import Families, Member

ABOUT = "Show which take was edited, or made final, from which."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, and perhaps one take."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")
    parser.add_argument("take", nargs="?", metavar="TAKE", help="only the family of this take")
    parser.add_argument("--align", action="store_true", help="lay a copy of TAKE beside it that fits its parent")


def run(flags: argparse.Namespace) -> int:
    """Every family of more than one, or that of the take."""
    if flags.align:
        return _align(flags)
    studio = offline_studio(flags)
    try:
        families = Families(studio.takes.all())
        shown = [families.family(find_take(studio.takes, flags.take).id)] if flags.take else families.all()
    finally:
        asyncio.run(studio.close())
    if json_lines.wanted(flags):
        for family in shown:
            for member in family:
                json_lines.emit("member", **member_fields(member, family[0].take))
        return Exit.OK
    for number, family in enumerate(shown):
        if number:
            write_line("")
        for member in family:
            write_line(member_line(member))
    if not shown:
        say('No take was made from another yet: studio edit DIR TAKE "WORDS"')
    return Exit.OK


def _align(flags: argparse.Namespace) -> Exit:
    from studio.workflows.edit_align import align_to_parent

    if not flags.take:
        raise UsageError("--align needs a take.", "studio tree DIR TAKE --align")
    studio = offline_studio(flags)

    async def work() -> str:
        try:
            return await align_to_parent(studio, find_take(studio.takes, flags.take))
        finally:
            await studio.close()

    said = asyncio.run(work())
    if json_lines.wanted(flags):
        json_lines.emit("aligned", take=flags.take, said=said)
    else:
        write_line(said)
    return Exit.OK


def member_fields(member: Member, root: Take) -> dict[str, object]:
    """What `--json` says of one take of a family."""
    take = member.take
    return {
        "take": take.id,
        "parent": take.parent or None,
        "root": root.id,
        "depth": member.depth,
        "pose": take.pose,
        "path": take.path,
        "endpoint": take.endpoint,
        "prompt": take.prompt,
        "verdict": take.verdict.value,
    }


def member_line(member: Member) -> str:
    """`├─ running-002  make the jacket green  (fal-ai/flux-pro/kontext)`."""
    take = member.take
    words = f"  {plain(take.prompt, limit=70)}" if member.depth else ""
    lost = f"  from {member.lost_parent}, which is in the trash or gone" if member.lost_parent else ""
    return f"{member.branch}{take.id}{words}  ({take.endpoint}){lost}"
