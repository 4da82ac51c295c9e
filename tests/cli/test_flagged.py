"""A picture that fal blacked out is a take, but no ordinary one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.cli.conftest import Call, Fal


def blacked_out(fal: Fal, request_id: str) -> None:
    done = fal.provider.completed(request_id)
    fal.provider.push(request_id, replace(done, result={**done.result, "has_nsfw_concepts": [True]}))


def test_it_is_not_picked_by_itself_and_is_marked_in_the_list(
    call: Call, call_at_terminal: Call, project: Path, fal: Fal
) -> None:
    blacked_out(fal, "fake-1")
    said = call("render", project, "--yes", "--pose", "running", "--takes", "2", "--pick")
    assert len(said.events("stored")) == 2
    takes = call("takes", project).lines
    assert sorted((take["flagged"], take["verdict"]) for take in takes) == [(False, "picked"), (True, "undecided")]
    assert "blacked out" in call_at_terminal("takes", project).out


def test_by_its_name_it_can_be_picked_and_that_is_said(call: Call, project: Path, fal: Fal) -> None:
    blacked_out(fal, "fake-1")
    call("render", project, "--yes", "--pose", "running")
    said = call("pick", project, "running-001")
    assert said.code == 0 and said.lines[0]["event"] == "picked"
    assert "running-001 was blacked out by fal's safety checker" in said.err
    assert call("reject", project, "running-001").err == ""
