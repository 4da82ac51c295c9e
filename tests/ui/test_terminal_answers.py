from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.terminal_answers import Answers, parse, questions

KITTY = b"\x1b[6;36;17t\x1b[?2026;2$y\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1bP>|kitty(0.40.1)\x1b\\\x1b[?62;52;c"
WEZTERM = (
    b"\x1b[6;28;13t\x1b[?2026;2$y\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;EBADF:no\x1b\\"
    b"\x1bP>|WezTerm 20240203-110809-5046fc22\x1b\\"
    b"\x1b[?65;4;6;18;22c"
)
FOOT = b"\x1b[6;20;9t\x1b[?2026;2$y\x1bP>|foot(1.20.2)\x1b\\\x1b[?62;4;22;28c"
XTERM = b"\x1b[6;13;6t\x1b[?2026;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"
LINUX = b"\x1b[?6c"
TMUX_KITTY = b"\x1b[6;20;10t\x1b[?1;2c\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;ENOENT\x1b\\\x1bP>|kitty(0.35.2)\x1b\\"


def test_kitty_on_this_machine() -> None:
    assert parse(KITTY) == Answers(True, "kitty(0.40.1)", True, True, False, True, (17, 36))


def test_wezterm_over_a_line_answers_kitty_and_sixel_but_cannot_read_our_files() -> None:
    answers = parse(WEZTERM)
    assert (answers.kitty, answers.kitty_file, answers.sixel) == (True, False, True)
    assert answers.version == "WezTerm 20240203-110809-5046fc22"


def test_foot_draws_sixel_and_knows_nothing_of_kitty() -> None:
    assert parse(FOOT) == Answers(True, "foot(1.20.2)", False, False, True, True, (9, 20))


def test_an_attribute_that_only_contains_a_four_is_not_sixel() -> None:
    assert not parse(XTERM).sixel
    assert not parse(b"\x1b[?64;14;40c").sixel


def test_a_console_answers_hardly_anything() -> None:
    assert parse(LINUX) == Answers(answered=True)


def test_nothing_was_said() -> None:
    assert parse(b"") == Answers()


def test_keys_pressed_meanwhile_do_not_disturb() -> None:
    assert parse(b"gq\x1b[A" + KITTY[:20] + b"x" + KITTY[20:]).kitty


def test_a_cell_without_pixels_is_not_believed() -> None:
    assert parse(b"\x1b[6;0;0t\x1b[?62c").cell is None


@given(st.binary(max_size=200))
def test_no_answer_breaks_the_reading(data: bytes) -> None:
    parse(data)


@pytest.mark.parametrize("tmux", [False, True])
def test_device_attributes_close_the_questions_unless_tmux_hands_them_on(tmux: bool) -> None:
    asked = questions("/tmp/x", tmux=tmux, passthrough=False)
    assert asked.text.endswith(b"\x1b[c")
    assert asked.fence.search(LINUX)
    assert (b"_G" in asked.text) is not tmux


def test_through_tmux_the_name_of_the_outer_terminal_closes_the_questions() -> None:
    asked = questions("/tmp/x", tmux=True, passthrough=True)
    assert asked.text.endswith(b"\x1bPtmux;\x1b\x1b[>q\x1b\\")
    assert not asked.fence.search(TMUX_KITTY[:20])
    assert asked.fence.search(TMUX_KITTY)
    assert parse(TMUX_KITTY).kitty
