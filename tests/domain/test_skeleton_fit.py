"""From keypoints back to joint angles."""

from __future__ import annotations

import pytest

from studio.config.presets import Presets
from studio.domain.skeleton import KEYPOINTS, Proportions, Skeleton, keypoints
from studio.domain.skeleton_fit import fit_skeleton

BUILD = Proportions(7)
POSES = {name: pose.skeleton for name, pose in Presets().poses.items() if pose.skeleton is not None}


def seen(skeleton: Skeleton, scale: float = 500) -> dict[str, tuple[float, float]]:
    points = zip(KEYPOINTS, keypoints(skeleton, BUILD), strict=True)
    return {name: (40 + point.x * scale, 90 + point.y * scale) for name, point in points if point.seen}


@pytest.mark.parametrize("name", ["hero-stance", "running", "sitting", "throwing", "high-kick", "waving"])
def test_a_pose_that_is_not_among_the_known_ones_is_found_again(name: str) -> None:
    others = [skeleton for other, skeleton in POSES.items() if other != name]
    fit = fit_skeleton(seen(POSES[name]), BUILD, others)
    assert fit.miss < 0.045
    again = keypoints(fit.skeleton, BUILD)
    wanted = keypoints(POSES[name], BUILD)
    hands = [KEYPOINTS.index(f"{side}_wrist") for side in ("left", "right")]
    assert all(abs(again[n].y - wanted[n].y) < 0.12 for n in hands)


def test_a_known_pose_is_itself_at_any_size_and_place() -> None:
    fit = fit_skeleton(seen(POSES["kneeling"] if "kneeling" in POSES else POSES["sitting"], 31), BUILD, POSES.values())
    assert fit.miss < 0.01


def test_angles_are_whole_degrees() -> None:
    fit = fit_skeleton(seen(POSES["running"]), BUILD, [])
    assert all(value == int(value) for value in _numbers(fit.skeleton.to_mapping()))


def test_too_few_joints_are_refused_with_their_number() -> None:
    with pytest.raises(ValueError, match="only 3 joints"):
        fit_skeleton(dict(list(seen(Skeleton()).items())[:3]), BUILD, [])


def _numbers(values: object) -> list[float]:
    if isinstance(values, dict):
        return [number for value in values.values() for number in _numbers(value)]
    return [values] if isinstance(values, int | float) else []
