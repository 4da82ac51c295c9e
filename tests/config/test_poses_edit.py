"""Any change to the list of poses arrives in the file exactly, whatever the texts and the order."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from studio.config.poses_edit import edited_poses, tidied_poses
from studio.config.poses_file import read_poses
from studio.config.toml_file import Source, parse
from studio.config.toml_table import Table
from studio.domain.pose import Pose
from studio.domain.skeleton import Skeleton
from studio.domain.text import slug
from tests.config.artist import POSES

SKELETONS = st.sampled_from([None, Skeleton(), Skeleton.from_mapping({"lean": 5, "left_arm": {"lift": 40.5}})])
NEW = st.builds(Pose, st.text("abcé1 -\"'#[]\\", min_size=1, max_size=8), st.text(max_size=200), st.just(""), SKELETONS)
COMMENTS = {"Hero stance": "# opens the film", "running": "# after the jump", "sitting": "# for the end"}


def opened(text: str) -> tuple[Source, tuple[Pose, ...]]:
    source = Source("poses.toml", text)
    return source, read_poses(Table(source, parse(source)))


def unique(poses: Sequence[Pose]) -> tuple[Pose, ...]:
    by_name = {slug(pose.name): pose for pose in poses if pose.name.strip()}
    return tidied_poses(list(by_name.values()))


BASE = opened(POSES)[1]
CHANGED = st.tuples(st.sampled_from(BASE), st.text(max_size=60), st.booleans(), SKELETONS).map(
    lambda parts: Pose(parts[0].name, parts[1], parts[0].set, parts[3], parts[2])
)
WANTED = st.lists(st.one_of(st.sampled_from(BASE), CHANGED, NEW), max_size=7).map(unique)


@given(wanted=WANTED, ends=st.sampled_from(["\n", "\r\n"]))
def test_the_file_says_what_the_screen_says(wanted: tuple[Pose, ...], ends: str) -> None:
    source, base = opened(POSES.replace("\n", ends))
    text = edited_poses(source, base, wanted, base)
    tomllib.loads(text)
    assert opened(text)[1] == wanted
    assert text.startswith("# Poses for the trailer")
    for pose in wanted:
        if pose.name in COMMENTS:
            assert COMMENTS[pose.name] in text


@given(wanted=WANTED)
def test_saving_twice_is_saving_once(wanted: tuple[Pose, ...]) -> None:
    source, base = opened(POSES)
    once, now = opened(edited_poses(source, base, wanted, base))
    assert edited_poses(once, now, wanted, now) == once.text


@given(mine=WANTED, added=st.lists(NEW, max_size=3).map(unique))
def test_poses_added_in_the_file_survive_any_change_on_the_screen(
    mine: tuple[Pose, ...], added: tuple[Pose, ...]
) -> None:
    taken = {slug(pose.name) for pose in (*mine, *BASE)}
    extra = tuple(pose for pose in added if slug(pose.name) not in taken)
    ours, base = opened(POSES)
    theirs, there = opened(edited_poses(ours, base, (*base, *extra), base))
    merged = opened(edited_poses(theirs, base, mine, there))[1]
    assert {pose.name for pose in merged} == {pose.name for pose in (*mine, *extra)}
    assert all(pose in merged for pose in extra)
