from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.pictures.far_terminal import XTERM, Profile
from tests.ui.pictures.stage import shows, staged

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]
CELLS = 28 * 14
WEZTERM = replace(XTERM, name="WezTerm 20240203-110809", kitty=True)


@pytest.mark.parametrize(
    ("profile", "env", "name"),
    [
        (XTERM, {}, "sixel sixel over quadrant cells"),
        (WEZTERM, {}, "iterm iterm over sextant cells"),
        (XTERM, {"SSH_CONNECTION": "a 1 b 2"}, "sixel sixel over quadrant cells"),
        (XTERM, {"COLORTERM": "", "NO_COLOR": "1"}, "sixel sixel over quadrant cells"),
        (replace(XTERM, name="XTerm(320)"), {"COLORTERM": ""}, "sixel sixel over half cells"),
    ],
    ids=["sixel", "iterm", "ssh", "no-color", "256-colours"],
)
def test_pixels_stand_where_nothing_is_in_front_and_come_back(
    tmp_path: Path, profile: Profile, env: dict[str, str], name: str
) -> None:
    with staged(tmp_path, profile, env=env) as stage:
        stage.do("n")
        stage.until(shows(0, CELLS))
        stage.do("m")
        stage.until(lambda screen: screen.picture_cells() == 0)
        stage.do("\x1b")
        stage.until(shows(0, CELLS))
        stage.do("t")
        stage.until(shows(0, CELLS))
        stage.do("v")
        assert stage.screen.picture_cells() == 0
        stage.do("v")
        stage.until(shows(0, CELLS))
        stage.do("n")
        stage.until(shows(1, CELLS))
        stage.do("b")
        stage.until(shows(0, CELLS))
        stage.resize(50, 20)
        stage.until(shows(0, 36 * 18))
        stage.do("d")
        assert stage.screen.picture_cells() == 0
        screen, report = stage.leave()
        assert stage.left_over() == b""
    assert not screen.errors
    assert report.startswith(name)
    assert report.endswith("[] 0"), "an answer became a key"


def test_a_key_that_changes_nothing_of_the_picture_sends_nothing_of_it(tmp_path: Path) -> None:
    with staged(tmp_path, XTERM) as stage:
        stage.do("n")
        sent = stage.until(shows(0, CELLS)).sent
        stage.far.press("z")
        stage.far.quiet(0.3)
        assert stage.screen.sent == sent


def test_a_picture_that_is_scrolled_is_symbols_while_a_part_is_hidden_and_pixels_again_when_all_is_seen(
    tmp_path: Path,
) -> None:
    with staged(tmp_path, XTERM, env={"TALL": "1"}) as stage:
        stage.do("n")
        stage.until(shows(0, CELLS))
        for key in "jj":
            stage.do(key)
            stage.until(lambda screen: screen.picture_cells() == 0)
        stage.do("i")
        stage.do("i")
        stage.until(shows(0, CELLS))
        assert not stage.screen.errors
