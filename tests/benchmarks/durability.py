"""What it costs that nothing is lost: jobs through the journal, and starting with thousands of takes and many jobs.

    python -m tests.benchmarks.durability [--rounds 9] [--takes 10000] [--unfinished 200]

Prints, as medians of the rounds and as ratios of the same run: jobs a second from *written* to *stored* through the
journal, alone and through the engine's desk, over bare SQLite appends of the same bytes (write-ahead log,
synchronous=FULL); opening a project that has takes and unfinished jobs over opening an empty one (to reach: 1.1), in
the process and until the screen's first frame stands; and how long after that frame the unfinished jobs are told (to
reach: 50 ms). Nothing is asserted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.compose import Options, open_studio
from studio.config.paths import journal_file
from studio.config.project import Project
from studio.domain.job import Handle, Job, JobState, Provenance
from studio.domain.request import Request
from studio.engine.bus import EventBus
from studio.engine.clock import SystemClock
from studio.engine.desk import Desk
from studio.engine.rescue import Rescue
from studio.library.journal import SqliteJournal
from studio.library.shelf import FolderShelf
from tests.benchmarks.harness.session import Session
from tests.benchmarks.harness.stats import median, ratio
from tests.benchmarks.trial_project import Trial, fill, trial

JOBS = 100
"""Jobs of one round through the journal."""
AT_ONCE = 8
"""Jobs that go through the desk side by side."""
NOWHERE = "http://127.0.0.1:9"
"""An address at which nobody answers: the unfinished jobs stay so while the screen is measured."""
RESULT = '{"images":[{"url":"https://v3.fal.media/files/b/x.png","width":768,"height":1024}],"seed":184467}'
FRAME, TOLD = "Generate", "paid pictures"
"""What stands in the first frame, and in the line that tells of unfinished jobs."""


def life(name: str, seed: int) -> list[Job]:
    """A job in each state from written to stored."""
    request = Request.make("fal-ai/flux-2-flex", {"prompt": "Glitch runs. " * 60, "seed": seed}, seed)
    job = Job(name, request, Provenance("Glitch", "running", "Running at full speed."), created=time.time())
    handle = Handle(name, f"https://q/{name}/status", f"https://q/{name}", f"https://q/{name}/cancel")
    states = [job, job.move(JobState.SENT, 1.0)]
    states.append(states[-1].move(JobState.QUEUED, 2.0, handle=handle))
    states.append(states[-1].move(JobState.RUNNING, 3.0))
    states.append(states[-1].move(JobState.COMPLETED, 4.0, result=RESULT))
    return [*states, states[-1].move(JobState.STORED, 5.0, take="running-001")]


def floor(path: Path, lives: Sequence[Sequence[Job]]) -> float:
    """Jobs a second when each state of each is one durable append of as many bytes, and nothing else."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
    texts = [
        [job.request.body if not number else job.result or job.id for number, job in enumerate(one)] for one in lives
    ]
    begun = time.perf_counter()
    for one in texts:
        for text in one:
            database.execute("INSERT INTO row (text) VALUES (?)", (text,))
    spent = time.perf_counter() - begun
    database.close()
    return len(lives) / spent


def alone(path: Path, lives: Sequence[Sequence[Job]]) -> float:
    """Jobs a second through the journal itself."""
    journal = SqliteJournal(path)
    begun = time.perf_counter()
    for first, *rest in lives:
        journal.write([first])
        for job in rest:
            journal.save(job)
    spent = time.perf_counter() - begun
    journal.close()
    return len(lives) / spent


def at_the_desk(path: Path, lives: Sequence[Sequence[Job]]) -> float:
    """Jobs a second as the engine does it: from the event loop, through the journal's thread, several at a time."""

    async def through() -> float:
        journal = SqliteJournal(path)
        desk = Desk(journal, FolderShelf(path.parent, journal), EventBus(), SystemClock())
        waiting = iter(lives)

        async def take_turns() -> None:
            for first, *rest in waiting:
                await desk.write([first])
                for job in rest:
                    await desk.save(job)

        begun = time.perf_counter()
        await asyncio.gather(*(take_turns() for _ in range(AT_ONCE)))
        spent = time.perf_counter() - begun
        await asyncio.to_thread(desk.close)
        return len(lives) / spent

    return asyncio.run(through())


