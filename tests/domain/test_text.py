"""Foreign text is harmless, and names become file names safely."""

from __future__ import annotations

import pytest

from studio.domain.text import LONGEST_NAME, plain, same_name, slug


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("plain words", "plain words"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "click"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("\x9b2Jwiped", "wiped"),
        ("a\rb\x00c\x08d", "abcd"),
        ("user\u202etxt.exe", "usertxt.exe"),
        ("one\ntwo\u2028three", "one two three"),
        ("half \ud800 surrogate", "half  surrogate"),
        ("\x1bPq#0;sixel\x1b\\x", "x"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
    ],
)
def test_foreign_text_cannot_act_on_the_terminal(foreign: str, shown: str) -> None:
    assert plain(foreign) == shown


def test_long_lines_are_cut_and_say_so() -> None:
    cut = plain("x" * 10_000)
    assert len(cut) == 2_000
    assert cut.endswith("…")


def test_lines_can_be_kept() -> None:
    assert plain("one\ntwo", lines=True) == "one\ntwo"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Hero Stance", "hero-stance"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("CON", "con-"),
        ("a/b\\c:d", "a-b-c-d"),
        ("   ", "untitled"),
        ("…", "untitled"),
        ("跳ぶ", "跳ぶ"),
        ("snake_case name", "snake-case-name"),
    ],
)
def test_names_become_safe_stems(name: str, stem: str) -> None:
    assert slug(name) == stem


def test_stems_fit_a_file_system_whatever_the_script() -> None:
    assert len(slug("ポーズ" * 60).encode()) <= LONGEST_NAME


def test_case_spaces_and_hyphens_are_forgiven() -> None:
    assert same_name("Hero stance", "hero-stance")
    assert not same_name("hero stance", "hero stance 2")
