"""A sweep's cells on the screen: they fill as they come, and each is decided about where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from studio.domain.recipe import SeedPolicy
from studio.domain.take import Verdict
from studio.ui.screens.sheet import SheetScreen
from studio.ui.widgets.sheet_grid import SheetGrid
from tests.ui.stage import Stage, stage


async def swept(on: Stage, x: str = "guidance=4:7:1.5", y: str = "pose=hero-stance,running") -> SheetScreen:
    on.session.edit_recipe(replace(on.session.recipe, seed_policy=SeedPolicy.FIXED, seed=7))
    await on.press("f8")
    await on.until(lambda: on.over == "SweepScreen", "the axes")
    on.app.screen.query_one("#sweep-x", Input).value = x
    on.app.screen.query_one("#sweep-y", Input).value = y
    await on.pilot.pause()
    await on.press("ctrl+s")
    await on.until(lambda: on.over == "SheetScreen", "the cells")
    screen = on.app.screen
    assert isinstance(screen, SheetScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_names_cells_and_what_they_have_in_common_are_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size) as on:
        await swept(on)
        await on.takes(6)
        await on.until(lambda: "running-003" in on.text(), "the last cell")
        shown = on.text()
        assert all(word in shown for word in ("5.5", "hero-stance", "hero-stance-001", "FLUX.2 [flex]", "$0.30"))
        assert "guidance 4, pose hero-stance" in shown
        assert len(list((tmp_path / "sheets").glob("*.png"))) == 1


async def test_p_picks_the_cell_and_goes_on_and_x_rejects_the_next(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        screen = await swept(on)
        await on.takes(6)
        takes = on.session.studio.takes
        await on.until(lambda: screen.about() is not None, "a take in the cell")
        first = screen.about()
        await on.press("down", "right", "p", "x")
        await on.until(lambda: sum(take.verdict is not Verdict.UNDECIDED for take in takes.all()) == 2, "two verdicts")
        decided = {take.verdict: take for take in takes.all() if take.verdict is not Verdict.UNDECIDED}
        assert decided[Verdict.PICKED].pose == decided[Verdict.REJECTED].pose == "running"
        assert first is not None and first.id not in {take.id for take in decided.values()}


async def test_cells_wait_and_say_so_and_leaving_stops_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.provider.hold = True
        on.session.studio.engine.queue.set_concurrency(3)
        await swept(on, y="")
        await on.until(lambda: "0 of 3 are there" in on.text(), "the count")
        await on.press("p")
        assert any("no picture in this cell" in text for text in on.toasts())
        await on.press("escape")
        assert on.over == "MainScreen"
        await on.until(lambda: len(on.provider.submitted) == 3, "three requests")
        for number in (1, 2, 3):
            on.finish(f"fake-{number}")
        await on.takes(3)
        await on.until(lambda: list((tmp_path / "sheets").glob("*.png")), "the sheet")
        await on.press("f8", "ctrl+o")
        await on.until(lambda: on.over == "SheetScreen", "the sheet before")
        await on.until(lambda: "are there" not in on.text(), "every cell")


async def test_the_row_is_compared_the_loupe_opens_and_the_whole_sheet_is_one_key_away(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        screen = await swept(on)
        await on.takes(6)
        await on.until(lambda: screen._watch.complete and screen._path() is not None, "the sheet")
        await on.press("c")
        await on.until(lambda: on.over == "CompareTakesScreen", "the row side by side")
        await on.press("escape", "enter")
        await on.until(lambda: on.over == "LoupeScreen", "the loupe")
        await on.press("escape", "w")
        assert "sheets/sweep-guidance-pose-001.png" in on.text().replace("\n", "")
        await on.press("escape")
        assert on.over == "SheetScreen"
        await on.press("escape")
        assert on.over == "MainScreen"


async def test_more_columns_than_there_is_room_for_scroll_with_the_cursor(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        await swept(on, x="guidance=2:9", y="")
        await on.takes(8)
        assert "guidance 2" in on.text()
        await on.press("end")
        assert on.app.screen.query_one(SheetGrid).cursor == (7, 0)
        assert "guidance 9" in on.text()


async def test_what_is_there_already_is_not_bought_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await swept(on, y="")
        await on.takes(3)
        await on.press("escape")
        await swept(on, x="guidance=4:8.5:1.5", y="")
        await on.takes(4)
        assert len(on.provider.submitted) == 4
        assert any("3 of 4 are there already" in text for text in on.toasts())
        await on.press("escape")
        await swept(on, x="guidance=4,9", y="")
        await on.takes(5)
        assert any("1 of 2 is there already and is not" in text for text in on.toasts())
