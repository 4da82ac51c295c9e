"""One artist's world for the campaign: a project, a home, a fal of its own, and the real commands in real processes."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.domain.job import JobState
from studio.library.journal import SqliteJournal
from tests.faults.server import ROOT, Server

MODEL = "fal-ai/flux/schnell"
SMALL = ("--size", "256x256", "--steps", "1")
"""Pictures that are drawn in a tenth of a second: the campaign is about what happens around them."""

PATIENCE = 60.0
"""Seconds after which a command is killed that should have ended by itself."""

ROUNDS = 5
"""Rescues in a row in which everything that can be fetched must have come."""

OPEN = (JobState.SENT, JobState.QUEUED, JobState.RUNNING, JobState.COMPLETED, JobState.UNKNOWN)

_CHARACTER = 'name = "Probe"\ndescription = "A small grey figure."\n'


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code (negative: the signal), its JSON lines, what it said."""

    code: int
    lines: Sequence[Mapping[str, Any]]
    said: str

    @property
    def killed(self) -> bool:
        """True when it was killed."""
        return self.code == -signal.SIGKILL


@dataclass
class World:
    """A folder with everything in it. `kills` counts the processes that died in it."""

    folder: Path
    server: Server
    project: Path
    kills: int = 0
    extra: dict[str, str] = field(default_factory=dict)
    """More environment for every process."""

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this world sees: its own home, a key that buys nothing, the sandbox in fal's place."""
        home = self.folder / "home"
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
        roots = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        key = {"FAL_KEY": "campaign:nothing-is-bought", "STUDIO_FAL_URL": self.server.url}
        return {**kept, "HOME": str(home), **roots, **key, "TZ": "UTC", **self.extra}

    @property
    def journal(self) -> Path:
        """The project's journal."""
        identity = (self.project / ".studio" / "id").read_text(encoding="utf-8").strip()
        return self.folder / "home" / "state" / "pose-studio" / identity / "journal.db"

    def begin(self, *words: str | Path, module: str = "studio") -> subprocess.Popen[str]:
        """Start a program in this world."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self, process: subprocess.Popen[str], within: float = PATIENCE) -> Ended:
        """Wait for a process, and kill it when it takes longer than `within` seconds."""
        try:
            out, err = process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        ended = Ended(process.returncode, _json_lines(out), err)
        self.kills += ended.killed
        if "Traceback (most recent call last)" in err or "Something unforeseen happened" in err:
            raise AssertionError(f"a program crashed, which no fault may make it do:\n{err}")
        return ended

    def studio(self, *words: str | Path, within: float = PATIENCE) -> Ended:
        """Run a command of the real program to its end."""
        return self.end(self.begin(*words), within)

    def render(self, *poses: str, more: Sequence[str] = ()) -> subprocess.Popen[str]:
        """Start `studio render` for some poses."""
        return self.begin(*render_words(self.project, poses, more))

    def dying(self, orders: Mapping[str, Any], *words: str | Path) -> Ended:
        """Run a command of the real program with ports that obey these orders (see `dying_ports.Orders`)."""
        return self.end(self.begin(json.dumps(dict(orders)), *words, module="tests.faults.dying_studio"))

    def rescue(self) -> Ended:
        """`studio rescue`, again and again until it changes nothing any more."""
        ended = self.studio("rescue", self.project, "--json")
        standing = self.open_jobs()
        for _ in range(ROUNDS):
            if not standing:
                break
            ended = self.studio("rescue", self.project, "--json")
            before, standing = standing, self.open_jobs()
            if before == standing:
                break
        return ended

    def open_jobs(self) -> list[tuple[str, JobState]]:
        """The jobs that left and have not ended, with their states."""
        journal = SqliteJournal(self.journal)
        try:
            return [(job.id, job.state) for job in journal.jobs(OPEN)]
        finally:
            journal.close()


def render_words(project: Path, poses: Sequence[str], more: Sequence[str] = ()) -> list[str | Path]:
    """The words of `studio render` for some poses."""
    named = [word for pose in poses for word in ("--pose", pose)]
    return ["render", project, "--yes", "--json", *SMALL, *named, *more]


@contextlib.contextmanager
def new_world(
    folder: Path, poses: Sequence[str], *, pace: float = 0.0, concurrency: int = 4, faults: str = ""
) -> Iterator[World]:
    """A world whose poses have these names, each name standing in its prompt too; its sandbox serves meanwhile."""
    project = folder / "project"
    project.mkdir(parents=True, exist_ok=True)
    (project / "character.toml").write_text(_CHARACTER, encoding="utf-8")
    listed = "".join(f'[[pose]]\nname = "{pose}"\ntext = "{pose} standing"\nticked = true\n\n' for pose in poses)
    (project / "poses.toml").write_text(listed, encoding="utf-8")
    (project / "studio.toml").write_text(f'model = "{MODEL}"\nconcurrency = {concurrency}\n', encoding="utf-8")
    server = Server(folder / "sandbox", pace=pace, concurrency=concurrency)
    server.start(faults)
    try:
        yield World(folder, server, project)
    finally:
        server.stop()


def _json_lines(text: str) -> list[dict[str, Any]]:
    found = []
    for line in text.splitlines():
        with contextlib.suppress(ValueError):  # the last line of a killed process may be cut
            found.append(json.loads(line))
    return found
