"""A sweep is typed with its price in sight, and its sheet fills the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from textual.widgets import Input, Static

from studio.domain.recipe import Recipe, SeedPolicy
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureState, PictureView
from studio.ui.screens.sheet import SheetScreen
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


async def test_the_sheet_is_shown_with_its_place_and_escape_goes_back(tmp_path: Path) -> None:
    path = tmp_path / "sweep-seed-001.png"
    Image.new("RGB", (64, 48), (200, 30, 120)).save(path)
    darkroom = Darkroom(CellsBackend("half", 1 << 24))
    host = Host(lambda: SheetScreen(darkroom, path, "sheets/sweep-seed-001.png"))
    async with host.run_test(size=(80, 24)) as pilot:
        picture = host.screen.query_one(PictureView)
        for _ in range(500):
            if picture.state is PictureState.SHOWN:
                break
            await pilot.pause()
        assert picture.state is PictureState.SHOWN
        assert "sheets/sweep-seed-001.png" in str(host.screen.query_one("#sheet-line", Static).content)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(host.screen, SheetScreen)
