"""The skeleton: angles in, joints and keypoints out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.skeleton import (
    BUILDS,
    COLOURS,
    KEYPOINTS,
    LIMBS,
    Arm,
    Head,
    Leg,
    Proportions,
    Skeleton,
    joints,
    keypoints,
    mirror,
)

ADULT = Proportions()
angles = st.integers(-180, 180).map(float)
arms = st.builds(Arm, lift=angles, front=angles, twist=angles, bend=st.integers(0, 150).map(float))
legs = st.builds(Leg, lift=angles, front=angles, bend=st.integers(0, 150).map(float))
skeletons = st.builds(
    Skeleton,
    turn=angles,
    pitch=angles,
    roll=angles,
    lean=st.integers(-40, 80).map(float),
    head=st.builds(Head, nod=st.integers(-50, 50).map(float), look=st.integers(-80, 80).map(float)),
    left_arm=arms,
    right_arm=arms,
    left_leg=legs,
    right_leg=legs,
)


def test_there_are_18_keypoints_each_with_a_colour_and_17_limbs_join_them_all() -> None:
    assert len(KEYPOINTS) == len(set(KEYPOINTS)) == len(COLOURS) == 18
    assert len(LIMBS) == 17
    assert {end for limb in LIMBS for end in limb} == set(range(18))


def test_a_figure_at_ease_stands_on_the_floor_one_unit_tall_and_faces_the_viewer() -> None:
    places = joints(Skeleton(), ADULT)
    assert min(place.y for place in places.values()) == pytest.approx(0, abs=0.01)
    assert places["crown"].y == pytest.approx(1, abs=0.03)
    assert places["nose"].z > places["left_ear"].z


def test_left_is_the_figures_own_left_which_a_viewer_in_front_sees_on_the_right() -> None:
    places = joints(Skeleton(), ADULT)
    for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "eye", "ear"):
        assert places[f"left_{part}"].x > places[f"right_{part}"].x
    seen = dict(zip(KEYPOINTS, keypoints(Skeleton(), ADULT), strict=True))
    assert seen["left_shoulder"].x > seen["right_shoulder"].x
    behind = dict(zip(KEYPOINTS, keypoints(Skeleton(turn=180), ADULT), strict=True))
    assert behind["left_shoulder"].x < behind["right_shoulder"].x


def test_a_turn_of_90_faces_the_right_of_the_picture() -> None:
    seen = dict(zip(KEYPOINTS, keypoints(Skeleton(turn=90), ADULT), strict=True))
    assert seen["nose"].x > seen["right_ear"].x


def test_the_face_is_hidden_from_behind_and_one_ear_from_the_side() -> None:
    behind = dict(zip(KEYPOINTS, keypoints(Skeleton(turn=180), ADULT), strict=True))
    assert not behind["nose"].seen
    assert not behind["left_eye"].seen
    assert behind["left_ear"].seen
    side = dict(zip(KEYPOINTS, keypoints(Skeleton(turn=90), ADULT), strict=True))
    assert side["nose"].seen
    assert side["right_ear"].seen != side["left_ear"].seen
    front = keypoints(Skeleton(), ADULT)
    assert all(point.seen for point in front)


def test_an_arm_lifted_to_the_side_forward_and_up_goes_there() -> None:
    def wrist_of(arm: Arm) -> tuple[float, float, float]:
        places = joints(Skeleton(left_arm=arm), ADULT)
        wrist, shoulder = places["left_wrist"], places["left_shoulder"]
        return wrist.x - shoulder.x, wrist.y - shoulder.y, wrist.z - shoulder.z

    x, y, z = wrist_of(Arm(lift=90, front=0, bend=0))
    assert x > 0.2
    assert abs(y) < 0.02
    assert abs(z) < 0.02
    x, y, z = wrist_of(Arm(lift=90, front=90, bend=0))
    assert z > 0.2
    assert abs(x) < 0.02
    assert wrist_of(Arm(lift=180, bend=0))[1] > 0.2
    assert wrist_of(Arm(lift=40, front=-90, bend=0))[2] < -0.1


def test_a_knee_bends_backward_and_an_elbow_forward() -> None:
    places = joints(Skeleton(left_leg=Leg(bend=90, twist=0), left_arm=Arm(lift=0, bend=90)), ADULT)
    assert places["left_ankle"].z < places["left_knee"].z - 0.1
    assert places["left_wrist"].z > places["left_elbow"].z + 0.1


def test_fewer_heads_mean_a_larger_head_and_every_build_stands() -> None:
    def head_height(heads: float) -> float:
        places = joints(Skeleton(), Proportions(heads))
        return places["crown"].y - places["chin"].y

    assert head_height(2.5) > head_height(5) > head_height(9)
    for build in BUILDS:
        assert joints(Skeleton(), Proportions(6, build))["crown"].y == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize(("heads", "build"), [(2.4, "average"), (9.1, "average"), (7, "gigantic")])
def test_impossible_proportions_are_refused(heads: float, build: str) -> None:
    with pytest.raises(ValueError, match="must"):
        Proportions(heads, build)


@given(skeletons)
def test_mirrored_twice_is_the_same_pose(skeleton: Skeleton) -> None:
    assert mirror(mirror(skeleton)) == skeleton


@given(skeletons)
def test_a_mirrored_pose_is_the_mirror_image(skeleton: Skeleton) -> None:
    skeleton = replace(skeleton, roll=0.0, pitch=0.0)
    places, mirrored = joints(skeleton, ADULT), joints(mirror(skeleton), ADULT)
    for side, other in (("left", "right"), ("right", "left")):
        for part in ("wrist", "knee", "toe"):
            here, there = places[f"{side}_{part}"], mirrored[f"{other}_{part}"]
            assert (here.x, here.y, here.z) == pytest.approx((-there.x, there.y, there.z), abs=1e-6)


@given(skeletons)
def test_what_is_written_reads_back_as_the_same_pose(skeleton: Skeleton) -> None:
    assert Skeleton.from_mapping(skeleton.to_mapping()) == skeleton


@given(skeletons, st.floats(2.5, 9))
def test_keypoints_stay_in_the_square_and_the_lowest_joint_on_the_floor(skeleton: Skeleton, heads: float) -> None:
    proportions = Proportions(heads)
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in keypoints(skeleton, proportions))
    assert min(place.y for place in joints(skeleton, proportions).values()) > -0.02


def test_standing_at_ease_is_an_empty_table() -> None:
    assert Skeleton().to_mapping() == {}
    assert Skeleton.from_mapping({}) == Skeleton()


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ({"trun": 3}, "trun"),
        ({"turn": "left"}, "turn"),
        ({"turn": True}, "turn"),
        ({"turn": float("nan")}, "turn"),
        ({"left_arm": 4}, "left_arm"),
        ({"left_arm": {"lfit": 4}}, "left_arm.lfit"),
        ({"right_arm": {"hand": "claw"}}, "right_arm.hand"),
        ({"prop": "sofa"}, "prop"),
        ({"turn": 4000}, "turn"),
    ],
)
def test_a_wrong_key_or_value_is_named(mapping: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Skeleton.from_mapping(mapping)
