"""Keys about a take do the same in every screen that shows takes large."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.taken import taken

SCREENS = {"space": "LoupeScreen", "c": "CompareTakesScreen", "C": "ContactScreen"}


@pytest.mark.parametrize("key", sorted(SCREENS))
async def test_copying_marking_and_stars_work_wherever_a_take_is_large(tmp_path: Path, key: str) -> None:
    async with taken(tmp_path, 2, size=(140, 40)) as on:
        await on.press(key)
        await on.until(lambda: on.over == SCREENS[key], SCREENS[key])
        await on.press("y")
        assert on.shown is not None and on.app.clipboard == str(on.session.studio.path(on.shown))
        await on.press("Y")
        assert on.app.clipboard == on.shown.prompt
        await on.press("m")
        assert on.session.marks.ids == (on.shown.id,)
        await on.press("s")
        assert on.session.recipe.seed == on.shown.seed
        assert any("ctrl+g:" in told for told in on.toasts())


@pytest.mark.parametrize(("key", "over"), [("E", "ChangeScreen"), ("W", "TreeScreen")])
async def test_changing_and_origin_open_over_the_loupe_and_come_back_to_it(tmp_path: Path, key: str, over: str) -> None:
    async with taken(tmp_path, 2, size=(140, 40)) as on:
        await on.press("space", key)
        await on.until(lambda: on.over == over, over)
        await on.press("escape")
        await on.until(lambda: on.over == "LoupeScreen", "the loupe again")
