"""The studio on a terminal that understands pictures: nothing missing and nothing left, whatever lies over them."""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.pictures.far_terminal import KITTY, XTERM, Profile
from tests.ui.pictures.studio_stage import Spot, StudioStage, studio_staged

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
Cells = dict[Spot, tuple[int, ...]]
WORDS_ONLY = 9_000
"""Bytes a key may cost that changes nothing of a picture."""


def cells_and_no_more(stage: StudioStage, cells: Cells) -> Cells:
    """Every cell shows the part of the picture that belongs there: rows and columns go up by one."""
    if stage.far.profile.kitty:
        offsets = {(x - part[2], y - part[1]) for (x, y), part in cells.items()}
        assert len(offsets) <= 1, "the picture is torn"
    return cells


def picture(stage: StudioStage) -> Cells:
    """The whole picture of the preview, once it is there."""
    return cells_and_no_more(stage, stage.settled(lambda cells: len(cells) > 200))


@pytest.mark.parametrize("profile", [KITTY, replace(KITTY, file=True), XTERM], ids=["kitty", "file", "sixel"])
def test_the_picture_is_right_before_under_and_after_everything(tmp_path: Path, profile: Profile) -> None:
    with studio_staged(tmp_path, profile) as stage:
        first = picture(stage)

        stage.far.press("?")
        stage.shows("esc closes")
        under = stage.settled(lambda cells: cells != first)
        assert set(under) < set(first), "the dialog stands in front of a part of it"
        assert all(first[spot] == part for spot, part in under.items())
        if profile.kitty:
            assert under
        stage.far.press("\x1b")
        stage.settled(lambda cells: cells == first)

        stage.far.press("y")
        stage.shows("Copied")
        stage.settled(lambda cells: set(cells) <= set(first))
        stage.settled(lambda cells: cells == first)

        stage.far.press("]")
        second = stage.settled(lambda cells: len(cells) > 200 and cells != first)
        assert set(second) == set(first)
        stage.far.press("[")
        again = stage.settled(lambda cells: set(cells) == set(first) and cells != second)
        assert again == first

        stage.far.press(" ")
        large = stage.settled(lambda cells: len(cells) > len(first))
        cells_and_no_more(stage, large)
        stage.far.press("\x1b")
        stage.settled(lambda cells: cells == first)

        screen, code = stage.end("\x11")
        assert code == 0
        assert not screen.images, "the terminal holds nothing after the studio"
        assert stage.left_over() == b"", "an answer would be typed into the shell"
        assert not screen.errors + screen.broken


@pytest.mark.parametrize("profile", [KITTY, XTERM], ids=["kitty", "sixel"])
def test_it_follows_the_window_the_font_and_the_theme(tmp_path: Path, profile: Profile) -> None:
    with studio_staged(tmp_path, profile) as stage:
        first = picture(stage)

        stage.resize(90, 30)
        stage.settled(lambda cells: not cells)
        stage.far.press(".")  # one pane at a time: the next ones
        stage.far.press(".")
        stage.far.press(".")
        small = stage.settled(lambda cells: len(cells) > 200)
        cells_and_no_more(stage, small)
        stage.resize(120, 36)
        stage.settled(lambda cells: set(cells) == set(first))

        stage.zoom((14, 28))
        if profile.kitty:
            columns, rows = len({x for x, _ in first}), len({y for _, y in first})
            stage.until(lambda screen: screen.sizes[-1] == (columns * 14, rows * 28))
            assert len(stage.screen.images) <= 12
        zoomed = stage.settled(lambda cells: set(cells) == set(first))
        cells_and_no_more(stage, zoomed)

        stage.far.press("\x10")
        stage.shows("Search for")
        stage.far.press("Theme")
        stage.shows("Change the colours")
        stage.far.press("\r")
        stage.shows("Search for themes")
        stage.far.press("\x1b[B")
        stage.far.press("\r")
        stage.settled(lambda cells: set(cells) == set(first))

        screen, _ = stage.end("\x11")
        assert not screen.images
        assert not screen.errors


@pytest.mark.parametrize("profile", [KITTY, XTERM], ids=["kitty", "sixel"])
def test_an_editor_gets_a_clean_terminal_and_the_picture_is_there_when_it_ends(
    tmp_path: Path, profile: Profile
) -> None:
    with studio_staged(tmp_path, profile) as stage:
        first = picture(stage)
        held = set(stage.screen.images)
        away = stage.far.total
        stage.far.press("\x1bOS")  # F4, with an editor that ends at once
        stage.far.until(lambda output: b"\x1b[?1049l" in output[away:])
        stage.settled(lambda cells: set(cells) == set(first))
        told = stage.far.output()[away:]
        left = told.index(b"\x1b[?1049l")
        for number in held:
            assert told.index(b"a=d,d=I,i=%d" % number) < left, "the editor would find pictures"
        stage.end("\x11")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("profile", [KITTY, replace(KITTY, file=True)], ids=["kitty", "file"])
