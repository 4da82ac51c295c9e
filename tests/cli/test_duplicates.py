"""`studio render` does not buy a picture that is there."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call, Fal

AGAIN = ("--pose", "running", "--pose", "hero-stance", "--seed", "7")


def test_what_is_there_is_named_and_only_the_rest_is_sent(call: Call, project: Path, fal: Fal) -> None:
    first = call("render", project, "--yes", "--pose", "running", "--seed", "7").events("stored")[0]
    said = call("render", project, "--yes", *AGAIN)
    assert said.code == 0
    told = said.events("duplicate")
    assert [(line["pose"], line["seed"], line["take"], line["path"]) for line in told] == [
        ("running", 7, first["take"], first["path"])
    ]
    assert [job["pose"] for job in said.events("planned")[0]["jobs"]] == ["hero-stance"]
    assert fal.sent == 2


def test_nothing_is_asked_or_sent_when_everything_is_there(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", *AGAIN)
    said = call("render", project, *AGAIN)
    assert said.code == 0
    assert [line["event"] for line in said.lines] == ["duplicate", "duplicate", "summary"]
    assert said.lines[-1]["stored"] == 0
    assert fal.sent == 2


def test_again_buys_it_once_more(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", *AGAIN)
    said = call("render", project, "--yes", "--again", *AGAIN)
    assert len(said.events("stored")) == 2 and not said.events("duplicate")
    assert fal.sent == 4


def test_a_person_reads_which_picture_it_is(call: Call, call_at_terminal: Call, project: Path, fal: Fal) -> None:
    path = call("render", project, "--yes", "--pose", "running", "--seed", "7").events("stored")[0]["path"]
    said = call_at_terminal("render", project, "--pose", "running", "--seed", "7")
    assert said.code == 0
    assert path in said.err and "--again" in said.err


def test_a_deleted_picture_is_drawn_again(call: Call, project: Path, fal: Fal) -> None:
    path = call("render", project, "--yes", "--pose", "running", "--seed", "7").events("stored")[0]["path"]
    (project / path).unlink()
    assert len(call("render", project, "--yes", "--pose", "running", "--seed", "7").events("stored")) == 1
