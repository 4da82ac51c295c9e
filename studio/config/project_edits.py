"""Saving a project: what the artist changed goes into the files as they are now, or nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from studio.config import character_file, poses_file, settings
from studio.config.atomic import write_text
from studio.config.character_edit import edited_character, tidied
from studio.config.merging import changes
from studio.config.paths import config_file, homely
from studio.config.poses_edit import edited_poses, tidied_poses
from studio.config.poses_file import read_poses
from studio.config.project import Project
from studio.config.settings import Settings, load_user_settings, read_project_settings
from studio.config.toml_edit import edited
from studio.config.toml_file import Source, parse, read_source
from studio.config.toml_table import Table
from studio.domain.character import Character
from studio.domain.errors import ProjectError
from studio.domain.pose import Pose
from studio.domain.recipe import SeedPolicy


def save_character(project: Project, character: Character) -> Project:
    """Write what differs from `project.character` into `character.toml`; comments and order stay.

    Changes made to the file meanwhile are kept and come back in the project; ProjectError when both changed one key.
    """
    mine = tidied(character)
    path = project.folder / character_file.NAME
    source = read_source(path)
    theirs = character_file.read_character(Table(source, parse(source)))
    text = edited_character(source.text, project.character, mine, theirs, source.label)
    merged = character_file.read_character(_checked(source, text))
    if theirs == project.character and merged != mine:
        raise _unchangeable(source)
    _write(path, source, text)
    return replace(project, character=merged)


def save_poses(project: Project, poses: Sequence[Pose]) -> Project:
    """Write what differs from `project.poses` (added, changed, removed, ticked, moved) into `poses.toml`.

    A pose keeps the comment above it. Changes made to the file meanwhile are kept and come back in the project;
    ProjectError when both changed one thing, UsageError when a name is missing or there twice.
    """
    mine = tidied_poses(poses)
    path = project.folder / poses_file.NAME
    source = _read_or_new(path, "# The poses, one [[pose]] each, in the order of the list.\n")
    theirs = read_poses(Table(source, parse(source)))
    text = edited_poses(source, project.poses, mine, theirs)
    merged = read_poses(_checked(source, text))
    if theirs == project.poses and merged != mine:
        raise _unchangeable(source)
    _write(path, source, text)
    return replace(project, poses=merged)


def save_settings(project: Project, wanted: Settings) -> Project:
    """Write what differs from `project.settings` into `studio.toml`. Raises ProjectError as the others do."""
    path = project.folder / settings.NAME
    source = _read_or_new(path, "# What was chosen for this project; the studio writes it, and reads what you write.\n")
    below = load_user_settings()
    theirs = read_project_settings(Table(source, parse(source)), below)
    todo = changes(settings_values(project.settings), settings_values(wanted), settings_values(theirs), source.label)
    text = edited(source.text, todo) if todo else source.text
    merged = read_project_settings(_checked(source, text), below)
    reached = settings_values(merged)
    if any(item is not None and reached.get(key) != item for key, item in todo.items()):
        raise _unchangeable(source)
    _write(path, source, text)
    return replace(project, settings=merged)


def save_user(todo: Mapping[tuple[str, ...], object]) -> None:
    """Put values into the user's `config.toml`, by their keys; None takes one out. The file is readable by its owner
    alone, for it may hold the key.
    """
    path = config_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = _read_or_new(path, "# Your own settings, for every project that does not say otherwise.\n")
    parse(source)
    text = edited(source.text, todo)
    parse(Source(homely(path), text))
    write_text(path, text, mode=0o600)


def settings_values(wanted: Settings) -> dict[tuple[str, ...], object]:
    """What `studio.toml` says of settings, key by key; what is not set is left out."""
    values: dict[tuple[str, ...], object] = {
        ("model",): wanted.model,
        ("takes",): wanted.takes,
        ("draft",): wanted.draft,
        ("guide",): wanted.guide.value,
        ("seed",): _seed_value(wanted),
        ("concurrency",): wanted.concurrency,
        ("graphics",): wanted.graphics,
        ("mouse",): wanted.mouse,
        ("animations",): wanted.animations,
        ("notify",): wanted.notify,
        ("theme",): wanted.theme,
        ("uploads", "lifetime"): wanted.upload_lifetime,
    }
    optional = {
        ("sandbox",): wanted.sandbox,
        ("guide_strength",): wanted.guide_strength,
        ("budget", "session"): wanted.budget_session,
        ("budget", "day"): wanted.budget_day,
    }
    values.update({path: item for path, item in optional.items() if item is not None})
    values.update({("keys", binding): keys for binding, keys in wanted.keys.items()})
    for model, arguments in wanted.values.items():
        values.update({("values", model, name): item for name, item in arguments.items() if item is not None})
    return values


def _seed_value(wanted: Settings) -> object:
    match wanted.seed_policy:
        case SeedPolicy.FIXED:
            return wanted.seed
        case SeedPolicy.LIST if wanted.seeds:
            return list(wanted.seeds)
        case SeedPolicy.NEXT:
            return "next"
        case _:
            return "new"


def _read_or_new(path: Path, head: str) -> Source:
    return read_source(path) if path.exists() or path.is_symlink() else Source(path.name, head)


def _checked(source: Source, text: str) -> Table:
    changed = replace(source, text=text)
    try:
        return Table(changed, parse(changed))
    except ProjectError as error:
        raise _unchangeable(source) from error


def _unchangeable(source: Source) -> ProjectError:
    return ProjectError(
        f"{source.label} is written in a way the studio cannot change.",
        "Nothing was written. Make the change in the file itself.",
    )


def _write(path: Path, source: Source, text: str) -> None:
    if text != source.text or not path.exists():
        write_text(path, text)
