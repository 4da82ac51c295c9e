"""From a draft to its final by one key, and then both side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.domain.errors import Broken
from tests.ui.stage import Stage, stage


async def drafted(on: Stage, *, steps: int = 35) -> str:
    """One draft of the first pose, shown."""
    poses = on.session.project.poses
    on.session.edit_poses([replace(pose, ticked=pose.name == poses[0].name) for pose in poses])
    recipe = on.session.recipe.with_value("num_inference_steps", steps)
    on.session.edit_recipe(replace(recipe, draft=True))
    await on.press("ctrl+g")
    await on.takes(1)
    await on.until(lambda: on.shown is not None, "the draft")
    assert on.shown is not None and on.shown.draft
    return on.shown.id


async def test_f_makes_the_final_with_the_same_seed_and_shows_both(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        draft = await drafted(on)
        await on.press("f")
        await on.until(lambda: on.over == "CompareTakesScreen", "both side by side")
        first, final = (dict(request.arguments) for request in on.provider.submitted)
        assert first["seed"] == final["seed"] and first["prompt"] == final["prompt"]
        assert (first["num_inference_steps"], final["num_inference_steps"]) == (12, 35)
        assert draft in on.text() and f"{draft[:-3]}002" in on.text()
        await on.press("escape")
        assert on.shown is not None and on.shown.id == draft, "what is looked at stays"


async def test_the_same_final_is_not_bought_twice_and_is_shown_beside_the_draft(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        draft = await drafted(on)
        await on.press("f")
        await on.until(lambda: on.over == "CompareTakesScreen", "both side by side")
        await on.press("escape")
        assert on.shown is not None and on.shown.id == draft
        await on.press("f")
        await on.until(lambda: on.over == "CompareTakesScreen", "both once more")
        assert len(on.provider.submitted) == 2
        assert any("not bought again" in text for text in on.toasts())


async def test_another_model_can_make_the_final(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await drafted(on)
        await on.press("F")
        await on.until(lambda: on.over == "CompareModelsScreen", "the models")
        assert "The final of" in on.text() and "FLUX.2 [pro]" in on.text()
        await on.press(*"2-pro", "enter")
        await on.until(lambda: on.over == "CompareTakesScreen", "both side by side")
        first, final = on.provider.submitted
        assert final.endpoint == "fal-ai/flux-2-pro"
        assert final.arguments["prompt"] == first.arguments["prompt"]
        assert final.arguments["seed"] == first.arguments["seed"]


async def test_where_no_more_steps_are_to_be_had_another_model_is_offered(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await drafted(on, steps=10)
        await on.press("f")
        await on.until(lambda: on.over == "CompareModelsScreen", "the models")
        await on.until(lambda: "Another model can make one" in " ".join(on.text().split()), "why")
        assert not any("Another model" in text for text in on.toasts()), "nothing covers the models"


async def test_a_final_that_comes_while_something_else_is_looked_at_is_only_told(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        draft = await drafted(on)
        await on.press("r")
        await on.takes(2)
        assert on.shown is not None and on.shown.id == draft
        on.provider.hold = True
        await on.press("f")
        await on.until(lambda: len(on.provider.submitted) == 3, "the final's request")
        await on.press("right_square_bracket")
        on.finish("fake-3")
        await on.until(lambda: any("c compares them" in text for text in on.toasts()), "the word")
        assert on.over == "MainScreen"


async def test_a_final_that_fails_opens_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await drafted(on)
        on.provider.fail_with("submit", Broken("fal answered with nonsense."))
        await on.press("f")
        await on.until(lambda: on.session.live.faults, "the failure")
        await on.pilot.pause()
        assert on.over == "MainScreen"