def test_a_signal_leaves_no_picture_behind(tmp_path: Path, profile: Profile, number: signal.Signals) -> None:
    with studio_staged(tmp_path, profile) as stage:
        picture(stage)
        stage.far.press("]")
        screen, code = stage.end(number=number)
        assert code == 0
        assert not screen.images
        assert stage.left_over() == b""
        assert not screen.errors


def test_the_trash_takes_the_picture_away_and_its_neighbour_is_there(tmp_path: Path) -> None:
    with studio_staged(tmp_path, KITTY) as stage:
        first = picture(stage)
        stage.far.press("d")
        # The notice in the corner stands before it for a while.
        stage.settled(lambda cells: set(cells) == set(first) and cells != first)
        stage.far.press("d")
        stage.settled(lambda cells: not cells)
        stage.shows("has no take yet")
        stage.end("\x11")


@pytest.mark.parametrize("profile", [KITTY, XTERM], ids=["kitty", "sixel"])
def test_a_key_that_changes_nothing_of_the_picture_sends_nothing_of_it(tmp_path: Path, profile: Profile) -> None:
    with studio_staged(tmp_path, profile) as stage:
        first = picture(stage)
        sent = stage.screen.sent
        for key in ("\r", "\r", "4", "0"):
            assert stage.do(key) < WORDS_ONLY
        assert stage.screen.sent == sent
        assert stage.seen() == first
        stage.end("\x11")


def test_a_take_that_is_seen_again_costs_its_cells_and_no_pixels(tmp_path: Path) -> None:
    with studio_staged(tmp_path, KITTY) as stage:
        first = picture(stage)
        stage.do("]")
        stage.settled(lambda cells: len(cells) == len(first) and cells != first)
        sent = stage.screen.sent
        assert stage.do("[") < 20 * len(first) + WORDS_ONLY
        assert stage.screen.sent == sent
        stage.end("\x11")


@pytest.mark.parametrize("environment", [{"COLORTERM": ""}, {"NO_COLOR": "1"}, {"SSH_CONNECTION": "a 1 b 2"}])
def test_pictures_show_in_256_colours_with_no_color_and_over_ssh(tmp_path: Path, environment: dict[str, str]) -> None:
    with studio_staged(tmp_path, KITTY, env=environment) as stage:
        picture(stage)
        screen, _ = stage.end("\x11")
        assert not screen.errors
        assert not screen.images
    assert os.environ.get("NO_COLOR") is None


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_in_a_real_tmux_the_studio_shows_its_pictures_and_leaves_none(tmp_path: Path) -> None:
    with studio_staged(tmp_path, KITTY, tmux=True) as stage:
        first = picture(stage)
        stage.far.press("?")
        stage.shows("esc closes")
        under = stage.settled(lambda cells: set(cells) < set(first))
        assert under and all(first[spot] == part for spot, part in under.items())
        stage.far.press("\x1b")
        stage.settled(lambda cells: cells == first)
        stage.far.press("]")
        stage.settled(lambda cells: set(cells) == set(first) and cells != first)
        screen, code = stage.end("\x11")
        assert code == 0
        assert not screen.images
        assert stage.left_over() == b""
        assert not screen.errors


@pytest.mark.parametrize("delay", [0.12, 0.4])
def test_on_a_long_way_no_answer_becomes_a_key(tmp_path: Path, delay: float) -> None:
    with studio_staged(tmp_path, replace(KITTY, delay=delay), env={"SSH_CONNECTION": "a 1 b 2"}) as stage:
        first = picture(stage)
        stage.far.press("]")
        stage.settled(lambda cells: set(cells) == set(first) and cells != first)
        assert "6/12 ticked" in stage.text()
        assert "esc closes" not in stage.text()
        screen, code = stage.end("\x11")
        assert code == 0
        assert not screen.images
        assert stage.left_over() == b"", "a late answer would be typed into the shell"


def test_a_page_of_the_grid_shows_every_take_and_frees_them_all(tmp_path: Path) -> None:
    with studio_staged(tmp_path, KITTY) as stage:
        first = picture(stage)
        stage.far.press("v")
        stage.shows("Takes")
        stage.settled(lambda cells: len({part[0] for part in cells.values()}) >= 2)
        stage.far.press("\x1b")
        stage.settled(lambda cells: set(cells) == set(first))
        screen, _ = stage.end("\x11")
        assert not screen.images
        assert not screen.errors
