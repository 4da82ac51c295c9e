"""The model and its settings: every edit is in the sum at once and remembered for that model."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from studio.config.project import load_settings
from studio.domain.recipe import SeedPolicy
from studio.domain.request import Json
from studio.ui.widgets.choice import Choice
from studio.ui.widgets.number_field import NumberField
from studio.ui.widgets.slider import Slider
from tests.ui.stage import Stage, stage


def number(on: Stage, name: str) -> NumberField:
    return on.screen.query_one(f"#{name}", NumberField)


def size(on: Stage) -> Json:
    return on.session.recipe.values["image_size"]


async def test_the_slider_moves_by_keys_and_the_value_is_remembered(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        slider = on.screen.query_one(Slider)
        slider.focus()
        await on.press("right", "right")
        assert slider.value == Decimal("5.7")
        await on.session.flush()
        assert load_settings(tmp_path).values["fal-ai/flux-2-flex"]["guidance_scale"] == 5.7


async def test_takes_multiply_the_sum(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        number(on, "takes").focus()
        await on.press("right", "right")
        assert "6 poses × 3 = 18" in on.text()
        assert "$0.90" in on.text()


async def test_a_larger_size_costs_more(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.session.edit_recipe(on.session.recipe.with_value("image_size", {"width": 1536, "height": 1536}))
        on.app.view.recipe_changed()
        await on.pilot.pause()
        assert "$0.90" in on.text()
        assert "1536×1536" in on.text()


async def test_a_size_is_typed_and_one_that_cannot_be_is_refused(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.screen.query_one("#size").focus()
        await on.press(*"900x1200", "enter")
        assert size(on) == {"width": 900, "height": 1200}
        assert "900×1200" in on.text()
        await on.press(*"9x1", "enter")
        assert size(on) == {"width": 900, "height": 1200}
        assert any("64 to 14142" in text for text in on.toasts())
        await on.press("right")
        assert size(on) == "square_hd"


async def test_a_model_without_guidance_says_why_the_slider_is_grey(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.session.choose_model("fal-ai/flux-2-pro")
        on.app.view.recipe_changed()
        await on.pilot.pause()
        slider = on.screen.query_one(Slider)
        assert slider.disabled
        assert "no guidance" in slider.words


async def test_each_model_keeps_its_own_values(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        number(on, "steps").focus()
        await on.press("left")
        on.session.choose_model("fal-ai/flux/dev")
        on.session.edit_recipe(on.session.recipe.with_value("num_inference_steps", 20))
        on.session.choose_model("fal-ai/flux-2-flex")
        assert on.session.recipe.values["num_inference_steps"] == 34
        on.session.choose_model("fal-ai/flux/dev")
        assert on.session.recipe.values["num_inference_steps"] == 20


async def test_another_model_takes_along_what_it_can_and_says_what_it_cannot(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.session.choose_model("fal-ai/flux/schnell")
        on.app.view.recipe_changed()
        await on.pilot.pause()
        values = on.session.recipe.values
        assert values["guidance_scale"] == 5.5
        assert values["image_size"] == "portrait_4_3"
        assert "num_inference_steps" not in values
        assert any("steps 35 (1 to 12)" in text for text in on.toasts())


async def test_the_picker_is_opened_by_enter_and_filtered_by_typing(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.screen.query_one("#model-line").focus()
        await on.press("enter")
        assert on.over == "ModelPickerScreen"
        await on.press(*"schnell", "enter")
        assert on.over == "MainScreen"
        assert on.session.recipe.model == "fal-ai/flux/schnell"
        assert "FLUX.1 [schnell]" in on.text()


async def test_a_seed_is_new_until_one_is_typed_and_backspace_makes_it_new_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.screen.query_one("#seed").focus()
        await on.press(*"4711", "enter")
        assert (on.session.recipe.seed_policy, on.session.recipe.seed) == (SeedPolicy.FIXED, 4711)
        await on.press("backspace")
        assert on.session.recipe.seed_policy is SeedPolicy.NEW


async def test_a_list_of_seeds_makes_a_take_of_each(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.screen.query_one("#seed").focus()
        await on.press(*"7,8,9", "enter")
        assert (on.session.recipe.seed_policy, on.session.recipe.seeds) == (SeedPolicy.LIST, (7, 8, 9))
        assert "6 poses × 3 = 18" in on.text()
        await on.press(*"5,5", "enter")
        assert on.session.recipe.seeds == (7, 8, 9)
        assert any("twice" in text for text in on.toasts())


async def test_the_arrows_turn_the_seed_from_new_to_next(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.screen.query_one("#seed").focus()
        await on.press("right")
        assert on.session.recipe.seed_policy is SeedPolicy.NEXT
        assert "next" in on.text()


async def test_draft_sends_few_steps_and_the_final_keeps_the_seed(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A", "ctrl+d", "ctrl+g")
        await on.takes(1)
        draft = on.shown
        assert draft is not None and draft.draft
        assert on.provider.submitted[0].arguments["num_inference_steps"] in range(8, 16)
        await on.press("f")
        await on.takes(2)
        final = on.provider.submitted[1]
        assert final.arguments["num_inference_steps"] == 35
        assert final.seed == draft.seed
        await on.until(lambda: on.over != "MainScreen", "both are shown side by side")
        await on.press("escape")
        assert "draft · " in on.text()


async def test_again_takes_a_new_seed_and_same_the_very_same_request(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        await on.press("r")
        await on.takes(2)
        await on.press("R")
        await on.takes(3)
        first, again, same = on.provider.submitted
        assert again.seed != first.seed
        assert {**again.arguments, "seed": 0} == {**first.arguments, "seed": 0}
        assert same == first
        assert any("made hero-stance-001 already" in text for text in on.toasts())


async def test_the_settings_and_the_seed_of_a_take_can_be_used(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        on.session.choose_model("fal-ai/flux/schnell")
        await on.press("a")
        assert on.shown is not None
        assert on.session.recipe.model == "fal-ai/flux-2-flex"
        assert on.session.recipe.seed == on.shown.seed
        assert on.session.recipe.values["num_inference_steps"] == 35


async def test_a_model_that_edits_says_that_it_needs_a_picture(tmp_path: Path) -> None:
    async with stage(tmp_path, (160, 48)) as on:
        on.session.choose_model("fal-ai/flux-pro/kontext")
        on.app.view.recipe_changed()
        await on.pilot.pause()
        assert "FLUX.1 Kontext [pro] edits" in on.text()
        assert "not ready" in on.text()
        assert not on.screen.query_one("#reference", Choice).disabled


async def test_a_take_can_be_put_into_the_reference_slot(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        on.session.choose_model("fal-ai/flux-pro/kontext")
        on.app.view.recipe_changed()
        on.screen.query_one("#reference", Choice).focus()
        await on.press("right")
        await on.until(lambda: on.session.references, "the reference was read")
        await on.press("ctrl+g")
        await on.takes(2)
        assert "image_url" in on.provider.submitted[1].arguments
