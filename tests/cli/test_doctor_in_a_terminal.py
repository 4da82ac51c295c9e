"""What `studio doctor` says of a terminal, asked in one."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from studio.cli.terminal_check import line_of
from studio.ui.terminal import Terminal
from studio.ui.terminal_choice import Graphics
from tests.ui.pictures.far_terminal import KITTY, XTERM, FarTerminal, Profile

ROOT = Path(__file__).resolve().parents[2]


def told(folder: Path, profile: Profile, **env: str) -> str:
    """Everything doctor says there, on one line."""
    command = [sys.executable, "-m", "studio", "doctor", str(folder)]
    far = FarTerminal(command, profile, size=(400, 40), env={"PYTHONPATH": str(ROOT)} | env)
    try:
        far.program.wait(20)
        far.quiet(0.1)
        assert far.left_over() == b""
        return " ".join(far.output().decode("utf-8", "replace").split())
    finally:
        far.close()


@pytest.mark.parametrize(
    ("profile", "env", "sentences"),
    [
        (
            KITTY,
            {},
            ["pictures as kitty, because kitty 0.40.1 draws kitty pictures", "it says it draws kitty pictures;"],
        ),
        (replace(KITTY, file=True), {}, ["reads pictures as files"]),
        (KITTY, {"SSH_CONNECTION": "a 1 b 2"}, ["come through SSH: lean first", "Compression yes"]),
        (
            XTERM,
            {"COLORTERM": ""},
            ["pictures as sixel, because XTerm 379", "colours truecolor", "it says it draws sixel"],
        ),
        (Profile("foot(1.20.2)"), {}, ["pictures as octant", "octants are drawn", "it says it draws no pictures"]),
        (Profile(), {"COLORTERM": ""}, ["pictures as half", "colours are 256", "COLORTERM=truecolor"]),
        (KITTY, {"NO_COLOR": "1"}, ["pictures as kitty", "NO_COLOR"]),
    ],
    ids=["kitty", "file", "ssh", "xterm", "octant", "256", "no-color"],
)
def test_it_says_how_pictures_are_drawn_why_and_what_to_change(
    tmp_path: Path, profile: Profile, env: dict[str, str], sentences: list[str]
) -> None:
    words = told(tmp_path, profile, **env)
    for sentence in sentences:
        assert sentence in words


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_in_a_tmux_that_keeps_pictures_to_itself_it_gives_the_command_that_helps(tmp_path: Path) -> None:
    words = told(tmp_path, KITTY, TMUX="/nowhere,1,0", TERM="tmux-256color")
    assert "tmux does not let picture protocols through" in words
    assert "tmux set -g allow-passthrough on" in words


@pytest.mark.parametrize("graphics", [Graphics.OCTANT, Graphics.HALF, Graphics.OFF, Graphics.TEXTUAL_IMAGE])
def test_characters_have_no_line_of_their_own(graphics: Graphics) -> None:
    assert line_of(Terminal(graphics=graphics)) is None
