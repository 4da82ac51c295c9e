"""Ctrl+C, SIGTERM and a hung-up line in the middle of a run: nothing paid is lost, and it is said."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from studio.domain.job import Handle
from studio.domain.request import Request
from tests.cli.conftest import Call, Fal
from tests.fakes.provider import FakeProvider


class FakeInterruptedProvider(FakeProvider):
    """A fal that accepts one request, whereupon the studio gets a signal."""

    def __init__(self, number: signal.Signals) -> None:
        super().__init__(hold=True)
        self._number = number

    async def submit(self, request: Request) -> Handle:
        handle = await super().submit(request)
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), self._number)
        return handle


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=lambda one: str(one)
)
def test_a_signal_closes_cleanly_and_rescue_fetches_the_rest(
    call: Call, project: Path, fal: Fal, number: signal.Signals, code: int
) -> None:
    fal.provider = FakeInterruptedProvider(number)
    said = call("render", project, "--yes", "--pose", "running")
    assert said.code == code
    assert said.err.count("\n") == 1 and "1 job goes on at fal" in said.err and "studio rescue" in said.err
    assert said.lines[-1]["event"] == "summary" and said.lines[-1]["stored"] == 0
    assert [line["state"] for line in call("jobs", project).lines] == ["queued"]

    later = fal.provider = FakeProvider()
    later.push("fake-1", later.completed("fake-1"))
    rescued = call("rescue", project)
    assert rescued.code == 0 and len(rescued.events("stored")) == 1
    assert later.submitted == []


def test_what_was_not_sent_cost_nothing_and_is_said(call: Call, project: Path, fal: Fal) -> None:
    fal.provider = FakeInterruptedProvider(signal.SIGINT)
    said = call("render", project, "--yes", "--takes", "2")
    assert said.code == 130
    assert "were not sent and cost nothing" in said.err
    assert fal.sent <= 2


def test_signals_are_as_before_afterwards(call: Call, project: Path, fal: Fal) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    call("render", project, "--yes", "--pose", "running")
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before
