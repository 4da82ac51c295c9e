"""The guide of a pose: chosen in the model pane, seen, remembered, left out where a model takes none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from studio.config.project import load_settings
from studio.domain.recipe import Guide
from studio.imaging.openpose_read import limbs_seen, read_openpose
from studio.ui.bindings import PALETTE
from studio.ui.pictures.picture import PictureState, PictureView
from tests.ui.stage import Stage, stage

CONTROL = "fal-ai/z-image/turbo/controlnet"
GENERAL = "fal-ai/flux-general"


async def open_guide(on: Stage, model: str) -> None:
    on.session.choose_model(model)
    on.app.view.recipe_changed()
    on.screen.places.show("model", focus=True)
    await on.press("g")


async def test_a_skeleton_is_chosen_with_its_strength_and_goes_with_the_next_run(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await open_guide(on, CONTROL)
        assert on.over == "GuideScreen"
        await on.press("2", "tab", "right", "right", "enter")
        assert (on.session.recipe.guide, on.session.recipe.guide_strength) == (Guide.SKELETON, 0.85)
        assert "skeleton 0.85" in on.text()
        ticked = len(on.session.studio.ticked())
        await on.press("ctrl+g")
        await on.takes(ticked)
        sent = [request.arguments for request in on.provider.submitted]
        assert len({str(arguments["image_url"]) for arguments in sent}) == ticked > 1
        assert all(str(arguments["image_url"]).startswith("data:image/png") for arguments in sent)
        assert all(arguments["control_scale"] == 0.85 for arguments in sent)
        await on.session.flush()
        assert load_settings(tmp_path).guide is Guide.SKELETON


async def test_the_picture_that_would_be_sent_is_looked_at_before(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await open_guide(on, CONTROL)
        view = on.app.screen.query_one(PictureView)
        assert "No picture is sent." in on.text()
        await on.press("2")
        await on.until(lambda: view.state is PictureState.SHOWN, "the skeleton is drawn")
        bones = view.source
        await on.press("3")
        await on.until(lambda: view.source != bones and view.state is PictureState.SHOWN, "the mannequin is drawn")
        assert bones is not None and limbs_seen(read_openpose(Image.open(bones.path))) >= 8
        await on.press("1")
        await on.until(lambda: view.state is PictureState.EMPTY)
        assert "No picture is sent." in on.text()


async def test_what_the_model_does_not_take_cannot_be_chosen(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await open_guide(on, GENERAL)
        await on.press("3", "enter")
        assert on.session.recipe.guide is Guide.WORDS


async def test_a_model_of_words_says_who_takes_a_picture(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await open_guide(on, "fal-ai/flux-2-flex")
        assert on.over == "MainScreen"
        assert any("by words alone" in toast for toast in on.toasts())


async def test_another_model_leaves_the_guide_behind_and_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await open_guide(on, CONTROL)
        await on.press("2", "enter")
        on.session.choose_model("fal-ai/flux-2-flex")
        on.app.view.recipe_changed()
        await on.pilot.pause()
        assert on.session.recipe.guide is Guide.WORDS
        assert any("the skeleton as a guide" in toast for toast in on.toasts())
        assert on.session.offer().trouble == ""


@pytest.mark.parametrize(
    ("way", "screen"), [("Pose by hand", "FigureEditScreen"), ("Guide by a figure", "GuideScreen")]
)
async def test_the_hub_of_the_character_leads_here(tmp_path: Path, way: str, screen: str) -> None:
    async with stage(tmp_path) as on:
        on.session.choose_model(CONTROL)
        on.app.view.recipe_changed()
        await on.press("f9")
        await on.until(lambda: on.over == "IdentityScreen")
        rows = on.text().splitlines()
        at = {name: next(n for n, row in enumerate(rows) if f" {name}  " in row) for name in ("Description", way)}
        await on.press(*["down"] * (at[way] - at["Description"]))
        await on.press("enter")
        await on.until(lambda: on.over == screen, screen)


async def test_the_guide_and_a_picture_are_in_the_palette() -> None:
    actions = {action for _, action in PALETTE}
    assert {"open('figure-read')", "open('figure-new')", "open('guide-open')"} <= actions
