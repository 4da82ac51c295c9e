"""Killing the studio: at every durable step, in the middle of a rescue, and at random moments."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.audit import Auditor
from tests.faults.report import Row, check, conclude
from tests.faults.world import World, new_world, render_words

STEPS_AT_MOST = 600
"""Where the counting of steps ends when no run survives: something is wrong then."""


def every_step(folder: Path, poses: Sequence[str], *, more: Sequence[str] = (), stride: int = 1, first: int = 1) -> Row:
    """Kill a render at each of its steps in turn, rescue, compare; until a run survives."""
    row = Row(f"every step, {len(poses)} at a time" + (" --pick" if more else ""))
    with new_world(folder, poses) as world:
        auditor = Auditor(world.project)
        trace = folder / "trace"
        for step in range(first, STEPS_AT_MOST, stride):
            trace.unlink(missing_ok=True)
            ended = world.dying({"die": step, "trace": str(trace)}, *render_words(world.project, poses, more))
            row.runs += 1
            place = trace.read_text(encoding="utf-8").splitlines()[-1] if trace.exists() else "nowhere"
            if not ended.killed:
                _expect_success(ended.code, ended.said)
                break
            world.rescue()
            check(world, auditor, row, f"step {step}, {place}")
        else:
            raise AssertionError("no run survived")
        return conclude(world, auditor, row)


def every_step_of_rescue(folder: Path, *, stride: int = 1, first: int = 1) -> Row:
    """Let a job be sent and its answer be lost, kill the rescue at each of its steps in turn, rescue again."""
    row = Row("every step of a rescue")
    with new_world(folder, ["probe"]) as world:
        auditor = Auditor(world.project)
        trace = folder / "trace"
        for step in range(first, STEPS_AT_MOST, stride):
            trace.unlink(missing_ok=True)
            world.dying({"die_at": "provider: after submit"}, *render_words(world.project, ["probe"]))
            ended = world.dying({"die": step, "trace": str(trace)}, "rescue", world.project, "--json")
            row.runs += 1
            place = trace.read_text(encoding="utf-8").splitlines()[-1] if trace.exists() else "nowhere"
            if not ended.killed:
                _expect_success(ended.code, ended.said)
                break
            world.rescue()
            check(world, auditor, row, f"rescue step {step}, {place}")
        else:
            raise AssertionError("no rescue survived")
        return conclude(world, auditor, row)


def random_moments(
    folder: Path, kills: int, dice: random.Random, *, poses: int = 4, how: signal.Signals = signal.SIGKILL
) -> Row:
    """Kill the real program at random moments of a render, and sometimes of the rescue after it."""
    row = Row(f"random moments, {how.name}")
    names = [f"probe{number}" for number in range(poses)]
    with new_world(folder, names, pace=0.02) as world:
        auditor = Auditor(world.project)
        span = _span(world, names)
        for number in range(1, 20 * kills):
            if world.kills >= kills:
                break
            rendering = world.render(*names)
            if dice.random() < 0.7:
                first_sent(rendering)
                interrupted(world, rendering, dice.uniform(0.0, 0.8 * span), how)
            else:
                interrupted(world, rendering, dice.uniform(0.0, span), how)
            while dice.random() < 0.3 and world.kills < kills:
                interrupted(world, world.begin("rescue", world.project, "--json"), dice.uniform(0.05, span / 2), how)
            world.rescue()
            check(world, auditor, row, f"random run {number}")
        return conclude(world, auditor, row)


def _span(world: World, names: Sequence[str]) -> float:
    """Seconds a whole render takes here and now."""
    started = time.monotonic()
    ended = world.end(world.render(*names))
    _expect_success(ended.code, ended.said)
    return time.monotonic() - started


def first_sent(process: subprocess.Popen[str]) -> None:
    """Read what a render tells until its first request leaves; money is at stake from then on."""
    assert process.stdout is not None
    for line in process.stdout:
        if '"sent"' in line:
            return


def interrupted(
    world: World, process: subprocess.Popen[str], after: float, how: signal.Signals = signal.SIGKILL
) -> None:
    """Send a signal to a process that has not ended by then, and wait for it."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(how)
        world.kills += how is not signal.SIGKILL
    world.end(process)


def _expect_success(code: int, said: str) -> None:
    if code != 0:
        raise AssertionError(f"the run that was left alone ended with {code}: {said}")
