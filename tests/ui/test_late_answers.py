"""An answer of the terminal that comes late is swallowed, however it is cut up; keys are not."""

from __future__ import annotations

import pytest
from textual import events

from studio.ui.late_answers import HELD, OWED_FOR, LateAnswers
from studio.ui.quiet_input import QuietParser

ANSWERS = (
    "\x1b[?62;52;c",
    "\x1b[6;36;17t",
    "\x1bP>|kitty(0.40.1)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b]11;rgb:0000/0000/0000\x07",
)
KEYS = ("p", "\x1b", "\x1b[A", "\x1b[6~", "\x1b[1;5C", "\x1b[<0;10;5M", "\x1bOP", "\x1b[97;5u", "\x1b[12;40R", "x\r")


class FakeSeconds:
    """A clock for one test."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("key", ["p", "\x1b[A", ""])
def test_an_answer_cut_anywhere_leaves_only_the_keys_around_it(answer: str, key: str) -> None:
    whole = f"{key}{answer}{key}"
    for at in range(len(whole) + 1):
        late = LateAnswers(FakeSeconds())
        assert late.rest_of(whole[:at]) + late.rest_of(whole[at:]) == key + key


@pytest.mark.parametrize("answers", ["".join(ANSWERS)])
def test_answers_that_come_letter_by_letter_are_swallowed(answers: str) -> None:
    late = LateAnswers(FakeSeconds())
    assert "".join(late.rest_of(letter) for letter in answers) == ""


@pytest.mark.parametrize("key", KEYS)
def test_keys_come_through_at_once_or_after_a_moment(key: str) -> None:
    clock = FakeSeconds()
    late = LateAnswers(clock)
    said = late.rest_of(key)
    assert late.overdue() == ""
    clock.now += HELD
    assert said + late.overdue() == key


def test_after_a_minute_nothing_is_held_back() -> None:
    clock = FakeSeconds()
    late = LateAnswers(clock)
    clock.now += OWED_FOR + 1
    assert late.rest_of("\x1b") == "\x1b"


def test_textual_hears_keys_and_mode_reports_and_no_answer() -> None:
    parser = QuietParser()
    heard = [message for data in ("".join(ANSWERS), "p", "\x1b[?2026;2$y") for message in parser.feed(data)]
    assert [message.key for message in heard if isinstance(message, events.Key)] == ["p"]
    assert [type(message).__name__ for message in heard] == ["Key", "TerminalSupportsSynchronizedOutput"]
