"""Ways around the screen: tabs, panes, jump mode, palette, help, and everything at the smallest size."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.ui.places import PANES
from studio.ui.widgets.log_pane import LogPane
from tests.ui.stage import stage


@pytest.mark.parametrize("pane", PANES)
async def test_every_pane_is_reached_by_jump_mode_at_the_smallest_size(tmp_path: Path, pane: str) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        letters = {"character": "c", "poses": "p", "model": "m", "preview": "t", "log": "l"}
        await on.press("ctrl+o")
        assert on.over == "JumpOverlay"
        await on.press(letters[pane])
        assert on.over == "MainScreen"
        shown = on.screen.query_one(f"#{pane}")
        assert shown.display and shown.region.height >= 15
        assert on.app.focused is not None
        assert shown in on.app.focused.ancestors_with_self


async def test_a_narrow_screen_shows_one_pane_and_turns_with_full_stop(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        assert [pane for pane in PANES if on.screen.query_one(f"#{pane}").region.height] == ["poses"]
        await on.press("full_stop")
        assert [pane for pane in PANES if on.screen.query_one(f"#{pane}").region.height] == ["character"]
        await on.press("comma", "comma")
        assert isinstance(on.app.focused, LogPane)


async def test_tab_goes_through_every_pane_at_the_smallest_size(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        seen = set()
        for _ in range(24):
            await on.press("tab")
            seen.add(on.screen.places.tab)
        assert seen == set(PANES)


async def test_tabs_are_clicked(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        await on.pilot.click("#tabs", offset=(24, 0))
        await on.pilot.pause()
        assert on.screen.places.tab == "model"


async def test_a_wider_terminal_shows_everything_and_the_focus_stays(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as on:
        await on.press("full_stop", "full_stop")
        focused = on.app.focused
        await on.pilot.resize_terminal(160, 48)
        await on.pilot.pause()
        assert all(on.screen.query_one(f"#{pane}").region.height for pane in PANES)
        assert on.app.focused is focused
        await on.pilot.resize_terminal(80, 24)
        await on.pilot.pause()
        assert on.screen.places.tab == "model"


async def test_the_palette_knows_every_deed(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("ctrl+p")
        await on.press(*"tick all")
        await on.until(lambda: "Tick all or none" in on.text(), "the deed is offered")
        await on.press("enter")
        await on.until(lambda: "12 poses × 1 = 12" in on.text(), "the deed was done")


@pytest.mark.parametrize("pane", PANES)
async def test_help_is_about_the_pane_that_has_the_focus(tmp_path: Path, pane: str) -> None:
    async with stage(tmp_path) as on:
        on.screen.places.show(pane, focus=True)
        await on.press("f1")
        assert on.over == "HelpScreen"
        titles = {"character": "Character", "poses": "Poses", "model": "Model", "preview": "Preview", "log": "Log"}
        assert titles[pane] in on.text()
        await on.press("escape")
        assert on.over == "MainScreen"


async def test_a_click_on_the_footer_is_the_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        at = on.text().splitlines()[-1].index("New")
        await on.pilot.click("#footer", offset=(at - 1, 0))
        await on.until(lambda: on.over == "PoseEditScreen", "the pose editor")


async def test_keys_can_be_given_other_keys(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.session.flush()
    with (tmp_path / "studio.toml").open("a") as file:
        file.write('\n[keys]\n"poses.tick" = "t"\n')
    async with stage(tmp_path) as on:
        await on.press("t")
        assert not on.session.project.poses[0].ticked


async def test_the_log_is_filtered_where_the_log_has_the_focus(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("ctrl+g")
        await on.takes(6)
        on.screen.places.show("log", focus=True)
        await on.press("slash", *"running", "enter")
        assert "stored running-001" in on.app.view.log.text()
        assert "stored hero-stance-001" not in on.app.view.log.text()
