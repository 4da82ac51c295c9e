"""The grid of takes: seen, moved about in, filtered, decided in, and never moved by what comes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.events import Key, MouseScrollDown

from studio.domain.take import Verdict
from studio.ui.screens.grid import GridScreen
from studio.ui.state.window_state import WindowState, save_window_state
from tests.ui.shelved import shelve
from tests.ui.stage import Stage, stage

pytestmark = pytest.mark.timeout(60)


def grid(on: Stage) -> GridScreen:
    assert isinstance(on.app.screen, GridScreen)
    return on.app.screen


def cursor(on: Stage) -> str:
    return grid(on).desk.list.cursor


def at(on: Stage, take_id: str) -> bool:
    return cursor(on) == take_id


def shown(on: Stage) -> list[str]:
    """Ids of the takes in view, row by row."""
    takes = grid(on).desk.list
    return takes.ids[takes.scroll.first : takes.scroll.last + 1]


async def test_the_grid_shows_a_pose_then_all_of_them_then_the_project(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 3 + ["running"] * 2 + ["a pose that was deleted"])
    async with stage(tmp_path) as on:
        await on.press("v")
        assert on.over == "GridScreen" and "this pose: hero-stance" in on.text() and "1/3" in on.text()
        await on.press("w")
        assert "all poses" in on.text() and len(shown(on)) == 5
        await on.press("w")
        assert "whole project" in on.text() and len(shown(on)) == 6
        await on.press("w")
        assert len(shown(on)) == 3
        await on.press("escape")
        assert on.over == "MainScreen"


async def test_keys_and_mouse_go_to_takes_and_the_rest_follows(tmp_path: Path) -> None:
    takes = await shelve(tmp_path, ["hero-stance"] * 40)
    async with stage(tmp_path) as on:
        await on.press("v", "l", "j")
        columns = grid(on).desk.list.scroll.columns
        assert cursor(on) == takes[columns + 1].id == (on.shown and on.shown.id)
        await on.press("h", "k")
        assert cursor(on) == takes[0].id
        await on.press("G")
        assert cursor(on) == takes[-1].id and takes[0].id not in shown(on)
        await on.press("g")
        assert cursor(on) == takes[0].id
        await on.press("pagedown")
        assert takes[0].id not in shown(on)
        await on.press("pageup")
        assert cursor(on) == takes[0].id
        await on.pilot.click("GridPane", offset=(24, 4))
        await on.pilot.pause()
        assert cursor(on) == takes[1].id
        await on.pilot.click("GridPane", offset=(24, 4), times=2)
        await on.until(lambda: on.over == "LoupeScreen", "the loupe")
        await on.press("right_square_bracket", "escape")
        assert on.over == "GridScreen" and cursor(on) == takes[2].id


async def test_the_wheel_scrolls_and_leaves_the_cursor(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 60)
    async with stage(tmp_path, (80, 24)) as on:
        await on.press("v")
        before, was = shown(on), cursor(on)
        grid(on).pane.post_message(_wheel(on))
        await on.until(lambda: shown(on) != before, "other takes in view")
        assert cursor(on) == was


def _wheel(on: Stage) -> MouseScrollDown:
    pane = grid(on).pane
    return MouseScrollDown(pane, 5, 5, 0, 1, 0, False, False, False, 5, 5)


async def test_a_filter_narrows_with_every_letter_and_leaves_with_escape(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 6)
    async with stage(tmp_path) as on:
        await on.press("v", "3", "l", "5")
        await on.until(lambda: on.shown is not None and on.shown.stars == 5, "the stars")
        await on.press("slash", *"stars:>=")
        assert "1/6" in on.text() or "2/6" in on.text()
        assert "a number" in on.text()
        await on.press(*"3")
        assert len(shown(on)) == 2 and "of 6" in on.text()
        await on.press("enter", "l")
        assert cursor(on) == "hero-stance-002"
        await on.press("escape")
        assert len(shown(on)) == 6 and on.over == "GridScreen" and cursor(on) == "hero-stance-002"
        await on.press("slash", *"nothing like it", "enter")
        assert "No take fits" in on.text()
        await on.press("p", "space", "d")
        assert all(take.verdict is Verdict.UNDECIDED for take in on.session.studio.takes.all())


async def test_letters_typed_in_one_burst_with_the_slash_are_all_the_filters(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 6)
    async with stage(tmp_path) as on:
        await on.press("v")
        for letter in "/dxrap":
            on.app.post_message(Key("slash" if letter == "/" else letter, letter))
        await on.until(lambda: on.session.grid.filter == "dxrap", "the letters in the filter")
        assert len(on.session.studio.takes.all()) == 6 and not on.provider.submitted


async def test_pictures_grow_and_shrink_and_the_size_is_kept(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 30)
    async with stage(tmp_path) as on:
        await on.press("v")
        usual = len(shown(on))
        await on.press("plus")
        large = len(shown(on))
        await on.press("minus", "minus")
        assert large < usual < len(shown(on))
        await on.press("plus", "plus", "escape", "v")
        assert len(shown(on)) == large


async def test_orders_go_round_and_the_cursor_stays_on_its_take(tmp_path: Path) -> None:
    takes = await shelve(tmp_path, ["hero-stance"] * 5)
    async with stage(tmp_path) as on:
        await on.press("v", "l", "4")
        await on.until(lambda: on.shown is not None and on.shown.stars == 4, "the stars")
        for words in ("most stars", "dearest", "by pose", "newest", "oldest"):
            await on.press("z")
            assert words in on.text() and cursor(on) == takes[1].id
        await on.press("Z", "Z", "Z", "Z")
        assert "most stars" in on.text() and shown(on)[0] == takes[1].id


async def test_badges_say_what_was_decided(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 4)
    async with stage(tmp_path) as on:
        await on.press("v", "P", "3", "m", "l", "x")
        await on.until(lambda: "✗" in on.text(), "the verdict")
        assert "◆ ✓ hero-" in on.text() and "★★★" in on.text() and "✗ hero-" in on.text()
        assert "1 marked" in on.text()


async def test_a_hundred_takes_are_culled_by_keys_while_more_arrive(tmp_path: Path) -> None:
    takes = await shelve(tmp_path, ["hero-stance"] * 100)
    verdicts = [Verdict.PICKED, Verdict.REJECTED, Verdict.REJECTED, Verdict.PICKED, Verdict.UNDECIDED]
    async with stage(tmp_path) as on:
        studio = on.session.studio
        await on.press("v")
        for number in range(0, 100, 5):
            assert cursor(on) == takes[number].id == (on.shown and on.shown.id)
            await studio.generate(studio.plan([studio.pose("hero-stance")], on.session.recipe))
            await on.press("p", "x", "x", "p", "5", "l")
        await on.takes(120)
        await on.until(lambda: studio.takes.counts("hero-stance")[0] == 40, "the picks")
        decided = [studio.takes.get(take.id) for take in takes]
        assert [take and take.verdict for take in decided] == verdicts * 20
        assert [take and take.stars for take in decided] == [0, 0, 0, 0, 5] * 20
        await on.press(*["ctrl+z"] * 100)
        await on.until(partial(at, on, takes[0].id), "everything undone")
        left = [studio.takes.get(take.id) for take in takes]
        assert all(take and take.verdict is Verdict.UNDECIDED and take.stars == 0 for take in left)
        assert studio.takes.totals() == (0, 120)


async def test_takes_that_come_move_neither_cursor_nor_view_and_are_counted(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 60)
    async with stage(tmp_path) as on:
        studio = on.session.studio
        await on.press("v", "w", "G", "k", "k", "k")
        before, was = shown(on), cursor(on)
        await studio.generate(studio.plan([studio.pose("running")], on.session.recipe))
        await on.takes(61)
        await on.until(lambda: "1 new" in on.text(), "the counter")
        assert (shown(on), cursor(on)) == (before, was)
        await on.press("g")
        assert shown(on)[0] == "running-001" and "1 new" not in on.text()


async def test_a_very_wide_terminal_shows_the_take_under_the_cursor_large(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 5)
    async with stage(tmp_path, (240, 60)) as on:
        await on.press("v", "l")
        preview = grid(on).query_one("GridPreview")
        assert preview.display and preview.region.width > 90
        await on.until(lambda: "seed 1001" in on.text(), "the facts of the second")
        await on.pilot.resize_terminal(120, 36)
        await on.until(lambda: not preview.display, "no large picture")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 45), (240, 60)])
async def test_names_in_any_script_leave_the_layout_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    names = ["跳躍する少女のポーズ", "وقفة البطل", "👩‍🚀 astronaut 🚀🚀🚀", "x" * 90, "a\u202eb\x1b[31mred"]
    await shelve(tmp_path, names)
    async with stage(tmp_path, size) as on:
        await on.press("v", "w", "w")
        for _ in names:
            rows = on.text().split("\n")
            assert {cell_len(row) for row in rows} == {size[0]}, [row for row in rows if cell_len(row) != size[0]]
            assert not any(sign in on.text() for sign in ("\x1b", "\u202e"))
            await on.press("l")


async def test_decisions_of_an_earlier_run_are_undone_in_a_new_one(tmp_path: Path) -> None:
    takes = await shelve(tmp_path, ["hero-stance"] * 6)
    async with stage(tmp_path) as on:
        await on.press("v", "p", "x", "d")
        await on.takes(5)
        await on.press("escape", "ctrl+q")
        await on.until(lambda: not on.app.is_running, "the end")
    async with stage(tmp_path) as on:
        studio = on.session.studio
        await on.press("v", "ctrl+z")
        await on.takes(6)
        await on.until(lambda: cursor(on) == takes[2].id, "the trashed take is back")
        for take in (takes[1], takes[0]):
            await on.press("ctrl+z")
            await on.until(partial(at, on, take.id), "one more")
        assert all(take.verdict is Verdict.UNDECIDED for take in studio.takes.all())
        await on.press("ctrl+z", "ctrl+y", "ctrl+y", "ctrl+y")
        await on.takes(5)
        assert studio.takes.counts("hero-stance") == (1, 5)


async def test_help_palette_and_trash_are_there_in_the_grid_too(tmp_path: Path) -> None:
    takes = await shelve(tmp_path, ["hero-stance"] * 4)
    async with stage(tmp_path) as on:
        await on.press("v", "question_mark")
        assert on.over == "HelpScreen" and "whole project" in on.text() and "stars:>=3" in on.text()
        await on.press("escape", "ctrl+p", *"whole")
        await on.until(lambda: "This pose, all poses, whole project" in on.text(), "the action in the palette")
        await on.press("escape")
        assert on.over == "GridScreen"
        await on.press("d")
        await on.takes(3)
        await on.press("D")
        await on.until(lambda: "1 picture that" in on.text(), "the trash")
        await on.press("enter")
        await on.takes(4)
        await on.press("escape")
        assert on.over == "GridScreen" and takes[0].id in shown(on)


async def test_the_loupe_over_the_grid_keeps_its_take_when_another_comes(tmp_path: Path) -> None:
    takes = await shelve(tmp_path, ["hero-stance"] * 4)
    async with stage(tmp_path) as on:
        studio = on.session.studio
        await on.press("v", "space")
        await on.until(lambda: on.over == "LoupeScreen", "the loupe")
        await on.press("right_square_bracket", "right_square_bracket")
        assert on.shown is not None and on.shown.id == takes[2].id
        await studio.generate(studio.plan([studio.pose("hero-stance")], on.session.recipe))
        await on.takes(5)
        await on.pilot.pause()
        assert on.shown.id == takes[2].id
        await on.press("escape")
        assert on.over == "GridScreen" and cursor(on) == takes[2].id


async def test_the_grid_is_as_it_was_left_in_an_earlier_run(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 30)
    async with stage(tmp_path) as on:
        await on.press("v", "w", "z", "z", "plus")
        size, words = len(shown(on)), grid(on).desk.list.sort.words
        await on.press("escape", "ctrl+q")
        await on.until(lambda: not on.app.is_running, "the end")
    async with stage(tmp_path) as on:
        await on.press("v")
        assert "all poses" in on.text() and words in on.text() and len(shown(on)) == size


@pytest.mark.parametrize("kept", [{"scope": "moon", "size": "-3"}, {"size": "99", "this pose": "beauty"}, {"": ""}])
async def test_a_taste_that_cannot_be_read_does_no_harm(tmp_path: Path, kept: dict[str, str]) -> None:
    await shelve(tmp_path, ["hero-stance"] * 3)
    save_window_state(tmp_path, WindowState(grid=kept))
    async with stage(tmp_path) as on:
        await on.press("v", "z")
        assert "this pose" in on.text() and len(shown(on)) == 3
