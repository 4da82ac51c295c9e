"""A key of any shape, from any place, stands afterwards in the place it came from and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.config.secrets import forms, redacted, remember
from tests.fakes.parrot import fake_parrot
from tests.faults.server import Server

ODD = """o'd"d\\k$e%25y~42;[b]&c"""
PLAIN = "sk-live-98ahf3"
PLACES = ("file", "env-file", "config", "environment")
ROOT = Path(__file__).resolve().parents[2]

slow = [pytest.mark.slow, pytest.mark.timeout(120)]


class Desk:
    """A project, a key somewhere, and everything that was said and written since."""

    def __init__(self, folder: Path, home: Path, key: str, place: str) -> None:
        self.project, self.home, self.key = folder / "glitch", home, key
        self.said = ""
        self.flags: list[str] = []
        self.environment = {**os.environ, "STUDIO_SANDBOX_PACE": "0"}
        self.run("new", str(self.project), "--preset", "glitch")
        quoted = "'" + key.replace("'", "\\'") + "'" if "'" in key else key
        match place:
            case "file":
                self.source = folder / "the-key"
                self.source.write_text(key, encoding="utf-8")
                self.flags = ["--key-file", str(self.source)]
            case "env-file":
                self.source = self.project / ".env"
                self.source.write_text(f"FAL_KEY={quoted}\n", encoding="utf-8")
            case "config":
                self.source = home / "config" / "pose-studio" / "config.toml"
                self.source.parent.mkdir(parents=True, exist_ok=True)
                escaped = key.replace("\\", "\\\\").replace('"', '\\"')
                self.source.write_text(f'fal_key = "{escaped}"\n', encoding="utf-8")
            case _:
                self.source = folder / "nowhere"
                self.environment["FAL_KEY"] = key
        if self.source.exists():
            self.source.chmod(0o600)

    def run(self, *words: str) -> int:
        """Run a command; what it says is kept, and who looks at the process list meanwhile sees no key."""
        command = [sys.executable, "-m", "studio", *words, *self.flags]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        listed = process_list()
        self.said += process.communicate(timeout=60)[0]
        assert self.key not in listed
        return process.returncode

    def leaks(self) -> list[str]:
        """Every place besides its own where the key can be read."""
        found = ["what was said"] if any(form in self.said for form in forms(self.key)) else []
        for folder in (self.project.parent, self.home):
            for path in folder.rglob("*"):
                if path.is_file() and path != self.source:
                    data = path.read_bytes()
                    found += [str(path)] if any(form.encode() in data for form in forms(self.key)) else []
        return found


def process_list() -> str:
    """The command lines of all processes, as `ps` shows them."""
    told = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told.append(path.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue
    return "\n".join(told)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("place", PLACES)
def test_after_a_days_work_the_key_is_nowhere_but_where_it_was(
    tmp_path: Path, own_home: Path, sandbox: Server, place: str
) -> None:
    desk = Desk(tmp_path, own_home, ODD, place)
    desk.environment["STUDIO_FAL_URL"] = sandbox.url
    project = str(desk.project)
    assert desk.run("render", project, "--pose", "running", "--yes", "--pick", "--json") == 0
    for words in (("doctor", project), ("rescue", project), ("ledger", project), ("takes", project, "--json")):
        desk.run(*words)
    desk.run("render", project, "--dry-run", "--as", "curl")
    assert list((desk.project / "picks").iterdir())
    assert desk.leaks() == []


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("status", [200, 401, 422, 500])
@pytest.mark.parametrize("key", [ODD, PLAIN])
def test_a_server_that_repeats_the_key_in_everything_it_says_gets_it_nowhere(
    tmp_path: Path, own_home: Path, key: str, status: int
) -> None:
    desk = Desk(tmp_path, own_home, key, "file")
    with fake_parrot(status) as address:
        desk.environment["STUDIO_FAL_URL"] = address
        assert desk.run("render", str(desk.project), "--pose", "running", "--yes", "--json") != 0
        desk.run("doctor", str(desk.project))
        desk.run("rescue", str(desk.project))
        desk.run("models", "refresh")
    assert "you said" not in desk.said or "[key]" in desk.said
    assert desk.leaks() == []


@pytest.mark.parametrize("key", [ODD, PLAIN, "id-part:secret-part"])
def test_a_key_that_was_seen_is_cut_out_of_any_text(key: str) -> None:
    remember(key)
    for text in (f"Key {key}", repr(f"Key {key}'\""), str({"key": key}), key.partition(":")[2] or key):
        assert not any(form in redacted(text) for form in forms(key))
