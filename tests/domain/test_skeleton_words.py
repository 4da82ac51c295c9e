"""Skeletons in words."""

from __future__ import annotations

import pytest

from studio.config.presets import Presets
from studio.domain.skeleton import Skeleton
from studio.domain.skeleton_words import describe_skeleton


@pytest.mark.parametrize(
    ("angles", "words"),
    [
        ({}, "Standing, arms hanging, seen from the front."),
        ({"left_arm": {"lift": 160}}, "left arm raised overhead"),
        ({"turn": 90}, "seen from the side"),
        ({"turn": 180}, "seen from the back"),
        ({"rise": 0.2}, "In the air"),
        ({"pitch": 88}, "Lying face down"),
        ({"left_leg": {"lift": 90, "bend": 90}, "right_leg": {"lift": 90, "bend": 90}, "prop": "seat"}, "Sitting"),
        ({"right_arm": {"hold": "cup", "lift": 60, "front": 90}}, "right arm held out forward holding a cup"),
        ({"head": {"mood": "angry", "nod": 20}}, "head bowed, frowning"),
    ],
)
def test_what_is_seen_is_said(angles: dict[str, object], words: str) -> None:
    assert words in describe_skeleton(Skeleton.from_mapping(angles))


def test_every_preset_is_one_sentence_without_a_hole() -> None:
    for pose in Presets().poses.values():
        if pose.skeleton is not None:
            text = describe_skeleton(pose.skeleton)
            assert text.endswith(".") and text[0].isupper() and "  " not in text and ", ," not in text
