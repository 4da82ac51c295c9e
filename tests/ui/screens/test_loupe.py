"""The loupe: one picture on the whole terminal, looked into, paged, decided about."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from studio.domain.take import Verdict
from studio.ui.screens.loupe import LoupeScreen
from studio.ui.widgets.zoom_picture import ZoomPicture
from tests.ui.stage import Stage
from tests.ui.taken import taken


def line(on: Stage) -> str:
    return on.text().rstrip("\n").splitlines()[-1]


def shown_key(on: Stage) -> str:
    """The key of the picture that is on the screen or on its way."""
    source = on.app.screen.query_one(ZoomPicture).picture.source
    return source.key if source else ""


def is_behind(on: Stage, backdrop: str) -> bool:
    return backdrop in shown_key(on)


async def open_loupe(on: Stage) -> LoupeScreen:
    await on.press("space")
    screen = on.app.screen
    assert isinstance(screen, LoupeScreen)
    await on.until(lambda: shown_key(on), "a picture")
    return screen


async def test_it_says_what_is_looked_at_and_follows_the_pages(tmp_path: Path) -> None:
    async with taken(tmp_path, 3, size=(160, 40)) as on:
        await open_loupe(on)
        assert on.shown is not None
        for said in ("fit ", "take 1 of 3", "hero-stance-001", "undecided", f"seed {on.shown.seed}", "FLUX.2", "$"):
            assert said in line(on), said
        await on.press("right_square_bracket")
        assert "take 2 of 3 · hero-stance-002" in line(on)
        assert shown_key(on) == "hero-stance-002"
        await on.press("h")
        assert "hero-stance-001" in line(on)


async def test_decisions_of_the_loupe_are_written_said_and_undone(tmp_path: Path) -> None:
    async with taken(tmp_path, 3, size=(160, 40)) as on:
        await open_loupe(on)
        await on.press("P", "4")
        await on.until(lambda: "✓ picked ★★★★" in line(on), "the pick in the line")
        await on.press("ctrl+z", "ctrl+z")
        await on.until(lambda: "· undecided ·" in line(on), "nothing decided")
        await on.press("p")
        await on.until(lambda: on.session.studio.takes.counts("hero-stance")[0] == 1, "the pick")
        assert "take 2 of 3" in line(on)
        await on.press("x")
        await on.until(lambda: "take 3 of 3" in line(on), "the one after the rejected one")


async def test_one_key_shows_the_pictures_own_pixels_and_the_arrows_move_it(tmp_path: Path) -> None:
    async with taken(tmp_path, 2) as on:
        await open_loupe(on)
        whole = shown_key(on)
        await on.press("equals_sign")
        await on.until(lambda: shown_key(on) != whole, "a part of it")
        assert line(on).lstrip().startswith("100 %")
        middle = shown_key(on)
        await on.press("l")
        await on.until(lambda: shown_key(on) != middle, "another part")
        assert on.shown is not None and on.shown.id == "hero-stance-001"
        await on.press("h", "w")
        await on.until(lambda: shown_key(on) == whole, "the whole picture")
        assert line(on).lstrip().startswith("fit")


async def test_nearness_and_place_stay_from_take_to_take(tmp_path: Path) -> None:
    async with taken(tmp_path, 2) as on:
        await open_loupe(on)
        await on.press("equals_sign", "J", "right_square_bracket")
        await on.until(lambda: shown_key(on).startswith("hero-stance-002@"), "the same part of the next")
        assert line(on).lstrip().startswith("100 %")
        await on.press("minus")
        assert line(on).lstrip().startswith("67 %")
        await on.press("plus", "plus")
        assert line(on).lstrip().startswith("150 %")


async def test_the_wheel_and_dragging_look_elsewhere(tmp_path: Path) -> None:
    async with taken(tmp_path, 1) as on:
        screen = await open_loupe(on)
        picture = screen.query_one(ZoomPicture)
        await on.press("equals_sign")
        await on.until(lambda: "@" in shown_key(on), "a part")
        before = shown_key(on)
        await on.pilot.mouse_down(picture, offset=(40, 10))
        await on.pilot.hover(picture, offset=(20, 5))
        await on.pilot.mouse_up(picture, offset=(20, 5))
        await on.until(lambda: shown_key(on) != before, "the dragged part")
        picture.post_message(ZoomPicture.Wheeled(picture, 1, (0.1, 0.1)))
        await on.until(lambda: line(on).lstrip().startswith("150 %"), "nearer")


async def test_the_backdrop_shows_behind_transparent_parts(tmp_path: Path) -> None:
    async with taken(tmp_path, 1, transparent=True) as on:
        screen = await open_loupe(on)
        await on.until(lambda: "black" in shown_key(on), "black behind it")
        for name in ("white", "checker", "magenta", "black"):
            await on.press("b")
            await on.until(partial(is_behind, on, name), name)
            assert screen.query_one(ZoomPicture).has_class(f"-{name}")


async def test_info_lies_over_the_picture_and_goes(tmp_path: Path) -> None:
    async with taken(tmp_path, 1) as on:
        on.session.about_take.append(lambda take: [("drift", f"none in {take.id}")])
        await open_loupe(on)
        assert on.shown is not None
        assert on.shown.request_id not in on.text()
        await on.press("i")
        assert on.shown.request_id in on.text()
        assert "none in hero-stance-001" in on.text()
        await on.press("i")
        assert on.shown.request_id not in on.text()


async def test_the_price_of_one_more_stands_there_before_the_key(tmp_path: Path) -> None:
    async with taken(tmp_path, 1, size=(160, 40)) as on:
        await open_loupe(on)
        await on.until(lambda: "r ~ $" in line(on), "the price")
        await on.press("r")
        await on.takes(2)
        await on.until(lambda: "take 1 of 2" in line(on), "the new one is counted, the old one is still shown")


async def test_help_tells_the_keys_of_the_loupe(tmp_path: Path) -> None:
    async with taken(tmp_path, 1) as on:
        await open_loupe(on)
        await on.press("question_mark")
        assert on.over == "HelpScreen"
        assert "Loupe" in on.text()
        await on.press("escape", "escape")
        assert on.over == "MainScreen"


async def test_poses_are_turned_without_leaving(tmp_path: Path) -> None:
    async with taken(tmp_path, 1, poses=3) as on:
        await open_loupe(on)
        first = on.session.selection.pose
        await on.press("J")
        assert on.session.selection.pose != first
        assert on.shown is not None and on.shown.id in line(on)
        await on.press("K")
        assert on.session.selection.pose == first
        assert on.shown.verdict is Verdict.UNDECIDED


async def test_a_click_looks_nearer_and_another_one_at_the_whole(tmp_path: Path) -> None:
    async with taken(tmp_path, 1) as on:
        screen = await open_loupe(on)
        await on.pilot.click(screen.query_one(ZoomPicture), offset=(60, 5))
        await on.until(lambda: line(on).lstrip().startswith("100 %"), "nearer")
        await on.pilot.click(screen.query_one(ZoomPicture), offset=(60, 5))
        await on.until(lambda: line(on).lstrip().startswith("fit"), "the whole picture")


async def test_a_mark_is_seen_at_once(tmp_path: Path) -> None:
    async with taken(tmp_path, 2, size=(160, 40)) as on:
        await open_loupe(on)
        await on.press("m")
        await on.until(lambda: "◆ marked" in line(on), "the mark")
        await on.press("m")
        await on.until(lambda: "◆" not in line(on), "no mark")
