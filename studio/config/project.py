"""A project as it lies on the disk: the folder's three TOML files, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.config import character_file, poses_file, settings
from studio.config.character_file import read_character
from studio.config.poses_file import read_poses
from studio.config.project_id import project_id
from studio.config.settings import Settings, load_user_settings, read_project_settings
from studio.config.toml_table import Table, read_table
from studio.domain.character import Character
from studio.domain.errors import ProjectError
from studio.domain.pose import Pose


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with its character, poses and settings, as they were when it was read."""

    folder: Path
    id: str
    """Where its journal lies: `paths.journal_file(id)`."""
    character: Character
    poses: tuple[Pose, ...]
    settings: Settings


def is_project(folder: Path) -> bool:
    """Whether a folder holds a character."""
    return (folder / character_file.NAME).is_file()


def load_project(folder: Path) -> Project:
    """The project of a folder. Raises ProjectError naming file, line and key; nothing is ever written over."""
    if not folder.is_dir():
        raise ProjectError(f"There is no folder {folder}.", "studio new DIR makes a project.")
    if not is_project(folder):
        raise ProjectError(f"{folder} holds no {character_file.NAME}.", "studio new DIR makes a project.")
    return Project(
        folder=folder,
        id=project_id(folder),
        character=load_character(folder),
        poses=load_poses(folder),
        settings=load_settings(folder),
    )


def load_character(folder: Path) -> Character:
    """What `character.toml` says now."""
    table = read_table(folder / character_file.NAME)
    table.only(character_file.KEYS)
    return read_character(table)


def load_poses(folder: Path) -> tuple[Pose, ...]:
    """What `poses.toml` says now; a project without that file has no poses yet."""
    table = _optional(folder / poses_file.NAME)
    if table is None:
        return ()
    table.only(("pose",))
    return read_poses(table)


def load_settings(folder: Path) -> Settings:
    """What `studio.toml` says now, over the user's own settings."""
    below = load_user_settings()
    table = _optional(folder / settings.NAME)
    return below if table is None else read_project_settings(table, below)


def _optional(path: Path) -> Table | None:
    # A dangling link or an unreadable file is there, and reading it says why it cannot be used.
    return read_table(path) if path.exists() or path.is_symlink() else None
