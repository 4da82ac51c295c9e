"""`studio trash` and `studio takes --filter`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call, Fal


def ids(said_lines: list[dict[str, object]]) -> list[object]:
    return [line["take"] for line in said_lines]


def test_takes_are_found_by_the_filter_line_and_ordered(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--pose", "running", "--pose", "sword-lunge", "--takes", "2", "--yes")
    call("pick", project, "running-002")
    assert ids(call("takes", project, "--filter", "pose:sword").lines) == ["sword-lunge-001", "sword-lunge-002"]
    assert ids(call("takes", project, "--filter", "verdict:picked stars:0").lines) == ["running-002"]
    assert ids(call("takes", project, "--sort", "pose").lines)[0] == "running-001"
    assert len(call("takes", project, "--filter=-pose:running", "--sort", "newest").lines) == 2
    assert call("takes", project, "--filter", "nothing like it").lines == []
    assert call("takes", project, "--sort", "beauty").code == 2
    wrong = call("takes", project, "--filter", "stars:many")
    assert wrong.code == 2 and "stars" in wrong.err and wrong.out == ""


def test_a_table_says_when_nothing_fits(call_at_terminal: Call, project: Path, fal: Fal) -> None:
    call_at_terminal("render", project, "--pose", "running", "--yes")
    assert "No take fits" in call_at_terminal("takes", project, "--filter", "refused").err
    assert "running-001" in call_at_terminal("takes", project, "--filter", "run").out


def test_takes_go_to_the_trash_and_come_back(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--pose", "running", "--takes", "3", "--yes")
    assert ids(call("trash", project, "running-001", "running-003").events("trashed")) == ["running-001", "running-003"]
    assert ids(call("takes", project).lines) == ["running-002"]
    assert ids(call("takes", project, "--trashed").lines) == ids(call("trash", project).lines)
    assert ids(call("trash", project, "--restore", "running-003").events("restored")) == ["running-003"]
    assert call("trash", project, "--restore", "running-002").code == 2
    assert ids(call("trash", project, "--restore").events("restored")) == ["running-001"]
    assert len(call("takes", project).lines) == 3 and call("trash", project).lines == []


def test_the_trash_is_emptied_only_when_somebody_says_so(
    call: Call, call_at_terminal: Call, project: Path, fal: Fal
) -> None:
    call("render", project, "--pose", "running", "--takes", "3", "--yes")
    call("trash", project, "running-001", "running-003")
    assert call("trash", project, "--empty").code == 2
    asked = call_at_terminal("trash", project, "--empty", typed="n\n")
    assert asked.code == 2 and "2 pictures that cost $0.10" in asked.err
    assert call("trash", project, "--empty", "running-001").code == 2
    assert len(list((project / "takes" / ".trash").iterdir())) == 2
    assert call_at_terminal("trash", project, "--empty", typed="y\n").code == 0
    assert list((project / "takes" / ".trash").iterdir()) == []
    assert "The trash is empty" in call_at_terminal("trash", project).err
    call_at_terminal("trash", project, "running-002")
    assert "running-002: deleted" in call_at_terminal("trash", project, "--empty", "--yes").out
