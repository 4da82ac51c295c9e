"""Captions say the trigger word first, then who it is, what the body does and what is behind it."""

from __future__ import annotations

import pytest

from studio.config.presets import Presets
from studio.domain.character import Character
from studio.domain.dataset import caption_of, retriggered, says, says_first, side_of, subject_words
from studio.domain.pose import Pose
from studio.domain.skeleton import Skeleton


def test_a_caption_is_one_natural_sentence_with_the_trigger_first() -> None:
    glitch = Character("Glitch", "A petite, athletic young woman, about five heads tall. Fair skin.")
    caption = caption_of("glchgrl", glitch, "Running at full speed, eyes ahead.", "Plain white background.")
    assert caption == (
        "glchgrl, a petite, athletic young woman, running at full speed, eyes ahead, plain white background"
    )
    assert says_first(caption, "glchgrl")


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("glitch", "a petite, athletic young woman"),
        ("iron-warden", "a towering, heavy-set knight"),
        ("pip-the-fox", "a cheerful cartoon fox"),
    ],
)
def test_the_subject_is_the_description_up_to_what_the_character_is(preset: str, words: str) -> None:
    assert subject_words(Presets().character(preset).character) == words


def test_a_description_that_never_says_what_it_is_gives_a_character() -> None:
    assert subject_words(Character("Blob", "Round and soft, with a hat.")) == "a character"


def test_another_trigger_word_takes_the_place_of_the_old_one_and_of_nothing_else() -> None:
    assert retriggered("glch, a glchy woman, glch", "glch", "mrxq") == "mrxq, a glchy woman, mrxq"
    assert retriggered("mine", "", "mrxq") == "mine"


def test_a_word_inside_another_is_not_the_trigger() -> None:
    assert not says("glchgrlish, a woman", "glchgrl")
    assert not says_first("a woman, glchgrl", "glchgrl")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Full-body back view, standing.", "back"),
        ("In exact profile.", "side"),
        ("Turned 45 degrees.", "three-quarter"),
        ("Looking straight at the viewer.", "front"),
        ("Running.", ""),
    ],
)
def test_the_side_is_read_from_words_or_from_the_skeleton(text: str, side: str) -> None:
    assert side_of(Pose("x", text)) == side


@pytest.mark.parametrize(
    ("turn", "side"), [(0, "front"), (-45, "three-quarter"), (90, "side"), (180, "back"), (-135, "back")]
)
def test_a_skeleton_knows_its_side(turn: float, side: str) -> None:
    assert side_of(Pose("x", "whatever", skeleton=Skeleton(turn=turn))) == side
