"""Characters, poses and styles that come with the studio, and the user's own beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from studio.config.character_file import KEYS as CHARACTER_KEYS
from studio.config.character_file import read_character
from studio.config.paths import homely, share, user_share
from studio.config.poses_file import read_pose, read_poses
from studio.config.settings import Settings, read_settings
from studio.config.toml_table import Table, read_table
from studio.domain.character import Character
from studio.domain.errors import ProjectError, UsageError
from studio.domain.pose import Pose
from studio.domain.style import Style
from studio.domain.text import slug

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class PoseSet:
    """A named set of pose presets, such as the eight views of a turnaround."""

    name: str
    title: str
    about: str
    poses: tuple[Pose, ...]


@dataclass(frozen=True, slots=True)
class CharacterPreset:
    """A character to start a project with, its first poses (some ticked) and the settings that suit it."""

    name: str
    title: str
    about: str
    character: Character
    poses: tuple[Pose, ...]
    settings: Settings


class Presets:
    """Everything under presets/. Each kind is read when it is first asked for. A file of the user's replaces the
    shipped one of the same name; a broken one is told in `problems` and left out.
    """

    def __init__(self) -> None:
        self.problems: list[str] = []

    @cached_property
    def styles(self) -> Mapping[str, Style]:
        """Style presets by name."""
        return self._read("styles", _style)

    @cached_property
    def pose_sets(self) -> Mapping[str, PoseSet]:
        """Sets of pose presets by name."""
        return self._read("poses", _pose_set)

    @cached_property
    def poses(self) -> Mapping[str, Pose]:
        """Every pose preset by its name as a slug; the first of a name counts."""
        by_name: dict[str, Pose] = {}
        for pose_set in self.pose_sets.values():
            for pose in pose_set.poses:
                by_name.setdefault(slug(pose.name), pose)
        return MappingProxyType(by_name)

    @cached_property
    def characters(self) -> Mapping[str, CharacterPreset]:
        """Character presets by name."""
        return self._read("characters", self._character)

    def character(self, name: str) -> CharacterPreset:
        """One character preset, case and spaces forgiven. Raises UsageError when there is none of that name."""
        preset = self.characters.get(slug(name))
        if preset is None:
            raise UsageError(f"There is no character preset {name!r}.", f"There are: {', '.join(self.characters)}.")
        return preset

    def pose(self, name: str) -> Pose | None:
        """The pose preset of a name, case and spaces forgiven, or None."""
        return self.poses.get(slug(name))

    def check(self) -> list[str]:
        """Read everything and give the problems found, each a sentence."""
        _ = self.styles, self.pose_sets, self.characters
        return self.problems

    def _character(self, name: str, table: Table) -> CharacterPreset:
        table.only((*CHARACTER_KEYS, "title", "about", "pose", "settings"))
        entries = [(entry, self.pose(entry.text("name", filled=True))) for entry in table.tables("pose")]
        return CharacterPreset(
            name=name,
            title=table.text("title", name),
            about=table.text("about", ""),
            character=read_character(table),
            poses=tuple(read_pose(entry, preset) for entry, preset in entries),
            settings=read_settings(table.table("settings")),
        )

    def _read(self, kind: str, reader: Callable[[str, Table], _Value]) -> Mapping[str, _Value]:
        files = {path.stem: path for path in _files(share(f"presets/{kind}"))}
        values = {slug(name): reader(slug(name), read_table(path)) for name, path in files.items()}
        for path in _files(user_share(f"presets/{kind}")):
            try:
                values[slug(path.stem)] = reader(slug(path.stem), read_table(path, homely(path)))
            except ProjectError as error:
                self.problems.append(error.happened)
        return MappingProxyType(values)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def _style(name: str, table: Table) -> Style:
    table.only(("title", "about", "text"))
    return Style(name, table.text("title", name), table.text("text", filled=True, lines=True), table.text("about", ""))


def _pose_set(name: str, table: Table) -> PoseSet:
    table.only(("title", "about", "pose"))
    poses = tuple(replace(pose, set=pose.set or name) for pose in read_poses(table))
    return PoseSet(name, table.text("title", name), table.text("about", ""), poses)
