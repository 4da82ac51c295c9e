"""The contact flow: from many takes to the best of each pose, one key for each decision."""

from __future__ import annotations

from pathlib import Path

from studio.domain.take import Verdict
from studio.ui.pictures.picture import PictureView
from studio.ui.screens.contact import ContactScreen
from tests.ui.stage import Stage
from tests.ui.taken import one_more, taken


def verdicts(on: Stage, pose: str) -> list[str]:
    return [str(take.verdict) for take in on.session.studio.takes.of_pose(pose)]


def bar(on: Stage) -> str:
    return on.text().splitlines()[0]


def names(on: Stage, number: int) -> list[str]:
    return [pose.name for pose in on.session.project.poses[:number]]


async def open_flow(on: Stage) -> None:
    await on.press("C")
    await on.until(lambda: isinstance(on.app.screen, ContactScreen), "the flow")
    await on.until(lambda: "pose 1 of" in bar(on), "its bar")


async def test_one_key_a_pose_leads_to_the_page_of_the_picks(tmp_path: Path) -> None:
    async with taken(tmp_path, 3, poses=3, size=(160, 40)) as on:
        first, second, third = names(on, 3)
        await open_flow(on)
        assert first in bar(on) and "3 poses left · 9 takes · 0 picked" in bar(on)
        await on.press("2")
        await on.until(lambda: second in bar(on) and "2 poses left · 6 takes · 1 picked" in bar(on), "the second pose")
        assert verdicts(on, first) == ["rejected", "picked", "rejected"]
        await on.press("1", "3")
        await on.until(lambda: on.over == "ContactPageScreen", "the page")
        assert verdicts(on, second) == ["picked", "rejected", "rejected"]
        assert verdicts(on, third) == ["rejected", "rejected", "picked"]
        text = on.text()
        assert "3 of 3 poses picked" in text
        for pose, number in ((first, 2), (second, 1), (third, 3)):
            assert f"{pose}-00{number}" in text
        assert "9 takes would have cost $0.45 · 3 picks · $0.15 per picked take" in text
        await on.press("escape")
        assert on.over == "MainScreen"


async def test_the_others_are_left_where_that_is_wanted(tmp_path: Path) -> None:
    async with taken(tmp_path, 2, poses=2, size=(160, 40)) as on:
        first, second = names(on, 2)
        await open_flow(on)
        await on.press("tab", "1")
        await on.until(lambda: verdicts(on, first) == ["picked", "undecided"], "only the pick")
        await on.press("0")
        await on.until(lambda: verdicts(on, second) == ["rejected", "rejected"], "none of them")
        await on.until(lambda: on.over == "ContactPageScreen", "the page")
        assert "no pick" in on.text() and "1 of 2 poses picked" in on.text()


async def test_one_undo_takes_back_what_one_key_did_and_goes_back_to_its_pose(tmp_path: Path) -> None:
    async with taken(tmp_path, 3, poses=2, size=(160, 40)) as on:
        first, second = names(on, 2)
        await open_flow(on)
        await on.press("1")
        await on.until(lambda: second in bar(on) and "picked" in verdicts(on, first), "the second pose")
        await on.press("ctrl+z")
        await on.until(lambda: verdicts(on, first) == ["undecided"] * 3, "nothing decided")
        await on.until(lambda: first in bar(on), "its pose again")
        await on.press("ctrl+y")
        await on.until(lambda: verdicts(on, first) == ["picked", "rejected", "rejected"], "decided again")


async def test_takes_are_decided_one_by_one_with_the_keys_of_everywhere(tmp_path: Path) -> None:
    async with taken(tmp_path, 3, poses=1, size=(160, 40)) as on:
        (first,) = names(on, 1)
        await open_flow(on)
        await on.press("x", "p", "asterisk", "asterisk")
        await on.until(lambda: verdicts(on, first) == ["rejected", "picked", "undecided"], "two decided")
        await on.until(lambda: on.shown is not None and on.shown.stars > 0, "stars")
        assert on.shown is not None and on.shown.id == f"{first}-003"
        await on.press("h", "u")
        await on.until(lambda: verdicts(on, first) == ["rejected", "undecided", "undecided"], "the pick is taken back")
        await on.press("enter")
        await on.until(lambda: on.over == "ContactPageScreen", "the end")


