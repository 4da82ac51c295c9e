"""The survey: marked takes large, dropped until one is left."""

from __future__ import annotations

from pathlib import Path

from studio.domain.take import Verdict
from studio.ui.pictures.picture import PictureView
from studio.ui.screens.survey import SurveyScreen
from tests.ui.stage import Stage
from tests.ui.taken import taken


def shown(on: Stage) -> list[str]:
    views = on.app.screen.query(PictureView)
    return [view.source.key if view.source else "" for view in views]


async def open_survey(on: Stage) -> None:
    on.app.view.preview.strip.focus()
    await on.press("n")
    assert isinstance(on.app.screen, SurveyScreen)
    await on.until(lambda: all(shown(on)), "the pictures")


async def test_the_marked_ones_are_dropped_until_one_is_left_and_picked(tmp_path: Path) -> None:
    async with taken(tmp_path, 4) as on:
        on.app.view.preview.strip.focus()
        for _ in range(3):
            await on.press("m", "right_square_bracket")
        await open_survey(on)
        assert shown(on) == ["hero-stance-001", "hero-stance-002", "hero-stance-003"]
        await on.press("h", "x")
        await on.until(lambda: len(shown(on)) == 2, "one less")
        await on.press("x")
        await on.until(lambda: len(shown(on)) == 1, "one is left")
        assert "one is left: p picks it" in on.text()
        left = shown(on)[0]
        await on.press("p")
        await on.until(lambda: on.over == "MainScreen", "the end")
        take = on.session.studio.takes.get(left)
        await on.until(lambda: (take := on.session.studio.takes.get(left)) and take.verdict is Verdict.PICKED, "it")
        assert take is not None
        others = [other for other in on.session.selection.of_pose() if other.id != left]
        assert {other.verdict for other in others} == {Verdict.UNDECIDED}
        assert on.session.marks.ids == (left,)


async def test_dropping_is_taken_back_before_decisions_are(tmp_path: Path) -> None:
    async with taken(tmp_path, 3) as on:
        await open_survey(on)
        assert len(shown(on)) == 3
        await on.press("l", "backspace")
        await on.until(lambda: shown(on) == ["hero-stance-001", "hero-stance-003"], "one less")
        await on.press("ctrl+z")
        await on.until(lambda: shown(on) == ["hero-stance-001", "hero-stance-002", "hero-stance-003"], "it is back")
        assert on.session.marks.ids == ("hero-stance-002",)
        await on.press("5")
        await on.until(lambda: "★★★★★" in on.text(), "its stars")
        await on.press("ctrl+z")
        await on.until(lambda: "★" not in on.text(), "no stars")


async def test_the_loupe_opens_over_it_and_comes_back(tmp_path: Path) -> None:
    async with taken(tmp_path, 3) as on:
        await open_survey(on)
        await on.press("l", "space")
        assert on.over == "LoupeScreen"
        assert on.shown is not None and on.shown.id == "hero-stance-002"
        await on.press("escape")
        assert on.over == "SurveyScreen"


async def test_in_the_list_of_poses_n_still_writes_a_pose(tmp_path: Path) -> None:
    async with taken(tmp_path, 2) as on:
        on.screen.query_one("#pose-list").focus()
        await on.press("n")
        assert on.over == "PoseEditScreen"
