"""References come into the project's folder, in an order and with roles, and nothing of the artist's is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from studio.config.presets import Presets
from studio.config.project import Project, load_project
from studio.config.project_edits import save_character
from studio.config.project_files import create_project
from studio.config.project_references import bring_back, loose_files, put_away, take_in
from studio.domain.character import Character, Reference
from studio.domain.errors import UsageError
from studio.workflows.reference_list import checked_role, look_at, moved, named, taken_in, without_reference


@pytest.fixture
def project(tmp_path: Path) -> Project:
    create_project(tmp_path / "glitch", Presets().character("glitch"))
    return load_project(tmp_path / "glitch")


def picture(path: Path, colour: str = "red", side: int = 600) -> Path:
    Image.new("RGB", (side, side), colour).save(path)
    return path


def paths(character: Character) -> list[str]:
    return [one.path for one in character.references]


def test_a_picture_is_copied_into_the_project_and_listed_with_its_role(project: Project, tmp_path: Path) -> None:
    source = picture(tmp_path / "My Photo.JPG")
    character = taken_in(project.folder, project.character, source, "front")
    saved = save_character(project, character)
    assert saved.character.references == (Reference("references/front.jpg", "front"),)
    assert (project.folder / "references" / "front.jpg").read_bytes() == source.read_bytes()
    assert source.exists()
    text = (project.folder / "character.toml").read_text()
    assert "# Reference pictures, for the models that take some." in text
    assert text.index("# [[lora]]") < text.index('\n[[reference]]\npath = "references/front.jpg"')


def test_nothing_is_written_over_and_the_same_picture_is_not_copied_twice(project: Project, tmp_path: Path) -> None:
    first = take_in(project.folder, picture(tmp_path / "a.png"), "front")
    second = take_in(project.folder, picture(tmp_path / "b.png", "blue"), "front")
    again = take_in(project.folder, picture(tmp_path / "c.png"), "side")
    assert (first, second, again) == ("references/front.png", "references/front-2.png", "references/front.png")
    assert take_in(project.folder, project.folder / second) == second


def test_a_picture_that_is_added_again_changes_its_role_and_not_its_place(project: Project, tmp_path: Path) -> None:
    character = project.character
    for colour, role in (("red", "front"), ("blue", "side"), ("red", "face")):
        character = taken_in(project.folder, character, picture(tmp_path / "x.png", colour), role)
    assert [(one.path, one.role) for one in character.references] == [
        ("references/front.png", "face"),
        ("references/side.png", "side"),
    ]


def test_the_order_is_the_artists(project: Project) -> None:
    character = replace(project.character, references=tuple(Reference(f"references/{n}.png") for n in "abc"))
    assert paths(moved(character, "references/c.png", -1)) == [f"references/{n}.png" for n in "acb"]
    assert paths(moved(character, "references/a.png", 9)) == [f"references/{n}.png" for n in "bca"]
    assert paths(without_reference(character, "references/b.png")) == ["references/a.png", "references/c.png"]


def test_what_is_removed_goes_to_the_folders_trash_and_comes_back(project: Project, tmp_path: Path) -> None:
    path = take_in(project.folder, picture(tmp_path / "a.png"))
    trashed = put_away(project.folder, path)
    assert trashed == "references/.trash/a.png" and not (project.folder / path).exists()
    bring_back(project.folder, path, trashed)
    assert (project.folder / path).is_file()
    picture(project.folder / "picks.png")
    assert put_away(project.folder, "picks.png") == "" and (project.folder / "picks.png").is_file()


def test_a_reference_is_found_by_what_a_person_calls_it(project: Project) -> None:
    listed = (Reference("references/front-2.png", "front"), Reference("references/b.webp", "three-quarter"))
    character = replace(project.character, references=listed)
    for name, found in (("front", 0), ("front-2", 0), ("b.webp", 1), ("Three Quarter", 1), ("references/b.webp", 1)):
        assert named(character, project.folder, name) is listed[found]
    with pytest.raises(UsageError, match="There is no reference 'back'") as refused:
        named(character, project.folder, "back")
    assert "references/front-2.png" in refused.value.remedy
    assert checked_role("Three Quarter") == "three-quarter"
    with pytest.raises(UsageError, match="'above' is no role") as refused:
        checked_role("above")
    assert "three-quarter" in refused.value.remedy


def test_a_file_that_is_no_picture_never_comes_in(project: Project, tmp_path: Path) -> None:
    for name, content in (("a.png", b"hello"), ("a.svg", b"<svg/>")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageError):
            taken_in(project.folder, project.character, tmp_path / name)
    assert loose_files(project.folder, frozenset()) == []


def test_every_reference_is_looked_at_and_a_missing_one_named(project: Project, tmp_path: Path) -> None:
    for name, colour, side in (("a", "red", 600), ("b", "red", 300)):
        take_in(project.folder, picture(tmp_path / f"{name}.png", colour, side))
    listed = [Reference(f"references/{name}.png") for name in ("a", "b", "c")]
    looked = look_at(project.folder, listed)
    assert looked[0].remarks == () and (looked[0].width, looked[0].trouble) == (600, False)
    assert "300×300" in looked[1].remarks[0] and "nearly the same as references/a.png" in looked[1].remarks[1]
    assert looked[2].trouble and "references/c.png is missing" in looked[2].remarks[0]
    assert loose_files(project.folder, frozenset({"references/a.png"})) == ["references/b.png"]
