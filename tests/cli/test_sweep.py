"""`studio sweep`: a grid of pictures and its contact sheet."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.errors import Refused
from tests.cli.conftest import Call, Fal, money_of

GRID = ("--x", "guidance=4,5.5", "--y", "pose=running,hero-stance")


def test_a_grid_is_drawn_like_any_run_and_the_sheet_is_the_last_line(call: Call, project: Path, fal: Fal) -> None:
    said = call("sweep", project, *GRID, "--yes")
    assert said.code == 0
    assert [line["event"] for line in said.lines[-2:]] == ["summary", "sheet"]
    assert len(said.events("stored")) == len(said.events("planned")[0]["jobs"]) == 4
    sheet = said.lines[-1]
    assert sheet["path"] == "sheets/sweep-guidance-pose-001.png"
    assert (project / sheet["path"]).is_file()
    assert {request.seed for request in fal.provider.submitted} == {said.events("stored")[0]["seed"]}
    assert sorted(str(request.arguments["guidance_scale"]) for request in fal.provider.submitted) == [
        *("4", "4", "5.5", "5.5")
    ]


def test_its_takes_can_be_picked_and_know_their_cell(call: Call, project: Path, fal: Fal) -> None:
    stored = call("sweep", project, *GRID, "--yes").events("stored")
    assert call("pick", project, stored[0]["take"]).code == 0
    record = call("info", project / stored[0]["path"], "--json").lines[0]
    assert record["sweep"] == f"guidance {record['arguments']['guidance_scale']:g}, pose {record['pose']}"


def test_the_total_is_told_and_refused_before_anything_is_sent(call: Call, project: Path, fal: Fal) -> None:
    shown = call("sweep", project, *GRID, "--dry-run")
    assert money_of(shown.lines[-1], "estimate") == Decimal("0.20")
    assert len(shown.events("request")) == 4
    assert call("sweep", project, *GRID).code == 5
    assert call("sweep", project, *GRID, "--max-cost", "0.19").code == 5
    assert fal.sent == 0 and not (project / "sheets").exists()


def test_cells_that_are_there_are_not_bought_again_and_stand_on_the_sheet(call: Call, project: Path, fal: Fal) -> None:
    call("sweep", project, *GRID, "--seed", "7", "--yes")
    said = call("sweep", project, "--x", "guidance=4,5.5,7", "--y", GRID[3], "--seed", "7", "--yes")
    assert len(said.events("duplicate")) == 4
    assert len(said.events("stored")) == 2
    assert said.lines[-1]["cells"] == 6
    assert fal.sent == 6


def test_a_failed_cell_does_not_keep_the_sheet_from_being_made(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", Refused("The words were refused."))
    said = call("sweep", project, *GRID, "--yes")
    assert said.code == 3
    assert said.lines[-1]["event"] == "sheet"


def test_without_any_picture_there_is_no_sheet(call: Call, project: Path, fal: Fal) -> None:
    fal.provider.fail_with("submit", *(Refused("The words were refused.") for _ in range(4)))
    said = call("sweep", project, *GRID, "--yes")
    assert said.code == 1
    assert said.lines[-1]["event"] == "summary"
    assert "no sheet" in said.err and not (project / "sheets").exists()


def test_a_person_is_told_where_the_sheet_lies(call_at_terminal: Call, project: Path, fal: Fal) -> None:
    said = call_at_terminal("sweep", project, "--x", "steps=10,20", "--pose", "running", typed="y\n")
    assert said.code == 0
    assert "sweep-steps-001.png" in said.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--x", "guidance=4,5", "--guidance", "5"), "--guidance is given, and it is an axis too"),
        (("--x", "pose=running", "--pose", "running"), "--pose is given"),
        (("--x", "colour=red"), "no axis 'colour'"),
        (("--y", "guidance=4,5"), "--x"),
        (("--x", "guidance=4,5", "--takes", "2"), "--takes"),
    ],
)
def test_a_mistake_is_one_sentence(call: Call, project: Path, fal: Fal, words: tuple[str, ...], said: str) -> None:
    answer = call("sweep", project, *words)
    assert answer.code == 2
    assert said in answer.err and len(answer.err.splitlines()) == 1
