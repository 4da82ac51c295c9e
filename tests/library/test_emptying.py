"""Emptying the trash: pictures go, numbers and what was spent stay, and nothing else is touched."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from studio.config.paths import journal_file
from studio.domain.errors import ProjectError, UsageError
from studio.domain.take import Take
from studio.library.disk import Disk
from studio.library.journal import SqliteJournal
from studio.library.shelf import FolderShelf
from tests.library.samples import RESULT, completed, downloaded, moves, visible_files, written


class StubbornDisk(Disk):
    """Refuses to delete files of some names."""

    def __init__(self) -> None:
        self.kept: set[str] = set()

    def unlink(self, path: Path) -> None:
        if path.name in self.kept:
            raise PermissionError(errno.EACCES, "kept", str(path))
        super().unlink(path)


class Place:
    """A shelf with some takes of one pose."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.disk = StubbornDisk()
        self.journal = SqliteJournal(journal_file("emptying"))
        self.shelf = FolderShelf(folder, self.journal, self.disk)
        self.takes = [self.add(number) for number in range(count)]

    def add(self, number: int) -> Take:
        first, *rest = moves(written(f"job-{number}", seed=number))
        self.journal.write([first])
        for job in rest:
            self.journal.save(job)
        done = completed(f"job-{number}", seed=number)
        return self.shelf.store(done, downloaded(self.shelf, done), RESULT)

    def throw(self, *numbers: int) -> list[str]:
        return [self.shelf.trash(self.takes[number].id, trashed=True).id for number in numbers]


def test_pictures_in_the_trash_go_and_nothing_else(tmp_path: Path) -> None:
    place = Place(tmp_path, 3)
    gone = place.throw(0, 2)
    before = visible_files(tmp_path)
    place.shelf.empty_trash(gone)
    assert place.shelf.takes(trashed=True) == [] and [take.id for take in place.shelf.takes()] == ["hero-stance-002"]
    assert not list((tmp_path / "takes" / ".trash").iterdir()) and visible_files(tmp_path) == before
    assert place.shelf.take(gone[0]) is None and place.shelf.counts()["hero-stance"].takes == 1


def test_no_number_is_given_a_second_time(tmp_path: Path) -> None:
    place = Place(tmp_path, 3)
    place.shelf.empty_trash(place.throw(2))
    assert place.add(3).id == "hero-stance-004"


def test_undo_goes_on_with_the_takes_that_are_left(tmp_path: Path) -> None:
    place = Place(tmp_path, 2)
    place.shelf.rate(place.takes[1].id, 4)
    place.shelf.rate(place.takes[0].id, 2)
    place.shelf.empty_trash(place.throw(0))
    undone = place.shelf.undo()
    assert undone is not None and undone.id == place.takes[1].id and undone.stars == 0
    assert place.shelf.undo() is None


def test_what_is_not_in_the_trash_is_never_deleted(tmp_path: Path) -> None:
    place = Place(tmp_path, 2)
    thrown = place.throw(0)
    for name in (place.takes[1].id, "nobody-001"):
        with pytest.raises(UsageError, match="not in the trash"):
            place.shelf.empty_trash([*thrown, name])
    assert len(place.shelf.takes(trashed=True)) == 1 and (tmp_path / place.takes[1].path).exists()


def test_a_disk_that_refuses_keeps_the_rest_in_the_trash(tmp_path: Path) -> None:
    place = Place(tmp_path, 3)
    thrown = place.throw(0, 1, 2)
    place.disk.kept = {Path(place.takes[1].path).name}
    with pytest.raises(ProjectError):
        place.shelf.empty_trash(thrown)
    assert [take.id for take in place.shelf.takes(trashed=True)] == thrown[1:]
    place.disk.kept = set()
    place.shelf.empty_trash(thrown[1:])
    assert place.shelf.takes(trashed=True) == []


def test_a_deleted_take_can_neither_be_decided_nor_come_back(tmp_path: Path) -> None:
    place = Place(tmp_path, 1)
    place.shelf.empty_trash(place.throw(0))
    with pytest.raises(UsageError):
        place.shelf.trash(place.takes[0].id, trashed=False)
    with pytest.raises(UsageError):
        place.shelf.rate(place.takes[0].id, 3)