async def test_what_comes_in_meanwhile_moves_nothing(tmp_path: Path) -> None:
    async with taken(tmp_path, 2, poses=2, size=(160, 40)) as on:
        first, second = names(on, 2)
        await open_flow(on)
        await on.press("l")
        shown = on.shown
        await one_more(on, first)
        await one_more(on, second)
        await on.until(lambda: len(on.app.screen.query(PictureView)) == 3, "the new take beside the others")
        await on.until(lambda: "2 poses left · 6 takes" in bar(on), "both are counted")
        assert on.shown == shown and first in bar(on)
        await on.press("r")
        await on.takes(7)
        assert on.shown == shown and first in bar(on)


async def test_a_second_flow_begins_with_what_came_since(tmp_path: Path) -> None:
    async with taken(tmp_path, 2, poses=3, size=(160, 40)) as on:
        _, second, _ = names(on, 3)
        await open_flow(on)
        await on.press("enter", "enter", "enter")
        await on.until(lambda: on.over == "ContactPageScreen", "the page")
        await on.press("escape")
        await one_more(on, second)
        await open_flow(on)
        assert second in bar(on) and "pose 1 of 1" in bar(on)
        await on.press("escape")
        assert on.over == "MainScreen"


async def test_with_nothing_undecided_the_picks_are_shown(tmp_path: Path) -> None:
    async with taken(tmp_path, 1, poses=1, size=(160, 40)) as on:
        await on.press("p")
        await on.until(lambda: verdicts(on, names(on, 1)[0]) == ["picked"], "the pick")
        await on.press("C")
        await on.until(lambda: on.over == "ContactPageScreen", "the page")
        assert any("Nothing is undecided" in told for told in on.toasts())
        await on.press("y")
        assert "hero-stance-001" in on.app.clipboard and "per picked take" in on.app.clipboard


async def test_more_takes_than_digits_are_paged(tmp_path: Path) -> None:
    async with taken(tmp_path, 11, poses=1, size=(160, 40)) as on:
        (first,) = names(on, 1)
        await open_flow(on)
        assert "11 takes, 9 of them here" in on.text()
        await on.press(*["l"] * 9)
        await on.until(lambda: len(on.app.screen.query(PictureView)) == 2, "the second page")
        await on.press("2")
        await on.until(lambda: verdicts(on, first)[10] == str(Verdict.PICKED), "the eleventh")


async def test_help_tells_the_keys(tmp_path: Path) -> None:
    async with taken(tmp_path, 2, size=(160, 40)) as on:
        await open_flow(on)
        await on.press("question_mark")
        assert on.over == "HelpScreen" and "Contact flow" in on.text()


async def test_the_last_decision_is_taken_back_from_the_page_too(tmp_path: Path) -> None:
    async with taken(tmp_path, 2, poses=2, size=(160, 40)) as on:
        first, second = names(on, 2)
        await open_flow(on)
        await on.press("1", "2")
        await on.until(lambda: on.over == "ContactPageScreen", "the page")
        await on.press("ctrl+z")
        await on.until(lambda: on.over == "ContactScreen" and second in bar(on), "the flow at its last pose")
        assert verdicts(on, second) == ["undecided", "undecided"]
        assert verdicts(on, first) == ["picked", "rejected"]
        await on.press("1")
        await on.until(lambda: on.over == "ContactPageScreen", "the page again")
        assert verdicts(on, second) == ["picked", "rejected"]


async def test_a_click_chooses_a_take(tmp_path: Path) -> None:
    async with taken(tmp_path, 3, size=(160, 40)) as on:
        await open_flow(on)
        await on.pilot.click(on.app.screen.query(PictureView)[2])
        await on.until(lambda: on.shown is not None and on.shown.id.endswith("003"), "the third")
