"""The coach speaks in the form as the artist edits, and one key does what it offers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.ui.widgets.coach_line import CoachLine
from studio.ui.widgets.slider import Slider
from tests.ui.stage import Stage, stage


async def awake(on: Stage) -> None:
    await on.until(lambda: on.session._coach is not None, "the coach")


def guidance(on: Stage) -> object:
    return on.session.recipe.values.get("guidance_scale")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_too_much_guidance_is_said_and_one_key_mends_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size) as on:
        await awake(on)
        on.screen.places.show("model", focus=True)
        on.screen.query_one(Slider).focus()
        await on.press("end")
        assert guidance(on) == 10
        assert "Guidance 10 is strict" in on.text()
        assert "F3 set 5.5" in on.text()
        await on.press("f3")
        assert guidance(on) == 5.5
        assert "Guidance 10" not in on.text()
        assert any("set 5.5" in text for text in on.toasts())


async def test_kontext_for_new_poses_is_turned_into_a_model_that_can(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await awake(on)
        on.session.choose_model("fal-ai/flux-pro/kontext")
        on.app.view.recipe_changed()
        await on.pilot.pause()
        assert "Kontext keeps the pose" in on.text()
        await on.press("f3")
        assert on.session.recipe.model == "fal-ai/flux-2-flex"


async def test_words_of_the_character_are_mended_too(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await awake(on)
        character = replace(
            on.session.project.character, description="A tall woman with (red hair:1.4) and a long coat"
        )
        on.session.edit_character(character)
        on.app.view.offer_changed()
        await on.press("f3")
        assert on.session.project.character.description == "A tall woman with red hair and a long coat"


async def test_everything_it_has_to_say_is_a_list_and_enter_applies(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await awake(on)
        on.session.edit_recipe(on.session.recipe.with_value("guidance_scale", 9.0).with_value("image_size", "square"))
        on.app.view.recipe_changed()
        await on.press("f5")
        assert "only 512×512" in on.text()
        await on.press(*"sweet", "enter")
        assert guidance(on) == 5.5
        assert on.session.recipe.values["image_size"] == "square"


async def test_with_nothing_to_say_it_says_so_and_its_row_is_empty(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await awake(on)
        assert on.screen.query_one(CoachLine).rows(40) == [[]]
        await on.press("f3")
        assert any("nothing to say" in text for text in on.toasts())
