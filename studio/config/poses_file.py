"""The form of `poses.toml`: `[[pose]]` tables read into Poses."""

from __future__ import annotations

import re

from studio.config.toml_table import Table
from studio.domain.pose import Pose
from studio.domain.recipe import SEED_LIMIT
from studio.domain.skeleton import Skeleton
from studio.domain.text import slug

NAME = "poses.toml"
KEYS = ("name", "text", "set", "skeleton", "ticked", "seed")

_PLACE = re.compile(r"skeleton(?:\.\w+)*")


def read_poses(table: Table) -> tuple[Pose, ...]:
    """The poses in the order of the file. Raises ProjectError for two of one name, case and spaces forgiven."""
    poses: list[Pose] = []
    seen: dict[str, int] = {}
    for number, entry in enumerate(table.tables("pose"), 1):
        pose = read_pose(entry)
        first = seen.setdefault(slug(pose.name), number)
        if first != number:
            raise entry.error(
                "name", f"expected a name of its own; pose {first} is called {poses[first - 1].name!r} too"
            )
        poses.append(pose)
    return tuple(poses)


def read_pose(table: Table, fallback: Pose | None = None) -> Pose:
    """One pose. What the table leaves out is taken from `fallback`; without one, `text` has to be there."""
    table.only(KEYS)
    return Pose(
        name=table.text("name", filled=True),
        text=table.text("text", fallback.text if fallback else None, lines=True),
        set=table.text("set", fallback.set if fallback else ""),
        skeleton=_skeleton(table) if "skeleton" in table else (fallback.skeleton if fallback else None),
        ticked=table.flag("ticked", False),
        seed=_seed(table) if "seed" in table else (fallback.seed if fallback else None),
    )


def _seed(table: Table) -> int:
    return table.integer("seed", low=0, high=SEED_LIMIT - 1)


def _skeleton(table: Table) -> Skeleton:
    value = table.json("skeleton")
    if not isinstance(value, dict):
        raise table.error("skeleton", "expected a table of joint angles")
    try:
        return Skeleton.from_mapping(value)
    except ValueError as error:
        place = _PLACE.match(str(error))
        path = tuple(place[0].split(".")) if place else ("skeleton",)
        raise table.source.error(str(error), (*table.where, *path)) from error
