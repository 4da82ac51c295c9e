"""`studio drift`: takes by their distance from the anchor picture."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.conftest import Call, Fal


def painted(project: Path, take_path: str, colour: str) -> None:
    Image.new("RGB", (96, 128), colour).save(project / take_path)


def made(call: Call, project: Path) -> list[dict[str, str]]:
    lines = call("render", project, "--pose", "running", "--takes", "3", "--yes").events("stored")
    for line, colour in zip(lines, ("teal", "darkcyan", "orange"), strict=True):
        painted(project, line["path"], colour)
    return lines


def test_takes_stand_by_their_distance_from_the_first_pick(call: Call, project: Path, fal: Fal) -> None:
    takes = made(call, project)
    call("pick", project, takes[0]["take"])
    said = call("drift", project)
    assert said.code == 0
    assert [line["take"] for line in said.lines] == [line["take"] for line in takes]
    scores = [line["score"] for line in said.lines]
    assert scores[0] < scores[1] < scores[2]
    assert {line["anchor"] for line in said.lines} == {takes[0]["path"]}


def test_a_picture_that_is_named_is_the_anchor(call: Call, project: Path, fal: Fal) -> None:
    takes = made(call, project)
    said = call("drift", project, "--anchor", takes[2]["path"])
    assert said.lines[0]["take"] == takes[2]["take"]


def test_without_a_pick_or_a_reference_it_says_what_to_do(call: Call, project: Path, fal: Fal) -> None:
    made(call, project)
    said = call("drift", project)
    assert said.code == 2
    assert "anchor" in said.err and "Pick a take" in said.err


def test_a_take_whose_picture_changed_is_measured_again(call: Call, project: Path, fal: Fal) -> None:
    takes = made(call, project)
    call("pick", project, takes[0]["take"])
    before = {line["take"]: line["score"] for line in call("drift", project).lines}
    painted(project, takes[1]["path"], "crimson")
    after = {line["take"]: line["score"] for line in call("drift", project).lines}
    assert after[takes[1]["take"]] > before[takes[1]["take"]]
    assert after[takes[2]["take"]] == before[takes[2]["take"]]


def test_a_picture_that_is_gone_is_named_and_the_others_are_measured(call: Call, project: Path, fal: Fal) -> None:
    takes = made(call, project)
    call("pick", project, takes[0]["take"])
    (project / takes[1]["path"]).unlink()
    said = call("drift", project)
    assert said.code == 3
    assert [line["take"] for line in said.lines] == [takes[0]["take"], takes[2]["take"]]
    assert takes[1]["path"] in said.err


def test_notes_that_were_tampered_with_are_measured_again(call: Call, project: Path, fal: Fal) -> None:
    takes = made(call, project)
    call("pick", project, takes[0]["take"])
    before = call("drift", project).out
    (project / ".studio" / "drift.json").write_text('{"version": 1, "takes": {"running-001": {"score": "x"}}}')
    assert call("drift", project).out == before
