from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.pictures.far_terminal import KITTY, Profile
from tests.ui.pictures.stage import shows, staged

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]
CELLS = 28 * 14
UNDER_MODAL = CELLS - 12 * 4
PLACEHOLDERS = 28 * 14 * 16
"""Bytes of the cells themselves, about."""


@pytest.mark.parametrize(
    ("profile", "env"),
    [
        (KITTY, {}),
        (replace(KITTY, file=True), {}),
        (KITTY, {"COLORTERM": ""}),
        (KITTY, {"NO_COLOR": "1"}),
        (KITTY, {"SSH_CONNECTION": "a 1 b 2", "COLORTERM": ""}),
    ],
    ids=["direct", "file", "256-colours", "no-color", "ssh"],
)
def test_a_picture_stands_before_under_and_after_everything(
    tmp_path: Path, profile: Profile, env: dict[str, str]
) -> None:
    with staged(tmp_path, profile, env=env) as stage:
        first = stage.do("n")
        stage.until(shows(0, CELLS))
        stage.do("m")
        assert stage.screen.picture_cells() == UNDER_MODAL
        stage.do("\x1b")
        assert stage.screen.picture_cells() == CELLS
        assert stage.do("v") < PLACEHOLDERS
        assert stage.screen.picture_cells() == 0
        assert stage.do("v") < 3 * PLACEHOLDERS, "shown again without sending it again"
        assert stage.screen.picture_cells() == CELLS
        stage.do("n")
        stage.until(shows(1, CELLS))
        again = stage.do("b")
        assert again < 2 * PLACEHOLDERS
        if not profile.file:
            assert again < first / 2
        stage.resize(50, 20)
        stage.until(shows(0, 36 * 18))
        stage.do("d")
        assert not stage.screen.images, "a view that is gone leaves nothing"
        screen, report = stage.leave()
    assert not screen.errors + screen.broken
    assert report.endswith("[] 0"), "an answer became a key"
    assert report.startswith("kitty kitty")


@pytest.mark.parametrize("delay", [0.0, 0.12, 0.4])
def test_pictures_on_a_line_with_late_answers_leave_no_keys_and_no_pictures_behind(
    tmp_path: Path, delay: float
) -> None:
    with staged(tmp_path, replace(KITTY, delay=delay, rate=2e6)) as stage:
        for _ in range(3):
            stage.do("n")
        stage.until(shows(2, CELLS))
        screen, report = stage.leave()
        assert not screen.images
        assert not screen.errors
        assert report.endswith("[] 0")
        assert stage.left_over() == b"", "a late answer would be typed into the shell"


def test_a_lean_picture_becomes_a_full_one_when_it_is_looked_at(tmp_path: Path) -> None:
    with staged(tmp_path, KITTY, env={"SSH_CONNECTION": "a 1 b 2"}) as stage:
        stage.far.press("n")
        screen = stage.until(lambda screen: len(screen.sizes) == 2)
        assert screen.sizes == [(140, 140), (280, 280)]
        full = max(screen.images)
        screen = stage.until(lambda screen: (screen.shown(20, 8) or (0,))[0] == full)
        assert screen.picture_cells() == CELLS


def test_in_tmux_every_command_comes_through_and_the_terminal_around_it_shows_the_picture(tmp_path: Path) -> None:
    with staged(tmp_path, KITTY, graphics="kitty", env={"TMUX": "/nowhere,1,0", "TERM": "tmux-256color"}) as stage:
        stage.do("n")
        stage.until(lambda screen: screen.picture_cells() == CELLS)
        assert b"\x1bPtmux;\x1b\x1b_Ga=T" in stage.far.output()
        screen, _ = stage.leave()
        assert not screen.images
        assert not screen.errors


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_real_tmux_hands_the_pictures_on(tmp_path: Path) -> None:
    with staged(tmp_path, KITTY, tmux=True) as stage:
        stage.do("n")
        stage.until(shows(0, CELLS))
        stage.do("n")
        stage.until(shows(1, CELLS))
        stage.do("m")
        stage.until(lambda screen: screen.picture_cells() == UNDER_MODAL)
        stage.do("\x1b")
        stage.until(shows(1, CELLS))
        screen, report = stage.leave()
        assert not screen.images
        assert not screen.errors
        assert stage.left_over() == b""
    assert report.startswith("kitty kitty (direct, through tmux)")
    assert report.endswith("[] 0")


def test_going_through_pictures_quickly_sends_few_of_them(tmp_path: Path) -> None:
    with staged(tmp_path, replace(KITTY, rate=1e6, delay=0.02)) as stage:
        stage.far.press("nnnn")
        screen = stage.until(shows(3, CELLS))
        assert screen.sent <= 2
        assert len(screen.images) <= 2


def test_whoever_gets_the_terminal_meanwhile_finds_no_pictures_and_they_come_back(tmp_path: Path) -> None:
    with staged(tmp_path, KITTY) as stage:
        stage.do("n")
        number = stage.until(shows(0, CELLS)).shown(20, 8)
        assert number is not None
        away = stage.far.total
        stage.do("s")
        stage.until(shows(0, CELLS))
        told = stage.far.output()[away:]
        deletion = told.index(b"a=d,d=I,i=%d" % number[0])
        assert deletion < told.index(b"\x1b[?1049l"), "pictures belong to the screen that is left"
        _, report = stage.leave()
        assert not stage.screen.images
    assert report.endswith("[] 0")


@pytest.mark.parametrize("file", [False, True], ids=["direct", "file"])
def test_an_app_that_breaks_leaves_no_picture_and_no_answer_behind(tmp_path: Path, file: bool) -> None:
    with staged(tmp_path, replace(KITTY, file=file)) as stage:
        stage.do("n")
        stage.until(shows(0, CELLS))
        stage.far.press("nx")
        stage.far.program.wait(10)
        stage.far.quiet(0.1)
        assert (tmp_path / "report").read_text().endswith("] 1")
        assert "broken on purpose" in stage.far.output().decode()
        assert not stage.screen.images
        assert not stage.screen.errors
        assert stage.left_over() == b""


def test_a_picture_that_is_scrolled_shows_the_right_rows_and_is_not_sent_again(tmp_path: Path) -> None:
    with staged(tmp_path, KITTY, env={"TALL": "1"}) as stage:
        stage.do("n")
        whole = stage.until(shows(0, CELLS))
        sent, left = whole.sent, whole.shown(6, 1)
        assert left is not None
        for key, hidden in (("j", 2), ("j", 4), ("i", 2), ("i", 0)):
            assert stage.do(key) < 3 * PLACEHOLDERS
            screen = stage.screen
            assert screen.picture_cells() == 28 * (14 - hidden)
            assert screen.shown(6, 1) == (left[0], hidden, 0)
        assert stage.screen.sent == sent
