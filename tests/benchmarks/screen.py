"""The screen against the least Textual app, both in the same scripted pty, in one run.

    python -m tests.benchmarks.screen [--rounds 9] [--terminal plain|kitty]

Prints start-up, memory, bytes, key to paint (at rest, and with 8 and 128 jobs whose logs stream and whose pictures
arrive, and in a grid of ten thousand takes), idle CPU, and start-up with ten thousand takes over start-up with none;
beside each figure what it should reach. Nothing is asserted.
It needs Linux (/proc, chrt). On a machine that others use, trust the ratios and look at the floor's own p99.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from studio.config.project import Project
from tests.benchmarks.harness.measures import Effect, Press, Start, cold_start, first_key, idle_percent, press
from tests.benchmarks.harness.session import Session
from tests.benchmarks.harness.stats import median, quantile, ratio
from tests.benchmarks.trial_project import ROOT, Trial, fill, tick, trial

CONCURRENCY = 32
LOADS = {8: 8, 128: CONCURRENCY}
"""Jobs of a plan, and how many of them run at a time."""
TICKED = 8
MANY = 10_000
KEYS_AT_REST, KEYS_UNDER_LOAD = 60, 200
IDLE_SECONDS = 5.0
FRAME = 1000 / 60
"""Milliseconds of a frame."""


@dataclass(frozen=True, slots=True)
class Program:
    """One of the programs that are compared."""

    name: str
    command: Sequence[str]
    text: str
    """Stands in its first frame."""
    key: str
    """The first key that is pressed, and what shows that it was taken."""
    effect: Effect
    starts: list[Start] = field(default_factory=list)
    first_keys: list[float] = field(default_factory=list)


class Bench:
    """Opens sessions on one kind of terminal."""

    def __init__(self, trial: Trial, terminal: str) -> None:
        self.trial = trial
        self.terminal = terminal
        self.pause = random.Random(1)

    def session(self, command: Sequence[str], *, keep: bool = False) -> Session:
        """A program in the pty of 120 by 36 cells."""
        return Session(command, profile=self.terminal, keep=keep)

    def minimal(self) -> Program:
        """The floor."""
        command = [sys.executable, "-m", "tests.benchmarks.minimal"]
        return Program("minimal", command, "Item number 0", "x", typed("x"))

    def studio(self, name: str, project: Project) -> Program:
        """The studio on a project."""
        # A slow start takes the same key several times: any pose but the first will do.
        moved = under_cursor(*(pose.name for pose in project.poses[1:]))
        return Program(name, self.trial.command(project), "Generate", "down", moved)

    @contextmanager
    def opened(self, program: Program) -> Iterator[Session]:
        """A session whose program has come to rest. A terminal that is not read gives no answers, so no other is
        started before.
        """
        with self.session(program.command) as session:
            session.wait_text(program.text)
            session.drain(2.0)
            session.settle()
            yield session

    def starts(self, programs: Sequence[Program], rounds: int) -> None:
        """Cold starts of all programs in turn, so that a slow spell of the machine hits all alike."""
        for number in range(rounds + 1):
            for program in programs:
                with self.session(program.command, keep=True) as session:
                    start = cold_start(session, program.text)
                with self.session(program.command) as session:
                    key = first_key(session, program.text, program.key, program.effect)
                if number:  # the first round only fills the caches
                    program.starts.append(start)
                    program.first_keys.append(key)

    def moves(self, session: Session, project: Project, count: int, end: Effect | None = None) -> list[Press]:
        """Down and up the pose list, each key until the cursor is on the pose; stops when `end` is seen."""
        names = [pose.name for pose in project.poses]
        steps = [*(("down", name) for name in names[1:]), *(("up", name) for name in names[-2::-1])]
        presses = []
        for number in range(count):
            key, name = steps[number % len(steps)]
            if end is not None and end(session.screen):
                break
            presses.append(press(session, key, under_cursor(name), self.pause))
        return presses

    def floor_moves(self, session: Session, count: int) -> list[Press]:
        """Down and up the floor's list, each key until anything changes."""
        session.key("tab")
        session.settle()
        steps = [*["down"] * 11, *["up"] * 11]
        return [press(session, steps[number % 22], changed(session), self.pause) for number in range(count)]

    def letters(self, session: Session, count: int) -> list[Press]:
        """Type into the field that has the focus, and take it back."""
        presses = []
        for number in range(count):
            word = "runnin"[: number % 6 + 1]
            presses.append(press(session, word[-1], typed(word), self.pause))
            if len(word) == 6:
                for _ in word:
                    session.key("backspace")
                session.settle(0.1)
        return presses


def under_cursor(*names: str) -> Effect:
    """The cursor of the pose list is on one of the poses."""
    return lambda screen: any(f" {name} " in line for line in screen.lines() if line.startswith("│▌") for name in names)


