"""`studio pack`: the views of a character from one reference, and the picked ones as a pack with a turnaround sheet."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from pathlib import Path

from studio.cli import flags as flag_sets
from studio.cli import json_lines, sending
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.plan_lines import tell_notes, tell_plan
from studio.cli.planning import Bench, bench_of, read_bench
from studio.cli.terminal_text import say, write_line
from studio.domain.errors import UsageError
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio

ABOUT = (
    "Draw one character from every side out of a reference picture. Review the takes like any others; --write then "
    "makes pack/ of the picked ones, with a manifest and a turnaround sheet, and adds them to the references."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, reference, model, views, what to write."""
    flag_sets.add_project(parser)
    group = parser.add_argument_group("what to draw")
    group.add_argument(
        "--reference", action="append", default=[], type=Path, metavar="FILE", help="a picture of the character"
    )
    group.add_argument(
        "--model", metavar="ID", help="an edit model, or one of camera angles (default: Ideogram Character)"
    )
    group.add_argument(
        "--view", action="append", default=[], metavar="VIEW", help="one more view; NAME=WORDS is one of your own"
    )
    group.add_argument("--only", action="store_true", help="only the views of --view, not the standard six")
    group.add_argument("--takes", type=flag_sets.whole(1, 10), default=1, metavar="N", help="pictures of each view")
    group.add_argument("--write", action="store_true", help="draw nothing: make pack/ of the picked views")
    parser.add_argument("--dry-run", action="store_true", help="show the exact requests and their price, send nothing")
    flag_sets.add_cost(parser)
    sending.add_arguments(parser)


def run(flags: argparse.Namespace) -> int:
    """Plan, ask, send, follow; with --pick or --write, make the pack. The exit code says how the jobs ended."""
    if flags.write:
        return _write(flags)
    if flags.dry_run:
        plan = _plan(read_bench(flags.dir), flags)
        tell_notes(plan)
        return tell_plan(plan, json_lines.wanted(flags), "request", arguments=True)
    drawn = sending.draw(flags, lambda studio: _plan(bench_of(studio), flags, studio), _add_poses(flags))
    if flags.pick and drawn.code == Exit.OK:
        return _write(flags)
    say(f"Pick one take of each view, then: studio pack {flags.dir} --write")
    return drawn.code


def _plan(bench: Bench, flags: argparse.Namespace, studio: Studio | None = None) -> Plan:
    from studio.domain.pack import wanted_views
    from studio.workflows.choices import choose_model
    from studio.workflows.pack import FIRST_CHOICE, PackWish, own_references, pack_plan
    from studio.workflows.references import load_reference, local_reference

    views = wanted_views(flags.view, only=flags.only)
    model = choose_model(bench.catalogue, flags.model or FIRST_CHOICE)
    if flags.reference:
        references = [local_reference(bench.folder, file) for file in flags.reference]
    else:
        own = own_references(bench.character)
        references = [load_reference(bench.folder / one.path, one.path) for one in own]
    wish = PackWish(model, views, tuple(references), flags.takes)
    context = bench.context(session=studio.session if studio else "", sandbox=studio.sandbox if studio else False)
    return pack_plan(bench.character, wish, bench.settings.recipe, context)


def _add_poses(flags: argparse.Namespace) -> Callable[[Studio], None]:
    def add(studio: Studio) -> None:
        from studio.config.project_edits import save_poses
        from studio.domain.pack import wanted_views
        from studio.workflows.pack import with_pack_poses

        views = wanted_views(flags.view, only=flags.only)
        studio.project = save_poses(studio.project, with_pack_poses(studio.project.poses, views))

    return add


def _write(flags: argparse.Namespace) -> int:
    from studio.config.project_edits import save_character
    from studio.workflows.pack_files import pack_state, with_references, write_pack

    studio = offline_studio(flags)
    try:
        state = pack_state(studio.project, studio.takes)
        if not state.entries and not state.waiting and not state.empty:
            raise UsageError("There is no pack yet.", f"studio pack {flags.dir} --reference FILE draws one.")
        sheet = write_pack(flags.dir, studio.project.character, state.entries)
        save_character(studio.project, with_references(studio.project.character, state.entries))
    finally:
        asyncio.run(studio.close())
    open_views = [view.name for view in (*state.waiting, *state.empty)]
    if json_lines.wanted(flags):
        json_lines.emit(
            "pack",
            sheet=sheet.relative_to(flags.dir),
            views=[
                {"view": one.view.name, "role": one.view.role, "path": one.path, "take": one.take.id}
                for one in state.entries
            ],
            missing=open_views,
        )
        return Exit.OK
    for one in state.entries:
        write_line(f"{one.path}  {one.view.role}  {one.take.id}")
    write_line(f"The sheet: {sheet}")
    if open_views:
        say(f"Not picked yet: {', '.join(open_views)}.")
    return Exit.OK
