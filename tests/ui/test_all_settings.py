"""The whole form of a model: every setting by keys, with its range, its default and what it costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.config.project import load_poses, load_settings
from studio.domain.character import Lora, Reference
from studio.ui.widgets.setting_list import SettingList
from studio.workflows.seeds import seed_words
from tests.fakes.picture import tiny_png
from tests.ui.stage import Stage, stage


async def opened(on: Stage, model: str = "") -> None:
    """The form of a model, from the model pane."""
    if model:
        on.session.choose_model(model)
        on.app.view.recipe_changed()
    on.screen.query_one("#model-line").focus()
    await on.press("e")
    assert on.over == "AllSettingsScreen"


async def go_to(on: Stage, key: str) -> None:
    """Put the cursor on a row, by keys."""
    rows = on.app.screen.query_one(SettingList)
    await on.press("home")
    while rows.current is not None and rows.current.key != key:
        before = rows.current
        await on.press("down")
        assert rows.current is not before, f"there is no row {key}"


def seeds(on: Stage) -> str:
    return seed_words(on.session.recipe)


async def test_the_pane_says_how_many_settings_there_are_besides_and_how_many_are_changed(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        assert "4 more settings …" in on.text()
        assert "4 changed" in on.text()
        on.screen.query_one("#more-settings").focus()
        await on.press("enter")
        assert on.over == "AllSettingsScreen"
        await on.press("escape")
        assert on.over == "MainScreen"


async def test_a_switch_is_turned_and_remembered_for_the_model(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await go_to(on, "enable_safety_checker")
        await on.press("left")
        assert on.session.recipe.values["enable_safety_checker"] is False
        assert "5 changed" in on.text()
        await on.press("backspace")
        assert "enable_safety_checker" not in on.session.recipe.values
        await on.press("right")
        await on.session.flush()
        assert load_settings(tmp_path).values["fal-ai/flux-2-flex"]["enable_safety_checker"] is False


async def test_going_back_to_the_default_by_hand_sends_nothing_more(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await go_to(on, "safety_tolerance")
        await on.press("right")
        assert on.session.recipe.values["safety_tolerance"] == "3"
        await on.press("left")
        assert "safety_tolerance" not in on.session.recipe.values


async def test_a_number_out_of_its_range_says_the_range_and_stays_open(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await on.press(*"99", "enter")
        assert "goes from 1.5 to 10" in on.text()
        assert on.session.recipe.values["guidance_scale"] == 5.5
        await on.press("backspace", "backspace", *"4,5", "enter")
        assert on.session.recipe.values["guidance_scale"] == 4.5


async def test_escape_drops_what_was_typed_before_it_closes_the_form(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await on.press("9", "escape")
        assert on.over == "AllSettingsScreen"
        await on.press("escape")
        assert on.over == "MainScreen"
        assert on.session.recipe.values["guidance_scale"] == 5.5


async def test_the_price_follows_a_typed_size_and_an_impossible_one_is_refused(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await go_to(on, "image_size")
        await on.press(*"1920x1080", "enter")
        assert "1920×1080 · 2 MP" in on.text()
        assert "$0.60" in on.text()
        await on.press(*"9x9", "enter")
        assert "64 to 14142" in on.text()


async def test_sizes_are_chosen_from_a_list_with_their_megapixels_and_prices(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await go_to(on, "image_size")
        await on.press("enter")
        assert on.over == "ChooseScreen"
        assert "square 512      512×512 · 1 MP    $0.05" in on.text()
        await on.press(*"square", "enter")
        assert on.over == "AllSettingsScreen"
        assert on.session.recipe.values["image_size"] == "square_hd"


async def test_choices_that_cost_differently_say_their_prices(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on, "fal-ai/nano-banana-pro")
        await go_to(on, "resolution")
        assert "One picture: 1K $0.15" in on.text()
        assert "4K $0.30" in on.text()
        await on.press("right", "right")
        assert "$1.80" in on.text()


async def test_everything_goes_back_to_its_default_and_comes_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        before = on.session.recipe
        await opened(on)
        await on.press("ctrl+r")
        assert dict(on.session.recipe.values) == {}
        assert "all at their defaults" in on.text()
        await on.press("ctrl+z")
        assert on.session.recipe == before


async def test_a_negative_prompt_is_written_in_a_field_of_its_own(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on, "fal-ai/flux-general")
        await go_to(on, "negative_prompt")
        await on.press("enter")
        assert on.over == "SettingTextScreen"
        await on.press("ctrl+a", "ctrl+k", *"fog", "ctrl+s")
        assert on.over == "AllSettingsScreen"
        assert str(on.session.recipe.values["negative_prompt"]).endswith("fog")


async def test_a_lora_of_the_character_is_offered_and_its_scale_slides(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        character = on.session.project.character
        lora = Lora("https://v3.fal.media/files/glitch.safetensors", "glchgrl", 0.8, "flux1")
        on.session.edit_character(replace(character, loras=(lora,)))
        await opened(on, "fal-ai/flux-lora")
        await go_to(on, "loras")
        assert "glitch 0.8  (the character's)" in on.text()
        await on.press("enter")
        assert on.over == "SettingEntriesScreen"
        await go_to(on, "0.scale")
        await on.press("right", "right")
        assert on.session.recipe.values["loras"] == [{"path": lora.path, "scale": 0.9}]
        await on.press("ctrl+d")
        assert on.session.recipe.values["loras"] == []
        await on.press("n")
        assert on.session.recipe.values["loras"] == [{"path": lora.path, "scale": 0.8}]


async def test_a_lora_without_a_file_says_what_is_missing(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on, "fal-ai/flux-lora")
        await go_to(on, "loras")
        await on.press("enter", "enter")
        await go_to(on, "0.scale")
        await on.press("right")
        assert "has no path" in on.text()
        await go_to(on, "0.path")
        await on.press("enter", *"https://a.b/c.safetensors", "ctrl+s")
        assert "has no path" not in on.text()
        assert on.session.recipe.values["loras"] == [{"scale": 1.05, "path": "https://a.b/c.safetensors"}]


async def test_reference_slots_take_several_pictures_in_an_order(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        for name in ("front.png", "back.png"):
            (tmp_path / name).write_bytes(tiny_png())
        character = on.session.project.character
        on.session.edit_character(replace(character, references=(Reference("front.png"), Reference("back.png"))))
        await opened(on, "fal-ai/flux-2/edit")
        await go_to(on, "image_urls")
        await on.press("enter")
        assert on.over == "ReferenceSlotsScreen"
        await on.press("space", "down", "space", "K", "enter")
        await on.until(lambda: len(on.session.references) == 2, "both were read")
        assert [one.path for one in on.session.references] == ["back.png", "front.png"]
        await on.until(lambda: "2 of 4: back.png, front.png" in on.text(), "the row names them")
        await on.press("escape")
        assert "2 chosen" in on.text()


async def test_the_exact_request_opens_over_the_form(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await go_to(on, "enable_safety_checker")
        await on.press("left", "f7")
        assert on.over == "RequestScreen"
        assert '"enable_safety_checker": false' in on.text()
        await on.press("escape")
        assert on.over == "AllSettingsScreen"


async def test_the_form_chooses_the_seed(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await go_to(on, "seed")
        await on.press("right")
        assert seeds(on) == "next"
        await on.press(*"7,8", "enter")
        assert seeds(on) == "7, 8"
        await on.press("backspace")
        assert seeds(on) == "new"


async def test_a_click_on_a_choice_chooses_it_and_one_on_the_track_slides(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        rows = on.text().splitlines()
        y = next(at for at, row in enumerate(rows) if "safety checker" in row)
        await on.pilot.click(offset=(rows[y].index(" off ") + 1, y))
        assert on.session.recipe.values["enable_safety_checker"] is False
        y = next(at for at, row in enumerate(rows) if "guidance" in row and "─" in row.split("guidance")[1])
        await on.pilot.click(offset=(rows[y].index("──", rows[y].index("guidance")), y))
        assert on.session.recipe.values["guidance_scale"] == 1.5


async def test_a_seed_is_locked_to_its_pose_and_let_go_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        take = on.shown
        assert take is not None
        await on.press("number_sign")
        pose = on.session.pose
        assert pose is not None and pose.seed == take.seed
        assert "◆" in on.text()
        await on.session.flush()
        assert load_poses(tmp_path)[0].seed == take.seed
        plan = on.session.studio.plan([pose], on.session.recipe)
        assert plan.jobs[0].request.seed == take.seed
        await on.press("number_sign")
        assert load_poses(tmp_path)[0].seed == take.seed
        await on.session.flush()
        assert load_poses(tmp_path)[0].seed is None
        await on.press("ctrl+z")
        assert on.session.pose is not None and on.session.pose.seed == take.seed


async def test_at_80_columns_the_form_takes_the_screen_and_keeps_every_row_in_reach(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        await opened(on, "fal-ai/flux-general")
        await on.press("end")
        rows = on.app.screen.query_one(SettingList)
        assert rows.current is not None and rows.current.label in on.text()
        assert "esc: done" in on.text()


async def test_every_model_of_the_catalogue_opens_its_form(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        for endpoint in on.session.studio.catalogue.ids:
            on.session.choose_model(endpoint)
            on.screen.action_open("form-all")
            await on.pilot.pause()
            assert on.over == "AllSettingsScreen", endpoint
            rows = on.app.screen.query_one(SettingList)
            assert rows.current is not None and rows.current.label in on.text(), endpoint
            on.app.pop_screen()
