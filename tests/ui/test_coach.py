"""The coach speaks in the form as the artist edits, and one key does what it offers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import TextArea

from studio.domain.character import Lora
from studio.domain.recipe import SeedPolicy
from studio.ui.widgets.coach_line import CoachLine
from studio.ui.widgets.slider import Slider
from tests.fakes.provider import FakeProvider
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


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_the_prompt_screen_says_it_while_the_template_is_typed_and_one_key_mends_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, size) as on:
        await awake(on)
        await on.press("ctrl+t")
        await on.until(lambda: on.over == "PromptScreen", "the prompt")
        area = on.app.screen.query_one(TextArea)
        area.load_text("(masterpiece:1.4) {description} {pose}")
        await on.pilot.pause()
        assert "have no effect" in on.text() and "F3 take them out of the template" in on.text()
        await on.press("f3")
        assert area.text == "masterpiece {description} {pose}"
        await on.press("f3", "ctrl+s")
        assert on.session.project.character.template == "{description} {pose}"


async def test_the_prompt_screen_mends_words_that_stand_in_the_pose_and_that_can_be_undone(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await awake(on)
        pose = on.session.project.poses[0]
        weighted = replace(pose, text="Standing (tall:1.5) and proud")
        on.session.edit_poses([weighted, *on.session.project.poses[1:]])
        await on.press("ctrl+t")
        await on.until(lambda: on.over == "PromptScreen", "the prompt")
        assert "F3 take them out of the pose" in on.text()
        await on.press("f3")
        assert on.session.project.poses[0].text == "Standing tall and proud"
        await on.press("escape", "ctrl+z")
        await on.until(lambda: on.session.project.poses[0].text == weighted.text, "the undo")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_the_character_editor_says_it_as_one_types_and_f3_mends_the_field(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, size) as on:
        await awake(on)
        on.screen.places.show("character", focus=True)
        await on.press("enter")
        area = on.screen.query_one("#character-description", TextArea)
        area.load_text("A tall woman with (red hair:1.4), green eyes and a long coat")
        await on.pilot.pause()
        assert "Weights such as" in on.text()
        await on.press("f3")
        assert area.text == "A tall woman with red hair, green eyes and a long coat"
        assert on.session.project.character.description == area.text
        assert "Weights such as" not in on.text()


async def test_what_a_model_leaves_out_is_said_where_it_is_written(tmp_path: Path) -> None:
    async with stage(tmp_path, (120, 60)) as on:
        await awake(on)
        on.screen.places.show("character", focus=True)
        await on.press("enter")
        assert "no negative prompt" not in on.text()
        area = on.screen.query_one("#character-negative", TextArea)
        area.focus()
        area.load_text("blurry")
        await on.pilot.pause()
        assert "takes no negative prompt" in on.text().replace("\n", " ")
        await on.press("f3")
        assert on.session.project.character.setting.endswith("Sharp focus.")


async def test_the_pose_editor_speaks_of_the_pose_alone(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await awake(on)
        coat = "A woman, masterpiece, red coat on"
        on.session.edit_character(replace(on.session.project.character, description=coat))
        await on.press("e")
        await on.until(lambda: on.over == "PoseEditScreen", "the editor")
        area = on.app.screen.query_one(TextArea)
        assert "masterpiece" not in on.text()
        area.load_text("Leaping++ over a wall")
        await on.pilot.pause()
        assert "F3 take them out of the pose" in on.text()
        await on.press("f3")
        assert area.text == "Leaping over a wall"


async def test_money_that_would_surely_be_wasted_is_held_back_once(tmp_path: Path) -> None:
    async with stage(tmp_path, provider=FakeProvider()) as on:
        await awake(on)
        stranger = Lora("https://example.org/a.safetensors", "", 1.0, "flux2")
        on.session.choose_model("fal-ai/flux-lora")
        on.session.edit_character(replace(on.session.project.character, loras=(stranger,)))
        on.app.view.recipe_changed()
        await on.press("ctrl+g")
        assert any("Nothing was sent" in text and "F3" in text for text in on.toasts())
        assert on.over == "MainScreen"
        await on.press("ctrl+g")
        await on.until(lambda: on.over == "ConfirmSpendScreen", "the price")


async def test_while_models_are_compared_one_seed_is_a_key_away(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        await awake(on)
        await on.press("f6")
        await on.until(lambda: on.over == "CompareModelsScreen", "the comparison")
        assert "models differ by chance" in on.text() and "F3 keep one seed" in on.text()
        await on.press("f3")
        assert on.session.recipe.seed_policy is SeedPolicy.FIXED
        assert "models differ by chance" not in on.text()
