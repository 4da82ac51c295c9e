"""`studio references`: the character's pictures, from the command line."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.conftest import Call, Fal


def picture(path: Path, colour: str = "red") -> Path:
    Image.new("RGB", (600, 800), colour).save(path)
    return path


def test_a_file_and_a_take_come_in_and_stand_in_the_list(call: Call, project: Path, fal: Fal, tmp_path: Path) -> None:
    added = call("references", project, "add", picture(tmp_path / "me.png"), "--role", "Front")
    assert added.code == 0 and added.events("reference")[0]["new"] is True
    take = call("render", project, "--pose", "running", "--yes").events("stored")[0]["take"]
    assert call("references", project, "add", take, "--role", "pose").code == 0
    listed = call("references", project).events("reference")
    assert [(line["path"], line["role"], line["number"]) for line in listed] == [
        ("references/front.png", "front", 1),
        ("references/running-001.png", "pose", 2),
    ]
    assert fal.provider.uploaded == [], "a reference is nobody's business until it is sent"


def test_roles_and_order_change_and_one_is_put_away(call: Call, project: Path, tmp_path: Path) -> None:
    for colour, role in (("red", "front"), ("blue", "side")):
        call("references", project, "add", picture(tmp_path / f"{role}.png", colour), "--role", role)
    said = call("references", project, "first", "side")
    assert [line["role"] for line in said.events("reference")] == ["side", "front"]
    assert call("references", project, "role", "front", "--role", "face").code == 0
    gone = call("references", project, "remove", "face").events("removed")[0]
    assert gone == {"event": "removed", "path": "references/front.png", "trashed": "references/.trash/front.png"}
    assert (project / gone["trashed"]).is_file()
    assert [line["role"] for line in call("references", project).events("reference")] == ["side"]


def test_a_file_in_the_folder_that_is_not_listed_is_pointed_out(call: Call, project: Path) -> None:
    (project / "references").mkdir(exist_ok=True)
    picture(project / "references" / "loose.png")
    assert call("references", project).events("loose") == [{"event": "loose", "path": "references/loose.png"}]
    assert call("references", project, "add", "references/loose.png").code == 0
    assert call("references", project).events("loose") == []


def test_mistakes_are_said(call: Call, project: Path, tmp_path: Path) -> None:
    for words in (
        ("add",),
        ("add", "nothing-there.png"),
        ("add", picture(tmp_path / "a.png"), "--role", "above"),
        ("remove", "front"),
        ("rename", "front"),
        ("role", "front"),
    ):
        assert call("references", project, *words).code == 2, words


def test_a_person_gets_a_table(call_at_terminal: Call, project: Path, tmp_path: Path) -> None:
    assert "No references yet" in call_at_terminal("references", project).err
    said = call_at_terminal("references", project, "add", picture(tmp_path / "a.png"), "--role", "front")
    assert "references/front.png" in said.out and "600×800" in said.out
