"""A copied project knows its takes again: verdicts as `picks/` shows them, no money counted twice, no file touched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.job import Job, JobState, Provenance
from studio.domain.take import Take, Verdict
from studio.library.journal import SqliteJournal
from studio.library.shelf import FolderShelf
from tests.library.samples import RESULT, completed, downloaded, moves, picture, written


class Place:
    """A project folder with a journal of its own."""

    def __init__(self, folder: Path, state: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.journal = SqliteJournal(state / "journal.db")
        self.shelf = FolderShelf(folder, self.journal)

    def buy(self, name: str, pose: str = "hero stance", data: bytes | None = None) -> Take:
        for step in moves(written(name, pose)):
            (self.journal.write([step]) if step.state is JobState.WRITTEN else self.journal.save(step))
        return self.shelf.store(completed(name, pose), downloaded(self.shelf, completed(name, pose), data), RESULT)


@pytest.fixture
def original(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "glitch", tmp_path / "one")
    for number in range(1, 4):
        place.buy(f"job-{number}", data=picture(seed=number))
    place.buy("job-4", "running")
    place.shelf.decide("hero-stance-002", Verdict.PICKED)
    yield place
    place.journal.close()


@pytest.fixture
def copy(original: Place, tmp_path: Path) -> Iterator[Place]:
    shutil.copytree(original.folder, tmp_path / "copy")
    place = Place(tmp_path / "copy", tmp_path / "two")
    yield place
    place.journal.close()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_takes_of_a_copied_project_are_known_again(original: Place, copy: Place) -> None:
    before = files(copy.folder)
    assert copy.shelf.takes() == []
    found = copy.shelf.take_in()
    assert {take.id for take in found} == {take.id for take in original.shelf.takes()}
    assert copy.shelf.takes() == sorted(found, key=lambda take: found.index(take))
    for take in found:
        first = original.shelf.take(take.id)
        assert first is not None
        assert replace(take, created=first.created) == first
    assert files(copy.folder) == before
    assert copy.shelf.take_in() == []


def test_the_pick_is_a_pick_and_can_be_taken_back(copy: Place) -> None:
    copy.shelf.take_in()
    picked = [take for take in copy.shelf.takes() if take.verdict is Verdict.PICKED]
    assert [(take.id, take.pick) for take in picked] == [("hero-stance-002", "picks/hero-stance.png")]
    copy.shelf.decide("hero-stance-002", Verdict.REJECTED)
    assert not (copy.folder / "picks" / "hero-stance.png").exists()


def test_no_money_is_counted_again(copy: Place) -> None:
    copy.shelf.take_in()
    assert copy.journal.totals().spent == Decimal(0)
    assert copy.journal.spent() == []
    assert copy.journal.jobs() == []


def test_a_new_take_gets_the_next_number(copy: Place) -> None:
    copy.shelf.take_in()
    assert copy.buy("fresh").id == "hero-stance-004"


def test_what_the_journal_knows_is_left_alone(original: Place, tmp_path: Path) -> None:
    shutil.copy(original.folder / "takes/running/running-001.png", original.folder / "takes/running/running-007.png")
    original.shelf.trash("hero-stance-001", trashed=True)
    assert original.shelf.take_in() == []
    # A picture that is on its way to becoming a take is rescue's business.
    waiting = completed("on-its-way")
    original.journal.write([replace(written("on-its-way"))])
    other = Place(tmp_path / "elsewhere", tmp_path / "three")
    other.shelf.store(waiting, downloaded(other.shelf, waiting), RESULT)
    shutil.copy(other.folder / "takes/hero-stance/hero-stance-001.png", original.folder / "takes/hero-stance-009.png")
    assert original.shelf.take_in() == []
    other.journal.close()


def test_pictures_of_others_and_broken_ones_are_not_taken_in(copy: Place) -> None:
    folder = copy.folder / "takes" / "hero-stance"
    (folder / "hero-stance-008.png").write_bytes(picture())
    (folder / "hero-stance-009.png").write_bytes((folder / "hero-stance-001.png").read_bytes()[:60])
    (folder / "hero-stance-010.png").write_bytes(b"")
    (folder / "hero-stance-011.png").symlink_to(folder / "hero-stance-001.png")
    assert len(copy.shelf.take_in()) == 4


def test_a_crafted_recipe_does_nothing_to_the_terminal_and_leads_nowhere(tmp_path: Path) -> None:
    place = Place(tmp_path / "from", tmp_path / "state")
    job: Job = completed("job-\x1b[2J", "../../evil\x1b]0;x\x07 \u202e")
    job = replace(job, provenance=Provenance("Glitch", job.pose, parent="\x1b[31m"))
    take = place.shelf.store(job, downloaded(place.shelf, job), {**RESULT, "has_nsfw_concepts": [True]})
    other = Place(tmp_path / "to", tmp_path / "other")
    target = other.folder / "takes" / "evil" / Path(take.path).name
    target.parent.mkdir(parents=True)
    shutil.copy(place.folder / take.path, target)
    (found,) = other.shelf.take_in()
    assert found.flagged
    assert "\x1b" not in json.dumps([found.pose, found.parent, found.prompt, found.endpoint], ensure_ascii=False)
    assert "\u202e" not in found.pose
    assert found.path == target.relative_to(other.folder).as_posix()
    place.journal.close()
    other.journal.close()
