"""What an earlier try brought to disk is found again, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.errors import Broken, ProjectError
from studio.domain.job import Job, JobState
from studio.domain.take import Take
from studio.engine.ports import Download
from studio.library.journal import SqliteJournal
from studio.library.shelf import FolderShelf
from tests.fakes.disk import FakeDisk
from tests.library.samples import RESULT, completed, downloaded, visible_files


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(tmp_path / "state" / "journal.db")
    yield opened
    opened.close()


def known(journal: SqliteJournal, name: str = "job-1") -> Job:
    job = completed(name)
    journal.write([replace(job, state=JobState.WRITTEN, result=None)])
    return job


def test_nothing_is_left_of_a_job_that_brought_nothing(project: Path, journal: SqliteJournal) -> None:
    shelf = FolderShelf(project, journal)
    other = known(journal, "job-2")
    downloaded(shelf, other)
    assert shelf.left(known(journal)) is None


def test_a_download_a_full_disk_did_not_take_is_stored_later(project: Path, journal: SqliteJournal) -> None:
    job = known(journal)
    full = FolderShelf(project, journal, FakeDisk(full_at=6))
    with pytest.raises(ProjectError, match="full"):
        full.store(job, downloaded(full, job), RESULT)
    shelf = FolderShelf(project, journal)
    left = shelf.left(job)
    assert isinstance(left, Download)
    assert (left.size, left.content_type) == (left.path.stat().st_size, "image/png")
    take = shelf.store(job, left, RESULT)
    assert visible_files(project) == [take.path]
    assert shelf.left(job) == take


def test_half_a_download_is_put_aside_and_asked_for_again(project: Path, journal: SqliteJournal) -> None:
    job, shelf = known(journal), FolderShelf(project, journal)
    whole = downloaded(shelf, job).path
    whole.write_bytes(whole.read_bytes()[:40])
    left = shelf.left(job)
    assert isinstance(left, Download)
    with pytest.raises(Broken):
        shelf.store(job, left, RESULT)
    assert shelf.left(job) is None


def test_a_stored_take_is_left_with_its_verdict(project: Path, journal: SqliteJournal) -> None:
    job, shelf = known(journal), FolderShelf(project, journal)
    take = shelf.store(job, downloaded(shelf, job), RESULT)
    rated = shelf.rate(take.id, 4)
    left = shelf.left(job)
    assert isinstance(left, Take)
    assert left == rated


def test_the_download_of_a_take_that_stands_is_cleared_away(project: Path, journal: SqliteJournal) -> None:
    job, shelf = known(journal), FolderShelf(project, journal)
    take = shelf.store(job, downloaded(shelf, job), RESULT)
    downloaded(shelf, job)
    assert shelf.left(job) == take
    assert list((project / "takes" / ".incoming").iterdir()) == []
