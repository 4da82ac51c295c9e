"""The prompt: subject, pose, style, setting, complete in every call."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from studio.domain.character import Character, Lora, PaletteColour
from studio.domain.pose import Pose
from studio.domain.prompt import compose_prompt

RUNNING = Pose(name="running", text="Sprinting forward at full speed")


GLITCH = Character(
    name="Glitch",
    description="A petite athletic girl in a black bodysuit",
    setting="Plain white background, full body",
)


def glitch(**changes: Any) -> Character:
    return replace(GLITCH, **changes)


def test_subject_comes_first_then_pose_then_style_then_setting() -> None:
    text = compose_prompt(glitch(), RUNNING, "3D animated film look").text
    assert text == (
        "A petite athletic girl in a black bodysuit. Sprinting forward at full speed. 3D animated film look. "
        "Plain white background, full body."
    )


def test_colours_missing_from_the_description_follow_it_tied_to_their_object() -> None:
    pink = PaletteColour("hot pink", "#FF1493", "circuit lines")
    assert (
        "Colours: hot pink #FF1493 circuit lines. Sprinting"
        in compose_prompt(glitch(palette=(pink,)), RUNNING, "").text
    )
    named = glitch(palette=(pink,), description="Glowing #ff1493 circuit lines")
    assert compose_prompt(named, RUNNING, "").text.count("1493") == 1


def test_an_artist_can_write_the_template() -> None:
    character = glitch(template="{trigger}, {pose} {name}", loras=(Lora("x.safetensors", trigger="glxtch"),))
    assert compose_prompt(character, RUNNING, "").text == "glxtch, Sprinting forward at full speed. Glitch"


def test_a_field_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match=r"\{mood\}"):
        compose_prompt(glitch(template="{pose} {mood}"), RUNNING, "")


def test_braces_in_the_description_are_just_text() -> None:
    assert "{pose}" in compose_prompt(glitch(description="tattoo of {pose}"), RUNNING, "").text
