"""`studio tree`: where takes came from, from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call, Fal


def test_edits_of_edits_stand_below_what_they_came_from(call: Call, project: Path, fal: Fal) -> None:
    first = call("render", project, "--pose", "running", "--yes").events("stored")[0]["take"]
    second = call("edit", project, first, "a green jacket", "--yes").events("stored")[0]["take"]
    third = call("edit", project, second, "at night", "--yes").events("stored")[0]["take"]
    rows = call("tree", project, third).events("member")
    assert [(row["take"], row["parent"], row["depth"]) for row in rows] == [
        (first, None, 0),
        (second, first, 1),
        (third, second, 2),
    ]
    assert call("tree", project).events("member") == rows
    assert call("tree", project, "nobody-001").code == 2


def test_a_person_gets_a_drawn_tree(call: Call, call_at_terminal: Call, project: Path, fal: Fal) -> None:
    first = call("render", project, "--pose", "running", "--yes").events("stored")[0]["take"]
    call("edit", project, first, "a green jacket", "--yes")
    said = call_at_terminal("tree", project)
    assert said.out.splitlines()[0].startswith(first)
    assert "└─ running-002  a green jacket  (fal-ai/flux-pro/kontext)" in said.out


def test_a_project_without_edits_says_how_to_make_one(call_at_terminal: Call, project: Path) -> None:
    assert "No take was made from another" in call_at_terminal("tree", project).err
