"""The words of the command line: what is a command, what is a folder, what is a mistake."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.cli import models, run
from studio.cli.commands import MODULES
from studio.cli.exit_codes import exit_of_error, exit_of_jobs
from studio.config.log_file import log_crash
from studio.config.paths import log_file
from studio.domain import errors
from tests.cli.conftest import KEY, Call, Fal


def test_help_is_a_page_that_names_every_command_and_its_exit_codes(call: Call) -> None:
    said = call("--help")
    assert said.code == 0 and said.err == ""
    assert all(f"studio {name}" in said.out or f"| {name}" in said.out for name in MODULES)
    assert all(len(line) <= 80 for line in said.out.splitlines())
    assert call("help").out == said.out == call("-h").out


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_command_has_a_page_of_its_own(call: Call, name: str) -> None:
    said = call(name, "--help")
    assert said.code == 0
    assert f"studio {name}" in said.out and "--json" in said.out and "--key-file" in said.out


def test_help_loads_nothing_slow() -> None:
    script = (
        "import sys\nfrom studio.__main__ import main\nmain(['render', '--help'])\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    slow = {"textual", "fal_client", "httpx", "PIL", "numpy", "sqlite3", "rich", "tomlkit", "aiohttp"}
    assert not slow & set(done.stderr.split())


def test_the_version_is_told(call: Call) -> None:
    assert call("--version").out.startswith("Pose Studio ")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("rendr", "x"), "studio render"),
        (("render", "--stpes", "3"), "--steps"),
        (("render", "a", "b"), "'b'"),
        (("render", "--steps"), "--steps needs a value"),
        (("pick", "x"), "TAKE"),
        (("render", "--sandbox", "--no-sandbox"), "exclude each other"),
        (("render", "--graphics", "crayon"), "kitty"),
        (("render", "nowhere"), "studio new nowhere"),
        (("new", "x", "--preset", "glich"), "glitch"),
        (("locate", "moon"), "journal"),
        (("models", "display"), "show ID"),
    ],
)
def test_a_mistake_is_one_sentence_with_a_way_out(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], hint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call(*words)
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1 and hint in said.err
    assert list(tmp_path.iterdir()) == []


def test_flags_of_every_command_may_stand_before_it(call: Call, project: Path, fal: Fal) -> None:
    said = call("--sandbox", "--key-file", "somewhere", "--json", "jobs", project)
    assert said.code == 0


def test_new_makes_a_project_once_and_touches_nothing_twice(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "fox"
    said = call("new", folder, "--preset", "Pip the Fox")
    assert said.code == 0 and said.lines[0]["ticked"] >= 1
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {"character.toml", "poses.toml", ".gitignore"} <= {path.name for path in before}
    again = call("new", folder)
    assert again.code == 2 and "character.toml" in again.err
    assert all(path.read_bytes() == text for path, text in before.items())


def test_locate_gives_one_path_alone(call: Call, project: Path, own_home: Path) -> None:
    assert call("locate", "log").out == f"{log_file()}\n"
    assert call("locate", "takes", project).out == f"{project}/takes\n"
    journal = Path(call("locate", "journal", project).out.strip())
    assert journal.name == "journal.db" and journal.is_relative_to(own_home / "state" / "pose-studio")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UsageError("x"), 2),
        (errors.ProjectError("x"), 2),
        (errors.MissingKey("x"), 4),
        (errors.KeyRefused("x"), 4),
        (errors.SpendRefused("x"), 5),
        (errors.Unavailable("x"), 1),
        (errors.OutOfCredit("x"), 1),
        (errors.Unknown("x"), 1),
    ],
)
def test_each_error_has_its_exit_code(error: errors.StudioError, code: int) -> None:
    assert exit_of_error(error) == code


@pytest.mark.parametrize(
    ("ended", "code"),
    [((0, 0, 0), 0), ((6, 0, 0), 0), ((5, 1, 0), 3), ((5, 0, 1), 3), ((0, 2, 0), 1), ((0, 0, 2), 1), ((0, 1, 1), 1)],
)
def test_the_exit_code_says_how_the_jobs_ended(ended: tuple[int, int, int], code: int) -> None:
    assert exit_of_jobs(*ended) == code


def test_a_crash_is_one_sentence_and_a_log_without_the_key(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", KEY)

    def broken(flags: object) -> int:
        raise RuntimeError(f"headers were Key {KEY}\x1b[31m")

    monkeypatch.setattr(models, "run", broken)
    said = call("models")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert "Traceback" not in said.err and KEY not in said.err and "\x1b" not in said.err
    log = log_file()
    text = log.read_text(encoding="utf-8")
    assert "Traceback" in text and KEY not in text and "\x1b" not in text
    assert log.stat().st_mode & 0o777 == 0o600


def test_the_log_does_not_grow_without_end() -> None:
    for _ in range(3):
        log_file().parent.mkdir(parents=True, exist_ok=True)
        log_file().write_text("x" * 1_000_001, encoding="utf-8")
        log_crash(ValueError("again"), "render")
    assert log_file().stat().st_size < 10_000
    assert sorted(path.name for path in log_file().parent.iterdir())[-2:] == ["studio.log.2", "studio.log.3"]


def test_ctrl_c_while_reading_is_code_130(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(flags: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(models, "run", stopped)
    assert call("models").code == 130


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_any_encoding_will_do(monkeypatch: pytest.MonkeyPatch, project: Path, encoding: str) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    assert run.main(["render", str(project), "--dry-run"]) == 0
    assert run.main(["poses", str(project)]) == 0
    assert raw.getvalue().decode(encoding).count("\n") > 6


def test_a_reader_that_goes_away_is_no_crash() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "studio", "models"], stdout=pipe, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.stderr == ""
    assert done.returncode == 0


def test_locate_lists_every_place_by_its_name(call: Call, project: Path) -> None:
    said = call("locate")
    assert [line["what"] for line in said.lines][:2] == ["config", "data"]
    assert all(Path(line["path"]).is_absolute() for line in said.lines)
