"""The shown take: decided, rated, thrown away and brought back, by key and by mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from studio.domain.take import Verdict
from tests.ui.stage import Stage, stage


@asynccontextmanager
async def three_takes(folder: Path, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Stage]:
    async with stage(folder, size) as on:
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        await on.press("r")
        await on.takes(2)
        await on.press("r")
        await on.takes(3)
        yield on


def shown_is(on: Stage, verdict: Verdict) -> bool:
    return on.shown is not None and on.shown.verdict is verdict


def ids(on: Stage) -> list[str]:
    return [take.id for take in on.session.selection.of_pose()]


async def test_stars_are_given_and_seen(tmp_path: Path) -> None:
    async with three_takes(tmp_path) as on:
        await on.press("4")
        await on.until(lambda: on.shown is not None and on.shown.stars == 4, "the stars")
        assert "★★★★" in on.text()
        await on.press("0")
        await on.until(lambda: on.shown is not None and on.shown.stars == 0, "no stars")


async def test_a_take_goes_to_the_trash_and_its_neighbour_is_shown(tmp_path: Path) -> None:
    async with three_takes(tmp_path) as on:
        await on.press("d")
        await on.until(lambda: len(ids(on)) == 2, "one is gone")
        assert on.shown is not None and on.shown.id == "hero-stance-002"
        await on.press("ctrl+z")
        await on.until(lambda: len(ids(on)) == 3, "it is back")
        assert on.shown.id == "hero-stance-001"


async def test_the_strip_is_paged_by_keys_and_by_clicks(tmp_path: Path) -> None:
    async with three_takes(tmp_path) as on:
        on.app.view.preview.strip.focus()
        await on.press("right", "right", "right")
        assert on.shown is not None and on.shown.id == "hero-stance-003"
        await on.press("left")
        assert on.shown.id == "hero-stance-002"
        await on.pilot.click("#strip", offset=(2, 0))
        await on.pilot.pause()
        assert on.shown.id == "hero-stance-001"


async def test_keys_of_takes_work_from_the_model_and_the_log(tmp_path: Path) -> None:
    async with three_takes(tmp_path) as on:
        for pane, key, verdict in (("model", "P", Verdict.PICKED), ("log", "X", Verdict.REJECTED)):
            on.screen.places.show(pane, focus=True)
            await on.press(key)
            await on.until(partial(shown_is, on, verdict), f"{key} in {pane}")
        await on.press("u")
        await on.until(lambda: on.shown and on.shown.verdict is Verdict.UNDECIDED, "undecided again")


async def test_the_loupe_pages_and_decides(tmp_path: Path) -> None:
    async with three_takes(tmp_path) as on:
        await on.press("space")
        assert on.over == "LoupeScreen"
        await on.press("right_square_bracket", "p")
        await on.until(lambda: on.session.studio.takes.counts("hero-stance")[0] == 1, "the pick")
        await on.press("escape")
        assert on.over == "MainScreen"
        assert on.shown is not None and on.shown.id == "hero-stance-003"


async def test_a_click_on_the_picture_opens_the_loupe(tmp_path: Path) -> None:
    async with three_takes(tmp_path) as on:
        await on.pilot.click("#picture")
        await on.until(lambda: on.over == "LoupeScreen", "the loupe")


async def test_the_recipe_of_a_take_is_shown(tmp_path: Path) -> None:
    async with three_takes(tmp_path) as on:
        await on.press("i")
        assert on.over == "InfoScreen"
        assert on.shown is not None and str(on.shown.seed) in on.text()


async def test_path_and_prompt_are_copied(tmp_path: Path) -> None:
    async with three_takes(tmp_path) as on:
        await on.press("y")
        assert on.shown is not None
        assert on.app.clipboard == str(tmp_path / on.shown.path)
        await on.press("Y")
        assert on.app.clipboard == on.shown.prompt


async def test_the_columns_can_be_given_another_width_and_keep_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        left = on.screen.query_one("#left")
        before = left.outer_size.width
        await on.press("right_curly_bracket", "right_curly_bracket", "plus")
        assert left.outer_size.width == before + 4
        high = on.app.view.log.outer_size.height
        await on.pilot.press("ctrl+q")
        await on.until(lambda: not on.app.is_running, "the end")
    async with stage(tmp_path) as on:
        assert on.screen.query_one("#left").outer_size.width == before + 4
        assert on.app.view.log.outer_size.height == high


async def test_a_theme_chosen_once_stays(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.until(lambda: "fjord" in on.app.available_themes, "all themes")
        on.app.theme = "fjord"
        await on.pilot.pause()
        await on.pilot.press("ctrl+q")
        await on.until(lambda: not on.app.is_running, "the end")
    async with stage(tmp_path) as on:
        assert on.app.theme == "fjord"


async def test_an_unknown_model_is_said_and_another_can_be_chosen(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.session.flush()
    file = tmp_path / "studio.toml"
    file.write_text(file.read_text().replace('"fal-ai/flux-2-flex"', '"fal-ai/flux-9"', 1))
    async with stage(tmp_path) as on:
        assert "not in the catalogue" in on.text()
        await on.press("ctrl+g")
        assert not on.provider.submitted
        on.screen.query_one("#model-line").focus()
        await on.press("enter", *"schnell", "enter")
        assert "FLUX.1 [schnell]" in on.text()