def leave_unfinished(project: Project, number: int) -> None:
    """Write jobs into a project's journal that are at fal."""
    journal = SqliteJournal(journal_file(project.id))
    for one in range(number):
        for job in life(f"unfinished-{one}", 2_000_000 + one)[:4]:
            if job.state is JobState.WRITTEN:
                journal.write([job])
            else:
                journal.save(job)
    journal.close()


def opening(project: Project) -> tuple[float, float]:
    """Milliseconds to open a project, and then to list what is unfinished."""

    async def listed() -> tuple[float, float]:
        begun = time.perf_counter()
        studio = open_studio(project.folder, Options(needs_key=False))
        opened = time.perf_counter()
        await Rescue(studio.engine.provider, studio.engine.desk).find()
        found = time.perf_counter()
        await studio.close()
        return (opened - begun) * 1000, (found - opened) * 1000

    return asyncio.run(listed())


def on_screen(place: Trial, project: Project, told: bool) -> tuple[float, float]:
    """Milliseconds from the start of the process to the first frame, and from there to the line about the jobs."""
    with Session(place.command(project)) as session:
        session.wait_text(FRAME)
        framed = session.screen_time
        if told:
            session.wait_text(TOLD)
        return (framed - session.started) * 1000, (session.screen_time - framed) * 1000


def throughput(folder: Path, rounds: int) -> str:
    """The lines about jobs a second."""
    ways: dict[str, Callable[[Path, Sequence[Sequence[Job]]], float]] = {
        "bare SQLite": floor,
        "journal": alone,
        "journal at the desk": at_the_desk,
    }
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds):
        lives = [life(f"job-{one}", one) for one in range(JOBS)]
        for name, way in ways.items():
            place = folder / f"{number}-{name.replace(' ', '-')}"
            place.mkdir()
            found[name].append(way(place / "journal.db", lives))
    base = found["bare SQLite"]
    return "\n".join(
        f"{name:<22} {median(values):8.0f} jobs/s   {ratio(values, base):5.2f} of the floor"
        for name, values in found.items()
    )


def starts(place: Trial, rounds: int, takes: int, unfinished: int) -> str:
    """The lines about starting."""
    empty, full = place.glitch("empty"), place.glitch("full")
    fill(full, takes)
    leave_unfinished(full, unfinished)
    os.environ |= {"STUDIO_FAL_URL": NOWHERE, "FAL_KEY": "benchmark:nothing-is-bought"}
    figures: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for name, project in (("empty", empty), ("full", full)):
            opened, listed = opening(project)
            framed, told = on_screen(place, project, told=name == "full" and unfinished > 0)
            if number:  # the first round only fills the caches
                for what, value in (("open", opened), ("list", listed), ("frame", framed), ("told", told)):
                    figures.setdefault(f"{name} {what}", []).append(value)
    lines = [f"with {takes} takes and {unfinished} unfinished jobs, over empty:"]
    for what, words in (("open", "open the project"), ("frame", "first frame on the screen")):
        ours, base = figures[f"full {what}"], figures[f"empty {what}"]
        lines.append(f"{words:<28} {median(ours):7.1f} ms over {median(base):7.1f} ms   ratio {ratio(ours, base):.2f}")
    lines.append(f"{'list the unfinished jobs':<28} {median(figures['full list']):7.1f} ms")
    lines.append(f"{'told after the first frame':<28} {median(figures['full told']):7.1f} ms   (to reach: 50 ms)")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.durability")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--takes", type=int, default=10_000)
    parser.add_argument("--unfinished", type=int, default=200)
    flags = parser.parse_args()
    with trial() as place:
        (place.folder / "journals").mkdir()
        print(throughput(place.folder / "journals", flags.rounds))
        print(starts(place, flags.rounds, flags.takes, flags.unfinished))


if __name__ == "__main__":
    main()