def typed(word: str) -> Effect:
    """A field holds the word, in or beside its frame."""
    field = re.compile(rf"[ │▊]{word} ")
    return lambda screen: field.search(screen.text()) is not None


@contextmanager
def nice_sandbox() -> Iterator[str]:
    """A sandbox that works on all jobs at once and draws only while nobody else wants the processor, because at fal
    drawing takes nothing from this machine. Gives its address.
    """
    command = ["chrt", "--idle", "0", sys.executable, "-m", "studio.sandbox", "--concurrency", str(CONCURRENCY)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().split()[1] if server.stdout else ""
        finally:
            server.kill()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure and what it should be at most; None where nothing is asked."""

    what: str
    figure: float
    target: float | None = None
    unit: str = "×"
    note: str = ""

    def line(self) -> str:
        """The row as text, marked where the target is missed."""
        target = "" if self.target is None else f"{self.target:.2f}"
        missed = "" if self.target is None or self.figure <= self.target else "MISSED"
        return f"{self.what:<44}{self.figure:>8.2f} {self.unit:<3}{target:>7}  {missed:<8}{self.note}"


def effects(presses: Sequence[Press]) -> list[float]:
    """Milliseconds of the keys that had an effect."""
    return [one.effect for one in presses if one.effect is not None]


def starting(bench: Bench, rounds: int) -> list[Row]:
    """Start-up of the floor, of a new project, of one with a take for each pose, and of one with ten thousand."""
    new, one_each, full = (bench.trial.glitch(name) for name in ("new", "few", "many"))
    fill(one_each, len(one_each.poses))
    fill(full, MANY)
    floor, ours = bench.minimal(), bench.studio("studio", new)
    few, many = bench.studio("few", one_each), bench.studio("many", full)
    bench.starts([floor, ours, few, many], rounds)

    def row(what: str, over: Program, under: Program, part: str, target: float | None) -> Row:
        above, below = ([getattr(start, part) for start in one.starts] for one in (over, under))
        return Row(what, ratio(above, below), target, note=f"{median(above):.0f} / {median(below):.0f}")

    def key_row(what: str, over: Program, under: Program, target: float | None) -> Row:
        above, below = over.first_keys, under.first_keys
        return Row(what, ratio(above, below), target, note=f"{median(above):.0f} / {median(below):.0f}")

    return [
        row("start to painted, ms", ours, floor, "painted", 1.30),
        key_row("start to first key, ms", ours, floor, 1.30),
        row("CPU of the start, ms", ours, floor, "cpu", None),
        row("peak memory, MiB", ours, floor, "rss_mib", None),
        row("peak memory with 10,000 takes, MiB", many, floor, "rss_mib", 1.80),
        row("bytes of the start", ours, floor, "bytes", None),
        row("first frame, 10,000 takes over none, ms", many, ours, "frame", 1.10),
        row("painted with picture, 10,000 takes over 12", many, few, "painted", 1.10),
        key_row("first key, 10,000 takes over 12, ms", many, few, 1.10),
    ]


def at_rest(bench: Bench) -> list[Row]:
    """Keys and quiet while nothing runs."""
    project = bench.trial.glitch("rest")
    floor, ours = bench.minimal(), bench.studio("studio", project)
    with bench.opened(floor) as low, bench.opened(ours) as high:
        idle = [idle_percent(session, IDLE_SECONDS) for session in (low, high)]
        typed = [bench.letters(low, KEYS_AT_REST)]
        moved = [bench.floor_moves(low, KEYS_AT_REST)]
        moved.append(bench.moves(high, project, KEYS_AT_REST))
        high.key("/")
        high.settle()
        filtering = effects(bench.letters(high, KEYS_AT_REST))
        high.key("escape")
        high.settle()
        high.key("n")
        high.settle()
        typed.append(bench.letters(high, KEYS_AT_REST))
    rows = [Row("idle CPU, per cent of a core", idle[1] / idle[0], 1.20, note=f"{idle[1]:.2f} / {idle[0]:.2f}")]
    for what, (below, above) in (("move", moved), ("letter", typed)):
        low_ms, high_ms = effects(below), effects(above)
        note = f"{median(high_ms):.1f} / {median(low_ms):.1f}; {len(high_ms)} and {len(low_ms)} keys"
        rows.append(Row(f"key to paint, {what}, p50, ms", ratio(high_ms, low_ms), 1.50, note=note))
        rows.append(Row(f"key to paint, {what}, p99, ms", quantile(high_ms, 0.99), 33.0, "ms"))
        sizes = [[float(one.bytes) for one in presses] for presses in (above, below)]
        note = f"{median(sizes[0]):.0f} / {median(sizes[1]):.0f}"
        rows.append(Row(f"bytes of a key, {what}", ratio(*sizes), 1.50, note=note))
    rows.append(Row("key to paint, filter, p99, ms", quantile(filtering, 0.99), FRAME, "ms"))
    return rows


def changed(session: Session) -> Effect:
    """Anything that can be seen is not as it is now."""
    before = session.screen.snapshot()
    return lambda screen: screen.differs(before)


def floor_beside(terminal: str) -> list[float]:
    """Milliseconds of moves in the floor; for a process of its own, beside a studio under load."""
    with trial() as place:
        bench = Bench(place, terminal)
        with bench.opened(bench.minimal()) as session:
            return effects(bench.floor_moves(session, KEYS_UNDER_LOAD))


def under_load(bench: Bench, jobs: int, at_once: int) -> list[Row]:
    """Keys while jobs stream their logs and pictures come, and at the same time in a floor that has nothing to do."""
    settings = f"takes = {jobs // TICKED}\nconcurrency = {at_once}"
    project = bench.trial.glitch(f"load-{jobs}", settings)
    tick(project, TICKED)
    spawn = multiprocessing.get_context("spawn")
    with nice_sandbox() as address, ProcessPoolExecutor(1, mp_context=spawn) as beside:
        env = {"FAL_KEY": "made:up", "STUDIO_FAL_URL": address}
        command = bench.trial.command(project)
        with Session(command, profile=bench.terminal, env=env) as session:
            session.wait_text("Generate")
            session.settle()
            session.key("ctrl+g")
            session.wait_text("This costs money")
            session.key("y")
            session.wait_text(f"{at_once} running")
            floor = beside.submit(floor_beside, bench.terminal)
            presses = bench.moves(session, project, KEYS_UNDER_LOAD, lambda screen: " idle " in screen.lines()[0])
            head = session.screen.lines()[0].split("  ")[-1].strip()
            used = session.usage().peak_rss_kib / 1024
            session.drain(5.0)
            below = floor.result()
    took = effects(presses)
    note = f"{median(took):.1f} / {median(below):.1f}; {len(took)} of {len(presses)} keys; at the end {head}"
    late = f"the floor beside it: {quantile(below, 0.99):.1f}"
    return [
        Row(f"key to paint, move, {jobs} jobs, p50, ms", ratio(took, below), 1.50, note=note),
        Row(f"key to paint, move, {jobs} jobs, p99, ms", quantile(took, 0.99), 33.0, "ms", note=late),
        Row(f"peak memory, {jobs} jobs, MiB", used, None, "MiB"),
    ]


def in_the_grid(bench: Bench) -> list[Row]:
    """Keys in a grid of ten thousand takes, by row and by page, while its pictures come."""
    project = bench.trial.glitch("grid")
    fill(project, MANY)
    with bench.opened(bench.minimal()) as low, bench.opened(bench.studio("grid", project)) as high:
        below = effects(bench.floor_moves(low, KEYS_AT_REST))
        for key in ("v", "w", "w"):
            high.key(key)
            high.settle()
        high.wait_text(f"/{MANY}")
        took = {}
        # The take that was shown is the last one, so the way leads up first.
        for what, there, back in (("row", "up", "down"), ("page", "pageup", "pagedown")):
            keys = [*[there] * (KEYS_AT_REST // 2), *[back] * (KEYS_AT_REST // 2)]
            took[what] = effects([press(high, key, head_changed(high), bench.pause) for key in keys])
        used = high.usage().peak_rss_kib / 1024
    rows = []
    for what, ms in took.items():
        note = f"{median(ms):.1f} / {median(below):.1f}; {len(ms)} keys"
        rows.append(Row(f"grid of 10,000, {what}, p50, ms", ratio(ms, below), 1.50, note=note))
        rows.append(Row(f"grid of 10,000, {what}, p99, ms", quantile(ms, 0.99), 33.0, "ms"))
    return [*rows, Row("peak memory, grid of 10,000, MiB", used, None, "MiB")]


def head_changed(session: Session) -> Effect:
    """The first row, where the number of the take stands, is another one."""
    before = session.screen.lines()[0]
    return lambda screen: screen.lines()[0] != before


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--terminal", choices=("plain", "kitty"), default="plain")
    parser.add_argument("--only", choices=("start", "rest", "load", "grid"))
    options = parser.parse_args()
    print(f"{'ours over the minimal app':<44}{'':>8}    to reach          ours / floor")
    with trial() as place:
        bench = Bench(place, options.terminal)
        if options.only in (None, "start"):
            show(starting(bench, options.rounds))
        if options.only in (None, "rest"):
            show(at_rest(bench))
        if options.only in (None, "load"):
            for jobs, at_once in LOADS.items():
                show(under_load(bench, jobs, at_once))
        if options.only in (None, "grid"):
            show(in_the_grid(bench))


def show(rows: Sequence[Row]) -> None:
    """Print rows as soon as they are there."""
    for row in rows:
        print(row.line(), flush=True)


if __name__ == "__main__":
    main()
