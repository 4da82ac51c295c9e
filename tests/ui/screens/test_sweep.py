"""A sweep is typed with its price in sight, and its sheet fills the terminal."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Static

from studio.domain.recipe import Recipe, SeedPolicy
from studio.ui.screens.sweep import SweepScreen
from studio.workflows.sweep import Sweep
from tests.ui.screens.test_screens import SIZES, UNANSWERED, Host
from tests.workflows.test_sweep import FLEX, sweep

FIXED = Recipe(FLEX, seed_policy=SeedPolicy.FIXED, seed=7)


def make(x: str, y: str) -> Sweep:
    return sweep(x, y or None, recipe=FIXED)


@pytest.mark.parametrize("size", SIZES)
async def test_the_price_follows_every_letter_and_enter_gives_the_grid(size: tuple[int, int]) -> None:
    host = Host(lambda: SweepScreen(make))
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        said = host.screen.query_one("#sweep-said", Static)
        assert "3 × 3 = 9 pictures, ~ $0.45, all with seed 7" in str(said.content)
        assert said.region.bottom <= size[1], "the price is out of sight"
        host.screen.query_one("#sweep-y", Input).value = ""
        await pilot.pause()
        assert "3 × 1 = 3 pictures, ~ $0.15" in str(said.content)
        await pilot.press("enter")
        await pilot.pause()
    assert isinstance(host.answer, Sweep)
    assert len(host.answer.plan.jobs) == 3


async def test_what_cannot_be_drawn_is_said_and_not_sent() -> None:
    host = Host(lambda: SweepScreen(make))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        host.screen.query_one("#sweep-x", Input).value = "guidance=4,99"
        await pilot.pause()
        said = host.screen.query_one("#sweep-said", Static)
        assert "1.5 to 10" in str(said.content) and said.has_class("-broken")
        await pilot.press("enter", "ctrl+s")
        assert host.answer is UNANSWERED
        await pilot.press("escape")
        await pilot.pause()
    assert host.answer is None
