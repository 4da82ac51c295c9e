"""The pose presets that are shipped."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from studio.domain.skeleton import KEYPOINTS, Proportions, Skeleton, joints, keypoints

FOLDER = Path(__file__).parents[2] / "presets" / "poses"
SETS = (
    "turnaround", "idle", "walk", "run", "action", "combat", "rest", "gestures", "emotion", "interaction",
)  # fmt: skip


@cache
def poses() -> tuple[dict[str, Any], ...]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8"))["pose"]
    return tuple(found)


def skeleton_of(name: str) -> Skeleton:
    return next(Skeleton.from_mapping(pose["skeleton"]) for pose in poses() if pose["name"] == name)


@pytest.mark.parametrize("name", SETS)
def test_every_set_has_a_title_a_description_and_poses(name: str) -> None:
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    assert data["title"]
    assert data["about"].endswith(".")
    assert len(data["pose"]) >= 5


def test_there_are_at_least_48_poses_with_names_of_their_own() -> None:
    counts = Counter(pose["name"] for pose in poses())
    assert len(counts) >= 48
    assert max(counts.values()) == 1
    assert {"hero-stance", "running", "sitting"} <= set(counts)
    assert all(name == name.lower() and " " not in name for name in counts)


def test_every_pose_is_said_in_one_full_sentence() -> None:
    for pose in poses():
        text = pose["text"]
        assert text[0].isupper(), pose["name"]
        assert text.endswith(".") and text.count(".") == 1, pose["name"]
        assert len(text.split()) >= 8, pose["name"]


@pytest.mark.parametrize("proportions", [Proportions(3, "stocky"), Proportions(5, "petite"), Proportions(8, "heavy")])
def test_every_pose_parses_and_keeps_its_keypoints_in_the_frame(proportions: Proportions) -> None:
    for pose in poses():
        points = keypoints(Skeleton.from_mapping(pose["skeleton"]), proportions)
        assert len(points) == len(KEYPOINTS)
        assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in points), pose["name"]


def test_the_turnaround_shows_eight_sides() -> None:
    turns = {pose["skeleton"].get("turn", 0) % 360 for pose in poses() if pose["name"].startswith("view-")}
    assert turns == {0, 45, 90, 135, 180, 225, 270, 315}


def test_views_named_right_look_to_the_right_of_the_picture() -> None:
    for name, sign in (("view-side-right", 1), ("view-three-quarter-right", 1), ("view-side-left", -1)):
        points = dict(zip(KEYPOINTS, keypoints(skeleton_of(name), Proportions()), strict=True))
        ears = (points["left_ear"].x + points["right_ear"].x) / 2
        assert (points["nose"].x - ears) * sign > 0


def test_jumping_is_off_the_floor_sitting_has_a_seat_and_lying_is_flat() -> None:
    def lowest(name: str) -> float:
        return min(place.y for place in joints(skeleton_of(name), Proportions()).values())

    assert lowest("jumping") > 0.1
    assert lowest("hero-stance") < 0.02
    assert skeleton_of("sitting").prop == "seat"
    flat = joints(skeleton_of("lying-on-back"), Proportions())
    assert abs(flat["neck"].y - flat["pelvis"].y) < 0.1
    assert flat["nose"].y > flat["left_ear"].y


def test_waving_lifts_one_hand_over_the_shoulder_and_cheering_both_over_the_head() -> None:
    waving = joints(skeleton_of("waving"), Proportions())
    assert waving["left_wrist"].y > waving["neck"].y > waving["right_wrist"].y
    cheering = joints(skeleton_of("cheering"), Proportions())
    assert min(cheering["left_wrist"].y, cheering["right_wrist"].y) > cheering["crown"].y
