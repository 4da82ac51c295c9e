"""Guessing a pose from words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.pose_words import guess_skeleton
from studio.domain.skeleton import Proportions, Skeleton, Vec3, joints


def places(text: str) -> dict[str, Vec3]:
    return joints(guess_skeleton(text).skeleton, Proportions())


def test_running_bends_a_knee_high_and_leans() -> None:
    skeleton = guess_skeleton("running").skeleton
    assert skeleton.lean > 5
    assert max(skeleton.left_leg.lift, skeleton.right_leg.lift) > 50


def test_a_high_kick_to_the_left_ends_high_on_the_left_of_the_picture() -> None:
    found = places("kicking high to the left")
    foot = max((found["left_ankle"], found["right_ankle"]), key=lambda place: place.y)
    assert foot.y > found["pelvis"].y + 0.1
    assert foot.x < found["pelvis"].x - 0.1
    right = places("kicking high to the right")
    assert max((right["left_ankle"], right["right_ankle"]), key=lambda place: place.y).x > right["pelvis"].x + 0.1


def test_sitting_cross_legged_reading_is_low_and_holds_a_book() -> None:
    guess = guess_skeleton("sitting cross-legged reading")
    assert guess.skeleton.left_arm.hold == guess.skeleton.right_arm.hold == "book"
    assert joints(guess.skeleton, Proportions())["pelvis"].y < 0.2
    assert "reading" in guess.because


@pytest.mark.parametrize(
    ("text", "turn"), [("back view", 180), ("standing, side view", 90), ("front view, arms crossed", 0)]
)
def test_a_named_view_turns_the_figure(text: str, turn: float) -> None:
    assert guess_skeleton(text).skeleton.turn == turn


def test_the_hand_that_is_named_is_the_hand_that_waves() -> None:
    left, right = places("waving with the left hand"), places("waving with the right hand")
    assert left["left_wrist"].y > left["left_shoulder"].y > left["right_wrist"].y
    assert right["right_wrist"].y > right["right_shoulder"].y > right["left_wrist"].y


def test_arms_crossed_brings_both_wrists_before_the_chest() -> None:
    found = places("arms crossed")
    for side in ("left", "right"):
        assert found[f"{side}_wrist"].z > found["chest"].z
        assert found["pelvis"].y < found[f"{side}_wrist"].y < found["neck"].y


def test_more_words_that_are_known_make_it_surer_but_never_sure() -> None:
    certainties = [guess_skeleton(text).certainty for text in ("glorp", "standing", "running", "running, back view")]
    assert certainties == sorted(certainties)
    assert certainties[0] < 0.1
    assert certainties[-1] < 1


def test_unknown_words_stand_at_ease_and_say_so() -> None:
    guess = guess_skeleton("xyzzy")
    assert guess.skeleton == Skeleton()
    assert "at ease" in guess.because


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    guess = guess_skeleton(text)
    assert 0 <= guess.certainty <= 1
    assert guess.because


def test_the_sentences_of_the_shipped_poses_are_mostly_understood() -> None:
    folder = Path(__file__).parents[2] / "presets" / "poses"
    texts = [p["text"] for path in folder.glob("*.toml") for p in tomllib.loads(path.read_text("utf-8"))["pose"]]
    understood = [text for text in texts if guess_skeleton(text).skeleton != Skeleton()]
    assert len(understood) > 0.9 * len(texts)
