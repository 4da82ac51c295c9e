"""One run of an app that shows pictures, in a scripted terminal: sights, keys meanwhile, bytes."""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.harness.procstat import usage
from tests.benchmarks.trial_project import ROOT
from tests.ui.pictures.far_terminal import FarTerminal, Profile

LAB = "tests.benchmarks.pictures_lab"


@dataclass(frozen=True, slots=True)
class Sight:
    """From the key to the last byte, how many there were, and what it cost the app."""

    ms: float
    bytes: int
    cpu: float
    """Milliseconds of the processor, all threads together, beyond what the app takes when nothing happens."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured; milliseconds."""

    sights: list[Sight]
    base_echo: float
    """The slowest key without a picture."""
    echo: float
    """The slowest key while one loads."""
    handled: float
    """The slowest key until the app had it."""
    stall: float
    """The longest the event loop was busy with one thing, from 8 ms on."""
    revisit: Sight
    prefetched: Sight | None


@dataclass(frozen=True, slots=True)
class Command:
    """A command line peer: what it cost and wrote."""

    wall: float
    cpu: float
    output: bytes


def run(mode: str, pictures: Sequence[Path], profile: Profile, *, graphics: str = "-", ssh: bool = False) -> Run:
    """Three first sights, one while typing, one prepared ahead, one again. Needs five pictures."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        log.touch()
        command = [sys.executable, "-m", LAB, str(log), mode, graphics, *map(str, pictures)]
        env = {"PYTHONPATH": str(ROOT)} | ({"SSH_CONNECTION": "a 1 b 2"} if ssh else {})
        far = FarTerminal(command, profile, size=(100, 50), env=env)
        try:
            far.until(lambda output: b"<K0>" in output)
            far.quiet(0.6)
            return _Session(far, log, ours=mode.startswith("ours")).measured()
        finally:
            far.press("q")
            far.close()


class _Session:
    def __init__(self, far: FarTerminal, log: Path, *, ours: bool) -> None:
        self._ours = ours
        # textual-image can be silent for long in the middle of a picture; ours follows a lean one by a full one.
        self._silence = 0.2 if ours else 0.6
        self._far = far
        self._log = log
        self._count = 0
        self._idle = 0.0
        """Milliseconds of the processor a second, mostly for the counting of late moments."""

    def _used(self) -> float:
        return usage(self._far.program.pid).run_ns / 1e6

    def measured(self) -> Run:
        """Everything, in order."""
        used = self._used()
        time.sleep(0.5)
        self._idle = (self._used() - used) / 0.5
        sights = [self._sight("n") for _ in range(3)]
        base, _ = self._echo(0.6)
        start = self._far.press("n")
        span = max(0.4, sights[-1].ms / 1000 * 1.3)
        echo, handled = self._echo(span)
        self._far.quiet(0.5, 60)
        stalls = [one["ms"] for one in self._events() if one["event"] == "stall" and start < one["at"] < start + span]
        prefetched = None
        if self._ours:
            self._far.press("p")
            time.sleep(1.0)
            prefetched = self._sight("n")
        return Run(sights, base, echo, handled, max(stalls, default=0.0), self._again(), prefetched)

    def _again(self) -> Sight:
        self._far.quiet(0.5, 60)
        sight = self._sight("b")
        self._far.quiet(0.5, 60)
        return sight

    def _sight(self, key: str) -> Sight:
        """All that comes until there is silence for a while."""
        used, since = self._used(), time.monotonic()
        before, at = self._far.total, self._far.press(key)
        while self._far.total == before and time.monotonic() - at < 30:
            time.sleep(0.001)
        last = self._far.quiet(self._silence, 60)
        size = self._far.total - before
        cpu = self._used() - used - self._idle * (time.monotonic() - since)
        self._far.quiet(0.6, 60)
        return Sight((last - at) * 1000, size, cpu)

    def _echo(self, seconds: float) -> tuple[float, float]:
        """The slowest of many keys until it is seen, and until it is handled."""
        pressed: dict[int, float] = {}
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            self._count += 1
            pressed[self._count] = self._far.press("x")
            time.sleep(0.01)
        self._far.until(lambda output: b"<K%d>" % self._count in output, 60, since=start)
        seen: dict[int, float] = {}
        for at, data in self._far.log:
            if at >= start:
                for match in re.finditer(rb"<K(\d+)>", data):
                    seen.setdefault(int(match[1]), at)
        slowest = 0.0
        for number, when in pressed.items():
            later = [at for value, at in seen.items() if value >= number]
            slowest = max(slowest, min(later) - when)
        handled = [one["at"] for one in self._events() if one["event"] == "key" and one["key"] == "x"]
        taken = max(handled[number - 1] - when for number, when in pressed.items())
        return slowest * 1000, taken * 1000

    def _events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log.read_text().splitlines()]


def command(argv: Sequence[str], profile: Profile) -> Command:
    """A command in a terminal of 100 × 50 cells that answers what it asks."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    far = FarTerminal(argv, profile, size=(100, 50))
    far.program.wait(60)
    wall = time.monotonic() - start
    far.quiet(0.05)
    far.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Command(wall * 1000, cpu * 1000, far.output())
