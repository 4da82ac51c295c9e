"""Each log line once, whichever way a server tells it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.ports import LogLine
from studio.providers.fal.log_tail import LogTail


def line(message: str, at: int | None = None) -> dict[str, Any]:
    return {"message": message} if at is None else {"message": message, "timestamp": f"t{at}", "level": "INFO"}


def words(*given: tuple[LogLine, ...]) -> list[str]:
    return [one.message for lines in given for one in lines]


stamped = st.lists(st.sampled_from(["step", "load", "done"]), max_size=12).map(
    lambda names: [line(name, at) for at, name in enumerate(names)]
)


@given(stamped, st.lists(st.integers(0, 12), max_size=6))
def test_a_server_that_repeats_everything(log: list[dict[str, Any]], cuts: list[int]) -> None:
    tail = LogTail()
    told = [tail.streamed(log[:cut]) for cut in sorted(cuts)] + [tail.streamed(log)]
    assert words(*told) == [one["message"] for one in log]


@given(stamped, st.lists(st.integers(0, 12), max_size=6))
def test_a_server_that_sends_new_lines_only(log: list[dict[str, Any]], cuts: list[int]) -> None:
    tail = LogTail()
    edges = [0, *sorted(min(cut, len(log)) for cut in cuts), len(log)]
    told = [tail.streamed(log[start:end]) for start, end in pairwise(edges)]
    assert words(*told) == [one["message"] for one in log]


@given(stamped, st.integers(0, 12), st.integers(0, 12), st.booleans())
def test_a_switch_to_polling_and_back(log: list[dict[str, Any]], first: int, second: int, repeats: bool) -> None:
    first, second = sorted((min(first, len(log)), min(second, len(log))))
    tail = LogTail()
    told = [tail.streamed([one]) for one in log[:first]]
    told.append(tail.polled(log[:second]))
    tail.connected()
    told.append(tail.streamed(log[: second + 1] if repeats else log[second : second + 1]))
    told.append(tail.streamed(log if repeats else log[second + 1 :]))
    told.append(tail.polled(log))
    assert words(*told) == [one["message"] for one in log]


def test_identical_lines_without_a_time_are_counted_when_the_log_grows() -> None:
    tail = LogTail()
    tick = line("tick")
    told = [tail.streamed([tick]), tail.streamed([tick, tick]), tail.streamed([tick, tick, tick])]
    assert [len(lines) for lines in told] == [1, 1, 1]


def test_identical_lines_without_a_time_are_given_out_once_the_server_shows_its_way() -> None:
    tail = LogTail()
    told = [tail.streamed([line(name)]) for name in ("tick", "tick", "tick", "tock")]
    assert words(*told) == ["tick", "tick", "tick", "tock"]


def test_a_server_that_keeps_only_the_last_lines() -> None:
    tail = LogTail()
    log = [line(f"step {n}", n) for n in range(10)]
    told = [tail.streamed(log[max(0, n - 3) : n]) for n in range(1, 11)]
    assert words(*told) == [one["message"] for one in log]


def test_a_stream_that_begins_with_an_old_state_repeats_nothing() -> None:
    tail = LogTail()
    log = [line(f"step {n}", n) for n in range(4)]
    told = [tail.polled(log[:3])]
    tail.connected()
    told += [tail.streamed(log[:1]), tail.streamed(log[:3]), tail.streamed(log)]
    assert words(*told) == [one["message"] for one in log]


@pytest.mark.parametrize("logs", [None, {"message": "x"}, "text", 5])
def test_logs_that_are_no_list_are_no_lines(logs: object) -> None:
    tail = LogTail()
    assert tail.streamed(logs) == tail.polled(logs) == ()


def test_lines_are_harmless_and_may_lack_everything() -> None:
    tail = LogTail()
    lines = tail.polled([{"message": "\x1b]0;owned\x07red\u202e", "level": None}, {}, "no line", {"message": 5}])
    assert [one.message for one in lines] == ["red", "", "5"]
