"""What goes to the terminal around the screen, and to the desktop."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from studio.ui.around import clipboard, notice
from studio.ui.desktop import command, why_not


def found(name: str) -> str:
    return f"/usr/bin/{name}"


def test_a_text_reaches_the_clipboard_through_tmux_and_screen() -> None:
    packed = base64.b64encode(b"a path").decode()
    assert clipboard("a path", {"TMUX": "/tmp/t"}) == f"\x1bPtmux;\x1b\x1b]52;c;{packed}\a\x1b\\"
    assert clipboard("a path", {"STY": "1.pts"}) == f"\x1bP\x1b]52;c;{packed}\a\x1b\\"
    assert clipboard("a path", {}) == ""


def test_a_very_long_text_is_cut_to_what_terminals_take() -> None:
    assert len(clipboard("x" * 1_000_000, {"TMUX": "t"})) < 100_000


@pytest.mark.parametrize(
    ("environ", "ways"),
    [
        ({"TERM": "foot"}, {"777"}),
        ({"VTE_VERSION": "7800"}, {"777"}),
        ({"TERM_PROGRAM": "iTerm.app"}, {"9"}),
        ({"TERM": "xterm-kitty"}, {"9"}),
        ({"TERM": "xterm-256color"}, {"9", "777"}),
        ({"TMUX": "t", "TERM_PROGRAM": "tmux"}, {"9", "777"}),
    ],
)
def test_a_notice_is_said_as_the_terminal_knows_it(environ: dict[str, str], ways: set[str]) -> None:
    said = notice("Studio", "done", environ)
    assert said.startswith("\a")
    assert {way for way in ("9", "777") if f"\x1b]{way};" in said} == ways


def test_nothing_in_a_name_can_end_a_notice_early() -> None:
    said = notice("Gl\x1bitch;rm", "a\a\x1b]52;c;eHg=\ab", {"TERM_PROGRAM": "iTerm.app"})
    assert said.count("\x1b") == 1 and said.count("\a") == 2


def test_files_are_opened_by_the_desktop_and_folders_shown() -> None:
    path = Path("/work/takes/a.png")
    linux = {"DISPLAY": ":0"}
    assert command(path, linux, "linux", found) == ["/usr/bin/xdg-open", "/work/takes/a.png"]
    assert command(path, linux, "linux", found, reveal=True) == ["/usr/bin/xdg-open", "/work/takes"]
    assert command(path, {}, "darwin", found, reveal=True) == ["open", "-R", "/work/takes/a.png"]


def test_over_ssh_or_without_a_desktop_nothing_is_opened() -> None:
    path = Path("a.png")
    assert command(path, {"DISPLAY": ":0", "SSH_CONNECTION": "x"}, "linux", found) == []
    assert command(path, {"SSH_TTY": "x"}, "darwin", found) == []
    assert command(path, {}, "linux", found) == []
    assert why_not({"SSH_CONNECTION": "x"}, "linux", found) == "over SSH nothing is opened"
    assert why_not({"DISPLAY": ":0"}, "linux", lambda name: None) == "there is no desktop here"
