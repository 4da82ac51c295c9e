"""Takes compared: at one place and one nearness, blinking, and by what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.take import Verdict
from studio.ui.screens.compare_takes import CompareTakesScreen
from studio.ui.widgets.zoom_picture import ZoomPicture
from tests.ui.stage import Stage
from tests.ui.taken import taken


def keys_shown(on: Stage) -> list[str]:
    """The pictures that can be seen, by their keys."""
    views = [view for view in on.app.screen.query(ZoomPicture) if view.region]
    return [view.picture.source.key if view.picture.source else "" for view in views]


def middle_of(key: str) -> tuple[float, float]:
    """The point of the picture in the middle of what is seen."""
    left, top, right, bottom = (float(edge) for edge in key.partition("@(")[2].partition(")")[0].split(","))
    return (left + right) / 2, (top + bottom) / 2


async def open_compare(on: Stage) -> CompareTakesScreen:
    await on.press("c")
    screen = on.app.screen
    assert isinstance(screen, CompareTakesScreen)
    await on.until(lambda: all(keys_shown(on)), "the pictures")
    return screen


async def test_the_shown_take_is_compared_with_its_neighbour(tmp_path: Path) -> None:
    async with taken(tmp_path, 3) as on:
        await open_compare(on)
        assert keys_shown(on) == ["hero-stance-001", "hero-stance-002"]
        first, second = on.session.selection.of_pose()[:2]
        assert f"seed {first.seed}" in on.text() and f"seed {second.seed}" in on.text()
        await on.press("escape")
        assert on.over == "MainScreen"


async def test_marked_takes_are_compared_four_at_most(tmp_path: Path) -> None:
    async with taken(tmp_path, 5, size=(160, 40)) as on:
        for _ in range(5):
            await on.press("m", "right_square_bracket")
        assert "◆" in on.text()
        await open_compare(on)
        assert keys_shown(on) == [f"hero-stance-00{number}" for number in (1, 2, 3, 4)]
        assert any("first 4 of 5" in told for told in on.toasts())


async def test_nearness_is_the_same_for_all(tmp_path: Path) -> None:
    async with taken(tmp_path, 2) as on:
        await open_compare(on)
        await on.press("equals_sign", "l")
        await on.until(lambda: all("@" in key for key in keys_shown(on)), "a part of each")
        first, second = (middle_of(key) for key in keys_shown(on))
        assert first == pytest.approx(second)
        assert "100 %" in on.text()
        await on.press("w")
        await on.until(lambda: keys_shown(on) == ["hero-stance-001", "hero-stance-002"], "the whole pictures")


async def test_blinking_shows_one_after_the_other_in_the_same_cells(tmp_path: Path) -> None:
    async with taken(tmp_path, 2) as on:
        await open_compare(on)
        await on.press("b")
        await on.until(lambda: keys_shown(on) == ["hero-stance-001"], "the first alone")
        await on.press("tab")
        await on.until(lambda: keys_shown(on) == ["hero-stance-002"], "the second in its place")
        await on.press("tab")
        await on.until(lambda: keys_shown(on) == ["hero-stance-001"], "the first again")
        await on.press("escape")
        assert on.over == "CompareTakesScreen"
        assert len(keys_shown(on)) == 2


async def test_only_what_differs_is_shown_and_said(tmp_path: Path) -> None:
    async with taken(tmp_path, 2) as on:
        await open_compare(on)
        await on.press("D")
        await on.until(lambda: "of the pixels differ" in on.text(), "the difference in words")
        assert len(keys_shown(on)) == 1 and keys_shown(on)[0].endswith("×4")
        assert "difference of 1 and 2, ×4" in on.text()
        await on.press("D")
        await on.until(lambda: "×16" in on.text() and keys_shown(on)[0].endswith("×16"), "more of it")
        await on.press("D", "D")
        await on.until(lambda: len(keys_shown(on)) == 2, "side by side again")


async def test_the_active_take_is_decided_and_stays(tmp_path: Path) -> None:
    async with taken(tmp_path, 3) as on:
        await open_compare(on)
        await on.press("right_square_bracket", "p", "3")
        table = on.session.studio.takes
        await on.until(lambda: (take := table.get("hero-stance-002")) and take.stars == 3, "the stars")
        take = table.get("hero-stance-002")
        assert take is not None and take.verdict is Verdict.PICKED
        await on.press("left_square_bracket", "x")
        await on.until(lambda: (take := table.get("hero-stance-001")) and take.verdict is Verdict.REJECTED, "the other")
        assert keys_shown(on) == ["hero-stance-001", "hero-stance-002"]
        assert "✓ picked" in on.text() and "✗ rejected" in on.text()


async def test_with_one_take_alone_it_says_what_to_do(tmp_path: Path) -> None:
    async with taken(tmp_path, 1) as on:
        await on.press("c")
        assert on.over == "MainScreen"
        assert any("nothing to compare" in told for told in on.toasts())


async def test_a_take_that_is_thrown_away_ends_a_comparison_of_two(tmp_path: Path) -> None:
    async with taken(tmp_path, 2) as on:
        await open_compare(on)
        await on.press("d")
        await on.until(lambda: on.over == "MainScreen", "nothing left to compare")
        await on.press("ctrl+z")
        await on.until(lambda: len(on.session.selection.of_pose()) == 2, "it is back")
