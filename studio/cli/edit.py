"""`studio edit`: change a take by words, and keep the character."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

from studio.cli import flags as flag_sets
from studio.cli import json_lines, sending
from studio.cli.decide import find_take
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.tables import print_table
from studio.domain import money
from studio.domain.errors import UsageError
from studio.workflows.plan import Plan
from studio.workflows.references import local_reference
from studio.workflows.studio import Studio

ABOUT = "Change a take by words: outfit, colours, light, background. The result is a take of the same pose."

USUAL = (768, 1024)
"""Pixels of the picture that prices are listed for where no take is named."""

Result = TypeVar("Result")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, the take, the words, who edits, what it is to look like."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")
    parser.add_argument("take", nargs="?", metavar="TAKE", help="a take of `studio takes`, or the path of its file")
    parser.add_argument("instruction", nargs="?", metavar="WORDS", help='such as "make the jacket dark green"')
    group = parser.add_argument_group("how")
    group.add_argument("--model", metavar="ID", default="", help="who edits (default: one that fits)")
    group.add_argument("--models", action="store_true", help="list the models that edit, with their price, and stop")
    group.add_argument(
        "--reference", action="append", default=[], type=Path, metavar="FILE", help="what it is to look like, too"
    )
    group.add_argument("--mask", type=Path, metavar="FILE", help="what may change: white, or transparent")
    group.add_argument("--seed", type=flag_sets.whole(0, 2**31 - 1), metavar="N", help="a fixed seed")
    flag_sets.add_cost(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the exact request and its price, send nothing")
    sending.add_arguments(parser)


def run(flags: argparse.Namespace) -> int:
    """Plan, ask, send, follow. The exit code says how the job ended."""
    if flags.models:
        return _tell_editors(flags)
    if flags.take is None or flags.instruction is None:
        raise UsageError("studio edit needs a take and what is to be changed.", 'studio edit DIR TAKE "WORDS"')
    if not flags.dry_run:
        return sending.draw(flags, lambda studio: asyncio.run(_plan(studio, flags))).code
    studio = offline_studio(flags)
    plan = asyncio.run(_closing(studio, _plan(studio, flags)))
    tell_notes(plan)
    return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)


async def _plan(studio: Studio, flags: argparse.Namespace) -> Plan:
    from dataclasses import replace

    from studio.workflows.edit_mask import mask_from_file
    from studio.workflows.editing import Change, chosen_model, edit_plan

    take = find_take(studio.takes, flags.take)
    folder, note = studio.project.folder, ""
    references = tuple(local_reference(folder, file) for file in flags.reference)
    change = Change(flags.instruction, flags.model, references, seed=flags.seed)
    if flags.mask is not None:
        # The choice of a model hangs on there being a mask, and its form on the model.
        wanted = flags.model or chosen_model(studio, replace(change, mask=local_reference(folder, flags.mask))).id
        mask, note = mask_from_file(folder, flags.mask, studio.model(wanted), (take.width, take.height))
        change = replace(change, model=wanted, mask=mask)
    plan = await edit_plan(studio, take, change)
    return replace(plan, notes=(*plan.notes, note)) if note else plan


def _tell_editors(flags: argparse.Namespace) -> Exit:
    from studio.workflows.editing import editors

    studio = offline_studio(flags)
    try:
        take = find_take(studio.takes, flags.take) if flags.take else None
        found = editors(studio, (take.width, take.height) if take else USUAL)
    finally:
        asyncio.run(studio.close())
    if json_lines.wanted(flags):
        for one in found:
            json_lines.emit(
                "editor",
                model=one.model.id,
                title=one.model.title,
                does=one.power.value,
                price=one.price,
                references=one.most_more,
                mask=one.mask or None,
            )
        return Exit.OK
    rows = [(one.model.id, one.power.value, _more(one.most_more), one.mask, money.shown(one.price)) for one in found]
    print_table(("model", "does", "references", "mask", "price"), rows, right=("price",))
    return Exit.OK


def _more(most: int | None) -> str:
    return "any" if most is None else f"+{most}" if most else "none"


async def _closing(studio: Studio, work: Awaitable[Result]) -> Result:
    try:
        return await work
    finally:
        await studio.close()
