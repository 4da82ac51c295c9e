"""What a person at a terminal sees of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.errors import Refused, Unknown
from tests.cli.conftest import Call, Fal
from tests.fakes.provider import FakeProvider


def test_a_table_and_the_money_stand_at_the_end(call_at_terminal: Call, project: Path, fal: Fal) -> None:
    said = call_at_terminal("render", project, "--yes")
    assert said.code == 0
    assert all(take in said.out for take in ("hero-stance-001", "running-001", "peace-sign-001"))
    assert said.out.rstrip().endswith("6 stored; billed $0.30.")


def test_the_sandbox_says_what_it_would_have_cost(call_at_terminal: Call, project: Path, fal: Fal) -> None:
    fal.provider = FakeProvider(sandbox=True)
    said = call_at_terminal("render", project, "--pose", "running")
    assert "would cost $0.05" in said.out and "nothing is charged" in said.out


def test_failures_and_unknown_jobs_come_with_what_to_do(call_at_terminal: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", Refused("Too much \x1b[31mblood\x1b]0;title\x07."), Unknown("No answer."))
    said = call_at_terminal("render", project, "--yes", "--pose", "running", "--pose", "hero-stance")
    assert said.code == 1
    assert "Too much blood." in said.err and "other words" in said.err
    assert "may be paid" in said.err and "studio rescue" in said.err
    assert "title" not in said.out + said.err


@pytest.mark.parametrize("name", ["[bold red]loud[/]", "[/nothing]", ":smile:"])
def test_names_are_text_and_never_markup(call_at_terminal: Call, project: Path, fal: Fal, name: str) -> None:
    poses = project / "poses.toml"
    poses.write_text(poses.read_text(encoding="utf-8") + f'\n[[pose]]\nname = "{name}"\ntext = "x"\n', encoding="utf-8")
    said = call_at_terminal("render", project, "--yes", "--pose", name)
    assert said.code == 0 and name in said.out
    assert name in call_at_terminal("jobs", project).out


def test_more_jobs_than_lines_still_end_well(call_at_terminal: Call, project: Path, fal: Fal) -> None:
    said = call_at_terminal("render", project, "--yes", "--takes", "10")
    assert said.code == 0 and "60 stored" in said.out


def test_colours_stay_away_with_no_color(
    call_at_terminal: Call, project: Path, fal: Fal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    said = call_at_terminal("render", project, "--yes", "--pose", "running")
    assert "\x1b[3" not in said.out and "\x1b[9" not in said.out
