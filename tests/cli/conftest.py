"""A command line over a real project, journal and shelf, and a fal that is played."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from studio import compose
from studio.__main__ import main
from studio.config.catalogue import load_catalogue
from studio.config.paths import journal_file
from studio.config.presets import Presets
from studio.config.project import load_project
from studio.config.project_files import create_project
from studio.config.servers import FAL
from studio.engine.engine import Engine
from studio.engine.sharing import LOOK_EVERY
from studio.library.journal import SqliteJournal
from studio.library.shelf import FolderShelf
from studio.library.upload_book import FileUploadBook
from studio.workflows.studio import Studio
from tests.fakes.clock import FakeClock
from tests.fakes.lock import FakeLock
from tests.fakes.provider import FakeProvider

KEY = "01234567-89ab-cdef-0123-456789abcdef:0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Stdout as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def events(self, name: str) -> list[dict[str, Any]]:
        """The JSON lines of one event."""
        return [line for line in self.lines if line["event"] == name]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


Call = Callable[..., Said]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command as a script would: stdout and stderr are pipes."""

    def run(*words: str | Path) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def call_at_terminal(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command as a person would: every stream is a terminal, and `typed` is what they type."""

    def run(*words: str | Path, typed: str = "", term: str = "xterm-256color") -> Said:
        out, err = Terminal(), Terminal()
        monkeypatch.setenv("TERM", term)
        monkeypatch.setenv("COLUMNS", "120")
        for name, stream in (("stdout", out), ("stderr", err), ("stdin", Terminal(typed))):
            monkeypatch.setattr(sys, name, stream)
        return Said(main([str(word) for word in words]), out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Glitch, as `studio new` makes it: twelve poses, six of them ticked."""
    folder = tmp_path / "glitch"
    create_project(folder, Presets().character("glitch"))
    return folder


@dataclass
class Fal:
    """The fal that answers, and how the command line opened it."""

    provider: FakeProvider
    opened: list[compose.Options] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """How many requests reached it."""
        return len(self.provider.submitted)


@pytest.fixture
def fal(monkeypatch: pytest.MonkeyPatch) -> Fal:
    """Opening a project reaches a played fal that charges; nothing else is played."""
    world = Fal(FakeProvider())

    def open_studio(folder: Path, options: compose.Options) -> Studio:
        world.opened.append(options)
        project = load_project(folder)
        journal = SqliteJournal(journal_file(project.id))
        engine = Engine(
            world.provider,
            journal,
            FolderShelf(folder, journal),
            FakeClock(1_700_000_000.0, parked=(LOOK_EVERY,)),
            FakeLock(),
        )
        book = FileUploadBook(journal_file(project.id).with_name("uploads.jsonl"))
        return Studio(project, load_catalogue(), Presets(), engine, book, FAL)

    monkeypatch.setattr(compose, "open_studio", open_studio)
    return world


def money_of(line: dict[str, Any], name: str) -> Decimal:
    """An amount of a JSON line, which must be a decimal string."""
    assert isinstance(line[name], str)
    return Decimal(line[name])
