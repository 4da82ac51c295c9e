"""Changing a take by words, from the keyboard."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from textual.widgets import TextArea

from studio.domain.errors import Unavailable
from studio.imaging.mask import Mask
from studio.ui.screens.mask import MaskScreen
from tests.ui.stage import Stage, stage

WORDS = "make the jacket dark green"


async def one_take(on: Stage, size: tuple[int, int] = (192, 256)) -> None:
    """One take of the pose under the cursor, its file a picture that can be looked at."""
    await on.press("ctrl+g")
    await on.until(lambda: on.shown is not None and on.shown.path, "a take")
    await on.until(lambda: not on.session.studio.engine.queue.busy(), "the end")
    take = on.shown
    assert take is not None
    Image.new("RGB", size, "teal").save(on.session.studio.path(take))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_take_is_changed_and_the_new_one_names_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size) as on:
        await one_take(on)
        before, parent = on.session.studio.takes.totals()[1], on.shown
        assert parent is not None
        await on.press("E")
        await on.until(lambda: on.over == "ChangeScreen", "the screen")
        assert "An edit needs words" in on.text()
        on.app.screen.query_one(TextArea).load_text(WORDS)
        await on.pilot.pause()
        assert "$0.04" in on.text() and "FLUX.1 Kontext [pro]" in on.text()
        await on.press("ctrl+s")
        await on.takes(before + 1)
        child = next(take for take in on.session.studio.takes.all() if take.parent)
        assert (child.parent, child.pose, child.prompt) == (parent.id, parent.pose, WORDS)


async def test_what_stands_in_the_way_is_said_and_nothing_is_sent(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await one_take(on)
        sent = len(on.provider.submitted)
        await on.press("E")
        await on.until(lambda: on.over == "ChangeScreen", "the screen")
        await on.press("ctrl+s")
        assert on.over == "ChangeScreen"
        on.app.screen.query_one(TextArea).load_text(WORDS)
        await on.press("tab", "end")
        await on.pilot.pause()
        assert "redraws" in on.text()
        await on.press("escape")
        assert len(on.provider.submitted) == sent


async def test_the_exact_request_of_an_edit_is_shown_before_it_is_sent(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await one_take(on)
        await on.press("E")
        await on.until(lambda: on.over == "ChangeScreen", "the screen")
        await on.press("f7")
        assert on.over == "ChangeScreen", "without words there is no request"
        on.app.screen.query_one(TextArea).load_text(WORDS)
        await on.press("f7")
        await on.until(lambda: on.over == "RequestScreen", "the request")
        assert WORDS in on.text() and "image_url" in on.text()


async def test_what_could_not_be_sent_is_still_there_when_it_is_tried_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await one_take(on)
        take = on.shown
        assert take is not None
        noise = random.Random(1).randbytes(700 * 700 * 3)
        Image.frombytes("RGB", (700, 700), noise).save(on.session.studio.path(take))
        sent = len(on.provider.submitted)
        on.provider.fail_with("upload", Unavailable("fal cannot be reached."))
        await on.press("E")
        await on.until(lambda: on.over == "ChangeScreen", "the screen")
        on.app.screen.query_one(TextArea).load_text(WORDS)
        await on.press("ctrl+s")
        await on.until(lambda: any("cannot be reached" in text for text in on.toasts()), "the failure")
        assert len(on.provider.submitted) == sent
        await on.press("E")
        await on.until(lambda: on.over == "ChangeScreen", "the screen again")
        assert WORDS in on.text()
        await on.press("ctrl+s")
        await on.until(lambda: len(on.provider.submitted) == sent + 1, "the edit")
        assert str(on.provider.submitted[-1].arguments["image_url"]).startswith("https://")


async def test_a_mask_is_drawn_with_the_keys_at_the_pictures_own_resolution(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await one_take(on)
        await on.press("E")
        await on.until(lambda: on.over == "ChangeScreen", "the screen")
        on.app.screen.query_one(TextArea).load_text(WORDS)
        await on.press("tab", "m")
        await on.until(lambda: isinstance(on.app.screen, MaskScreen) and on.app.screen.query("MaskCanvas"), "the mask")
        await on.press("space", "shift+right", "down", "space")
        await on.press("ctrl+s")
        await on.until(lambda: on.over == "ChangeScreen", "back")
        assert "may change" in on.text()
        await on.press("home")
        assert "takes no mask" in on.text()


async def answered(tmp_path: Path, size: tuple[int, int], *keys: str) -> Mask | None:
    """What a mask screen answers to some keys, for a picture of 160×320 pixels."""
    Image.new("RGB", (160, 320), "navy").save(tmp_path / "a.png")
    Image.new("L", (160, 320), 255).save(tmp_path / "m.png")
    got: list[Mask | None] = []
    async with stage(tmp_path / "p", size) as on:
        on.app.push_screen(MaskScreen(tmp_path / "a.png", "a", None, tmp_path), got.append)
        await on.until(lambda: on.app.screen.query("MaskCanvas"), "the canvas")
        await on.pilot.pause()
        for key in keys:
            await on.press(key)
        await on.until(lambda: got, "an answer")
    return got[0]


async def test_a_rectangle_of_cells_covers_those_cells_wholly(tmp_path: Path) -> None:
    mask = await answered(tmp_path, (80, 24), "space", "right", "right", "space", "ctrl+s")
    assert mask is not None and mask.size == (160, 320)
    rows, columns = (np.flatnonzero(mask.bits.any(axis=axis)) for axis in (1, 0))
    assert mask.bits[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].all()
    assert len(columns) == pytest.approx(3 * len(rows) / 2, abs=6)


@pytest.mark.parametrize(
    ("keys", "low", "high"),
    [
        (("b", "right_square_bracket", "space", "shift+left", "space", "ctrl+s"), 0.001, 0.4),
        (("space", "right", "space", "i", "ctrl+s"), 0.9, 0.9999),
        (("space", "right", "space", "i", "ctrl+z", "ctrl+s"), 0.0001, 0.1),
        (("e", "space", "shift+right", "shift+down", "space", "ctrl+s"), 0.01, 0.6),
        (("i", "x", "space", "shift+right", "space", "ctrl+s"), 0.5, 0.999),
        (("plus", "plus", "space", "right", "space", "ctrl+s"), 0.00001, 0.01),
        (("f", "m", ".", "p", "n", "g", "enter", "ctrl+s"), 1, 1),
    ],
)
async def test_the_tools_paint_take_away_undo_and_read_files(
    tmp_path: Path, keys: tuple[str, ...], low: float, high: float
) -> None:
    mask = await answered(tmp_path, (120, 36), *keys)
    assert mask is not None
    assert low <= mask.share <= high


async def test_escape_leaves_what_was_begun_and_then_the_screen(tmp_path: Path) -> None:
    assert await answered(tmp_path, (80, 24), "space", "right", "escape", "escape") is None
