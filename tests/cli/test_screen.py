"""`studio DIR`: what must be true before the screen opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.ui import run as ui_run
from studio.ui import terminal as ui_terminal
from studio.ui.terminal import Terminal
from studio.workflows.studio import Studio
from tests.cli.conftest import Call


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Studio]:
    """The studios that a screen was opened on; the terminal was asked before each."""
    studios: list[Studio] = []
    asked: list[str | None] = []

    def probe(graphics: str | None = None) -> Terminal:
        asked.append(graphics)
        return Terminal(is_terminal=True)

    def run_screen(studio: Studio, terminal: Terminal, **_: Any) -> int:
        assert terminal.is_terminal and len(asked) == len(studios) + 1
        studios.append(studio)
        return 0

    monkeypatch.setattr(ui_terminal, "probe", probe)
    monkeypatch.setattr(ui_run, "run_screen", run_screen)
    return studios


def test_without_a_terminal_one_line_says_what_to_do_instead(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call()
    assert said.code == 2
    assert len(said.err.splitlines()) == 1 and "studio render" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_dumb_terminal_gets_a_clear_sentence(
    call_at_terminal: Call, tmp_path: Path, opened: list[Studio], term: str
) -> None:
    said = call_at_terminal(tmp_path / "new", term=term)
    assert said.code == 2
    assert len(said.err.splitlines()) == 1 and f"TERM is {term or 'not set'}" in said.err
    assert opened == [] and not (tmp_path / "new").exists()


@pytest.mark.parametrize("made", [False, True], ids=["missing folder", "empty folder"])
def test_a_missing_or_empty_folder_becomes_glitch(
    call_at_terminal: Call, tmp_path: Path, opened: list[Studio], made: bool
) -> None:
    folder = tmp_path / "mine"
    if made:
        (folder / ".git").mkdir(parents=True)
    said = call_at_terminal(folder)
    assert said.code == 0, said.err
    studio = opened[0]
    assert studio.project.character.name == "Glitch" and studio.sandbox
    assert len(studio.project.poses) >= 8 and len(studio.ticked()) == 6


def test_a_folder_with_other_files_is_left_alone(call_at_terminal: Call, tmp_path: Path, opened: list[Studio]) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    said = call_at_terminal(tmp_path)
    assert said.code == 2
    assert "studio new" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"] and opened == []


def test_a_file_is_no_folder(call_at_terminal: Call, tmp_path: Path, opened: list[Studio]) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"x")
    said = call_at_terminal(file)
    assert said.code == 2 and "not a folder" in said.err


def test_a_mistyped_command_makes_no_folder(
    call_at_terminal: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Studio]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call_at_terminal("rescu")
    assert said.code == 2 and "studio rescue" in said.err
    assert list(tmp_path.iterdir()) == [] and opened == []
    assert call_at_terminal("./rescu").code == 0


def test_a_broken_project_does_not_open(call_at_terminal: Call, project: Path, opened: list[Studio]) -> None:
    (project / "poses.toml").write_text("[[pose]]\nname = 3\n", encoding="utf-8")
    said = call_at_terminal(project)
    assert said.code == 2
    assert "poses.toml, line 2" in said.err and opened == []


def test_the_screen_opens_without_a_key_where_the_sandbox_is_ruled_out(
    call_at_terminal: Call, project: Path, opened: list[Studio]
) -> None:
    assert call_at_terminal("--no-sandbox", project).code == 0
    assert not opened[0].sandbox
