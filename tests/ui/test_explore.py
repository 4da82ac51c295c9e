"""Exploring before buying, from the keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.domain.recipe import SeedPolicy
from tests.ui.stage import stage


async def test_the_same_plan_on_the_others_chooses_a_model(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("f6")
        await on.until(lambda: on.over == "CompareModelsScreen", "the comparison")
        await on.press(*"schnell", "enter")
        assert on.session.recipe.model == "fal-ai/flux/schnell"


async def test_the_exact_request_is_shown_without_a_key_in_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("f7")
        await on.until(lambda: on.over == "RequestScreen", "the request")
        assert "guidance_scale" in on.text()


async def test_a_sweep_of_three_ends_in_a_sheet_in_the_project(tmp_path: Path) -> None:
    async with stage(tmp_path, (120, 40)) as on:
        poses = on.session.project.poses
        on.session.edit_poses([replace(pose, ticked=pose.name == "hero-stance") for pose in poses])
        await on.press("f8")
        await on.until(lambda: on.over == "SweepScreen", "the axes")
        await on.press("ctrl+s")
        await on.until(lambda: on.over == "SheetScreen", "the sheet")
        assert len(list((tmp_path / "sheets").glob("*.png"))) == 1
        assert len(on.provider.submitted) == 3


async def test_an_identical_request_is_offered_instead_of_bought_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        poses = on.session.project.poses
        on.session.edit_poses([replace(pose, ticked=pose.name == poses[0].name) for pose in poses])
        on.session.edit_recipe(replace(on.session.recipe, seed_policy=SeedPolicy.FIXED, seed=7))
        await on.press("ctrl+g")
        await on.takes(1)
        await on.press("ctrl+g")
        await on.until(lambda: any("not bought again" in text for text in on.toasts()), "the offer")
        assert len(on.provider.submitted) == 1
