"""Keys that repeat: a key that is held a moment too long must never pay for the same thing twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.domain.recipe import SeedPolicy
from studio.domain.take import Verdict
from studio.ui.screens.pack import PackScreen
from tests.fakes.provider import FakeProvider
from tests.ui.stage import Stage, stage
from tests.ui.test_dataset_screen import opened
from tests.ui.test_finals import drafted


def questions(on: Stage, name: str) -> int:
    """How many screens of a kind lie over each other."""
    return sum(type(screen).__name__ == name for screen in on.app.screen_stack)


async def one_pose(on: Stage) -> None:
    poses = on.session.project.poses
    on.session.edit_poses([replace(pose, ticked=pose is poses[0]) for pose in poses])


async def test_a_held_ctrl_g_asks_one_question_and_a_held_enter_answers_it_once(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=False, hold=True)
    async with stage(tmp_path, provider=provider) as on:
        await one_pose(on)
        await on.press("ctrl+g", "ctrl+g", "ctrl+g")
        await on.until(lambda: on.over == "ConfirmSpendScreen", "the question")
        await on.pilot.pause()
        assert questions(on, "ConfirmSpendScreen") == 1
        await on.press("enter", "enter", "enter")
        await on.until(lambda: provider.submitted, "the request")
        await on.until(lambda: on.over == "MainScreen", "no question more")
        await on.pilot.pause()
        assert len(provider.submitted) == 1


async def test_a_question_that_was_denied_is_asked_again(tmp_path: Path) -> None:
    async with stage(tmp_path, provider=FakeProvider(sandbox=False)) as on:
        await one_pose(on)
        for _ in range(2):
            await on.press("ctrl+g")
            await on.until(lambda: on.over == "ConfirmSpendScreen", "the question")
            await on.press("escape")
            await on.until(lambda: on.over == "MainScreen", "denied")
        assert not on.provider.submitted


async def test_a_fixed_seed_is_not_bought_again_while_its_picture_is_on_the_way(tmp_path: Path) -> None:
    async with stage(tmp_path, provider=FakeProvider(sandbox=True, hold=True)) as on:
        await one_pose(on)
        on.session.edit_recipe(replace(on.session.recipe, seed_policy=SeedPolicy.FIXED, seed=7))
        await on.press("ctrl+g")
        await on.until(lambda: len(on.provider.submitted) == 1, "the request")
        await on.press("ctrl+g")
        await on.until(lambda: any("on the way already" in text for text in on.toasts()), "the word")
        assert len(on.provider.submitted) == 1


async def test_a_held_f_makes_one_final(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await drafted(on)
        on.provider.hold = True
        await on.press("f")
        await on.until(lambda: len(on.provider.submitted) == 2, "the final's request")
        await on.press("f")
        await on.until(lambda: any("on the way already" in text for text in on.toasts()), "the word")
        assert len(on.provider.submitted) == 2


async def test_a_held_t_asks_one_question_and_a_held_y_trains_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        on.provider.hold = True
        sent = len(on.provider.submitted)
        await on.press("T", "T", "T")
        await on.until(lambda: on.over == "ConfirmTrainingScreen", "the question")
        assert questions(on, "ConfirmTrainingScreen") == 1
        await on.press("y", "y")
        await on.until(lambda: len(on.provider.submitted) == sent + 1, "the training")
        await on.press("T")
        await on.until(lambda: any("on the way already" in text for text in on.toasts()), "the word")
        assert len(on.provider.submitted) == sent + 1
        assert on.over == "DatasetScreen"


async def test_a_training_can_be_asked_for_again_after_it_was_denied_or_refused(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        for _ in range(2):
            await on.press("T")
            await on.until(lambda: on.over == "ConfirmTrainingScreen", "the question")
            await on.press("n")
            await on.until(lambda: on.over == "DatasetScreen", "denied")
        for take in on.session.studio.takes.all():
            await on.session.studio.decide(take.id, Verdict.REJECTED)
        await on.press("T")
        await on.until(lambda: on.over == "ConfirmTrainingScreen" or on.toasts(), "an answer")


async def test_a_held_ctrl_s_draws_a_pack_once(tmp_path: Path) -> None:
    async with stage(tmp_path, provider=FakeProvider(sandbox=True)) as on:
        await on.press("ctrl+g")
        await on.takes(6)
        on.provider.hold = True
        sent = len(on.provider.submitted)
        await on.app.run_action("open('pack-open')", on.screen)
        await on.until(lambda: on.over == "PackScreen", "the pack")
        screen = on.app.screen
        assert isinstance(screen, PackScreen)
        ticked = len([row for row in screen._desk.rows() if row.wanted])
        await on.press("ctrl+s", "ctrl+s", "ctrl+s")
        await on.until(lambda: len(on.provider.submitted) > sent, "the requests")
        await on.until(lambda: any("Nothing is ticked" in text for text in on.toasts()), "the word")
        assert on.session.live.live and len(on.session.live.live) == ticked


async def test_a_held_ctrl_s_sends_one_edit(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await one_pose(on)
        await on.press("ctrl+g")
        await on.takes(1)
        await on.until(lambda: on.shown is not None, "the take")
        on.provider.hold = True
        await on.press("E")
        await on.until(lambda: on.over == "ChangeScreen", "the form")
        await on.press(*"red hat")
        await on.press("ctrl+s", "ctrl+s", "ctrl+s")
        await on.until(lambda: len(on.provider.submitted) == 2, "the edit")
        await on.pilot.pause()
        assert len(on.provider.submitted) == 2 and len(on.session.live.live) == 1


async def test_a_held_enter_draws_one_sweep(tmp_path: Path) -> None:
    async with stage(tmp_path, provider=FakeProvider(sandbox=True, hold=True)) as on:
        await one_pose(on)
        await on.app.run_action("open('explore-sweep')", on.screen)
        await on.until(lambda: on.over == "SweepScreen" and "~ $" in on.text(), "the price")
        await on.press("enter", "enter", "enter")
        await on.until(lambda: on.session.live.live, "the jobs")
        await on.pilot.pause()
        assert len(on.session.live.live) == 3
