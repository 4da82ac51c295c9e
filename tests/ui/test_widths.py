"""Every width of the terminal is used: one pane with tabs, two columns, three, and wider ones for words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.shelved import shelve
from tests.ui.stage import stage


@pytest.mark.parametrize(
    ("size", "columns"), [((80, 24), 1), ((100, 30), 2), ((120, 36), 2), ((160, 45), 3), ((240, 60), 3)]
)
async def test_the_panes_stand_side_by_side_where_there_is_room(
    tmp_path: Path, size: tuple[int, int], columns: int
) -> None:
    await shelve(tmp_path, ["hero-stance"] * 3)
    async with stage(tmp_path, size) as on:
        seen = [pane for pane in on.screen.panes if pane.is_on_screen and pane.display and pane.region.width]
        assert len({pane.region.x for pane in seen}) == columns
        assert len(seen) == (1 if columns == 1 else 5)
        assert max(pane.region.right for pane in seen) == size[0]


async def test_a_very_wide_terminal_gives_words_more_room_and_leaves_the_picture_its_height(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 3)
    async with stage(tmp_path, (180, 60)) as on:
        left, log = on.screen.query_one("#left"), on.app.view.log
        before = left.region.width, log.region.width
        await on.pilot.resize_terminal(240, 60)
        await on.until(lambda: left.region.width > before[0] and log.region.width > before[1], "wider columns")
        assert on.app.view.preview.region.width > 100
        await on.pilot.resize_terminal(180, 60)
        await on.until(lambda: (left.region.width, log.region.width) == before, "as before")
