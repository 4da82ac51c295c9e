"""A signal ends the studio even where the screen is stuck."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

STUCK = """
import asyncio, os, queue, signal
from studio.ui.leaving import leave_on_signals

async def main():
    leave_on_signals(lambda: None, patience=0.2)
    print("ready", flush=True)
    queue.Queue(1).get()  # what a write to a terminal that is gone does to the loop

asyncio.run(main())
"""

POLITE = """
import asyncio
from studio.ui.leaving import leave_on_signals

async def main():
    asked = asyncio.Event()
    leave_on_signals(asked.set)
    print("ready", flush=True)
    await asked.wait()
    print("left", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize(("code", "stuck"), [(STUCK, True), (POLITE, False)])
def test_a_signal_ends_it(code: str, stuck: bool, number: signal.Signals) -> None:
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        said, _ = process.communicate(timeout=8)
        assert process.returncode == (128 + number if stuck else 0)
        assert said == ("" if stuck else "left\n")
