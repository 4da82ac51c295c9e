"""The first minute: the studio opens, makes pictures and shows them, without a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.take import Verdict
from studio.engine.ports import LogLine, Queued, Running
from studio.ui.widgets.pose_list import PoseList
from tests.fakes.provider import FakeProvider
from tests.ui.stage import Stage, stage

SIZES = [(80, 24), (120, 36), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_it_opens_on_the_poses_and_asks_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size) as on:
        assert isinstance(on.app.focused, PoseList)
        assert on.over == "MainScreen"
        text = on.text()
        assert "hero-stance" in text
        assert "SANDBOX" in text
        assert "6 poses × 1 = 6" in text
        assert "$0.30" in text


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_makes_the_ticked_poses_and_shows_the_first(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size) as on:
        await on.press("ctrl+g")
        await on.takes(6)
        await on.until(lambda: on.shown is not None, "a shown take")
        assert on.shown is not None and on.shown.pose == "hero-stance"
        assert on.over == "MainScreen"


async def test_ctrl_j_is_the_same_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("ctrl+j")
        await on.takes(6)


async def test_with_nothing_ticked_the_pose_under_the_cursor_is_made(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A", "down")
        assert "1 pose × 1 = 1" in on.text()
        await on.press("ctrl+g")
        await on.takes(1)
        assert on.shown is not None and on.shown.pose == "running"


async def test_a_second_take_never_moves_what_is_looked_at(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("ctrl+g")
        await on.takes(6)
        first = on.shown
        await on.press("ctrl+g")
        await on.takes(12)
        assert on.shown == first
        await on.press("right_square_bracket")
        assert on.shown != first


async def test_the_first_take_of_a_plan_is_shown_where_the_pose_under_the_cursor_is_not_in_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("end", "ctrl+g")
        await on.takes(6)
        await on.until(lambda: on.shown is not None, "a shown take")
        under_the_cursor = on.app.view.poses.list.current
        assert on.shown is not None and under_the_cursor is not None
        assert under_the_cursor.ticked and under_the_cursor.name == on.shown.pose


async def test_the_cursor_stays_where_the_artist_put_it_once_a_plan_has_shown_its_first_take(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    async with stage(tmp_path, provider=provider) as on:
        await on.press("ctrl+g")
        await on.until(lambda: len(provider.submitted) == 2, "two jobs at fal")
        on.finish("fake-1")
        await on.until(lambda: on.shown is not None, "the first take")
        await on.press("end")
        on.finish("fake-2")
        await on.takes(2)
        assert on.shown is None


async def test_progress_and_place_in_the_queue_stand_in_the_row(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    async with stage(tmp_path, provider=provider) as on:
        await on.press("ctrl+g")
        await on.until(lambda: len(provider.submitted) == 2, "two jobs at fal")
        provider.push("fake-1", Running((LogLine("step 15/35"),)))
        provider.push("fake-2", Queued(2))
        await on.until(lambda: "▶ 43 %" in on.text(), "the percentage")
        await on.until(lambda: "queued 3rd" in on.text(), "the place")
        assert "waiting" in on.text()
        on.finish("fake-1")
        await on.until(lambda: on.shown is not None, "the first take")
        assert "step 15/35" in on.app.view.log.text()


async def test_pick_and_reject_go_on_to_the_next_take(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("ctrl+g")
        await on.takes(6)
        await on.press("ctrl+g")
        await on.takes(12)
        first = on.shown
        assert first is not None
        await on.press("p")
        await on.until(lambda: verdict(on, first.id) is Verdict.PICKED, "the pick")
        second = on.shown
        assert second is not None and second.id != first.id
        await on.press("X")
        await on.until(lambda: verdict(on, second.id) is Verdict.REJECTED, "the rejection")
        assert on.shown is not None and on.shown.id == second.id
        assert (tmp_path / "picks" / "hero-stance.png").is_file()
        await on.press("ctrl+z", "ctrl+z")
        await on.until(lambda: verdict(on, first.id) is Verdict.UNDECIDED, "the undo")
        assert not (tmp_path / "picks" / "hero-stance.png").exists()
        await on.press("ctrl+y")
        await on.until(lambda: verdict(on, first.id) is Verdict.PICKED, "the redo")


def verdict(on: Stage, take_id: str) -> Verdict | None:
    take = on.session.studio.takes.get(take_id)
    return take.verdict if take else None
