"""The id under which a project's journal lies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studio.config.paths import journal_file
from studio.config.project_id import project_id


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    first = project_id(tmp_path)
    assert project_id(tmp_path) == first
    assert (tmp_path / ".studio" / "id").read_text().strip() == first
    assert [path.name for path in (tmp_path / ".studio").iterdir()] == ["id"]


def test_a_moved_project_keeps_its_journal(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    before = project_id(tmp_path / "a")
    (tmp_path / "a").rename(tmp_path / "b")
    assert project_id(tmp_path / "b") == before


def test_a_copied_project_gets_a_journal_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    before = project_id(tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    copy = project_id(tmp_path / "b")
    assert copy != before
    assert project_id(tmp_path / "b") == copy
    assert project_id(tmp_path / "a") == before


def test_another_way_to_the_same_folder_is_no_copy(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    before = project_id(tmp_path / "a")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert project_id(tmp_path / "link") == before


def test_without_a_place_to_write_it_follows_from_the_path(tmp_path: Path) -> None:
    (tmp_path / ".studio").write_text("a file where the folder should be")
    first = project_id(tmp_path)
    assert project_id(tmp_path) == first
    assert (tmp_path / ".studio").is_file()


@pytest.mark.parametrize("text", ["", "../../etc", "x\x1b[31m", "a" * 500, "NOT-AN-ID"])
def test_what_is_no_id_is_replaced_and_never_used_as_a_path(tmp_path: Path, text: str) -> None:
    (tmp_path / ".studio").mkdir()
    (tmp_path / ".studio" / "id").write_text(text)
    made = project_id(tmp_path)
    assert made != text
    assert journal_file(made).parent.name == made
    assert project_id(tmp_path) == made


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../x", "a b"])
def test_a_journal_never_lies_outside_its_folder(name: str) -> None:
    with pytest.raises(ValueError, match="is not a project id"):
        journal_file(name)
