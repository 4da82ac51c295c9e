"""`studio references`: the character's reference pictures, what they are good for, adding and removing."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.open_project import offline_studio
from studio.cli.planning import check_project
from studio.cli.tables import print_table
from studio.cli.terminal_text import say, write_line
from studio.config.project import Project, load_project
from studio.domain.character import ROLES, Reference
from studio.domain.errors import UsageError

ABOUT = "List the character's reference pictures with what may be wrong with them; add one, or put one away."

VERBS = ("list", "add", "remove", "role", "first")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, what to do, with which picture."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the project")
    parser.add_argument("verb", nargs="?", default="list", metavar="VERB", help=f"one of {', '.join(VERBS)}")
    parser.add_argument("names", nargs="*", metavar="NAME", help="add: a file or a take; else a listed reference")
    parser.add_argument("--role", metavar="ROLE", help=f"what it shows: {', '.join(ROLES)}")


def run(flags: argparse.Namespace) -> int:
    """Do it and list what there is then."""
    check_project(flags.dir)
    if flags.verb not in VERBS:
        raise UsageError(f"{flags.verb!r} is nothing that can be done with references.", f"Try {', '.join(VERBS)}.")
    project = load_project(flags.dir)
    if flags.verb == "list":
        return _tell(project, flags)
    if not flags.names:
        raise UsageError(f"studio references DIR {flags.verb} needs a name.", "studio references DIR lists them.")
    match flags.verb:
        case "add":
            return _add(project, flags)
        case "remove":
            return _remove(project, flags)
        case _:
            return _change(project, flags)


def _add(project: Project, flags: argparse.Namespace) -> Exit:
    from studio.config.project_edits import save_character
    from studio.workflows.reference_list import checked_role, taken_in

    role, character = checked_role(flags.role or ""), project.character
    before = len(character.references)
    sources = [_source(project.folder, name, flags) for name in flags.names]
    for source, stem in sources:
        character = taken_in(project.folder, character, source, role, stem)
    project = save_character(project, character)
    return _tell(project, flags, new=project.character.references[before:])


def _source(folder: Path, name: str, flags: argparse.Namespace) -> tuple[Path, str]:
    """A file of that name, or the file of a take, and a name for the copy."""
    path = Path(name).expanduser()
    for candidate in (path, folder / path):
        if candidate.is_file():
            return candidate, ""
    studio = offline_studio(flags)
    try:
        take = studio.takes.get(name)
    finally:
        asyncio.run(studio.close())
    if take is None:
        raise UsageError(f"There is no file and no take {name!r}.", "studio takes DIR lists the takes.")
    return folder / take.path, take.id


def _remove(project: Project, flags: argparse.Namespace) -> Exit:
    from studio.config.project_edits import save_character
    from studio.config.project_references import put_away
    from studio.workflows.reference_list import named, without_reference

    character = project.character
    gone = [named(character, project.folder, name) for name in dict.fromkeys(flags.names)]
    for one in gone:
        character = without_reference(character, one.path)
    project = save_character(project, character)
    for one in gone:
        trashed = put_away(project.folder, one.path)
        if json_lines.wanted(flags):
            json_lines.emit("removed", path=one.path, trashed=trashed or None)
        else:
            write_line(f"{one.path}: {f'kept as {trashed}' if trashed else 'taken from the list; its file stays'}")
    return Exit.OK


def _change(project: Project, flags: argparse.Namespace) -> Exit:
    from studio.config.project_edits import save_character
    from studio.workflows.reference_list import checked_role, moved, named, with_reference

    character = project.character
    for name in flags.names:
        one = named(character, project.folder, name)
        if flags.verb == "first":
            character = moved(character, one.path, -len(character.references))
        elif flags.role is None:
            raise UsageError("studio references DIR role NAME needs --role ROLE.", f"There are: {', '.join(ROLES)}.")
        else:
            character = with_reference(character, Reference(one.path, checked_role(flags.role)))
    return _tell(save_character(project, character), flags)


def _tell(project: Project, flags: argparse.Namespace, new: tuple[Reference, ...] = ()) -> Exit:
    from studio.config.project_references import loose_files
    from studio.workflows.reference_list import look_at

    listed = look_at(project.folder, project.character.references)
    loose = loose_files(project.folder, frozenset(one.path for one in project.character.references))
    if json_lines.wanted(flags):
        for number, one in enumerate(listed, 1):
            json_lines.emit(
                "reference",
                path=one.reference.path,
                role=one.reference.role or None,
                number=number,
                width=one.width,
                height=one.height,
                remarks=list(one.remarks),
                new=one.reference in new,
            )
        for path in loose:
            json_lines.emit("loose", path=path)
        return Exit.OK
    rows = [
        (n, one.reference.role, one.reference.path, f"{one.width}×{one.height}", " ".join(one.remarks))
        for n, one in enumerate(listed, 1)
    ]
    if rows:
        print_table(("", "role", "picture", "pixels", "remarks"), rows, whole=("picture",))
    else:
        say("No references yet: studio references DIR add FILE --role front")
    for path in loose:
        say(f"{path} lies in the folder and is not listed: add it to have it sent.")
    return Exit.OK
