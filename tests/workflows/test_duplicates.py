"""An identical request whose picture is there is not bought again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.job import Job, JobState, Provenance
from studio.domain.request import Json, Request
from studio.workflows.duplicates import duplicates, without
from studio.workflows.plan import Plan
from tests.fakes.journal import FakeJournal
from tests.fakes.shelf import FakeShelf
from tests.workflows.test_takes import take


def job(name: str, seed: int | None = 7, prompt: str = "a girl", endpoint: str = "fal-ai/flux/dev") -> Job:
    arguments: dict[str, Json] = {"prompt": prompt} | ({} if seed is None else {"seed": seed})
    return Job(name, Request.make(endpoint, arguments, seed), Provenance("Glitch", "running"), 1.0)


@pytest.fixture
def journal() -> FakeJournal:
    return FakeJournal()


@pytest.fixture
def shelf(tmp_path: Path) -> FakeShelf:
    return FakeShelf(tmp_path)


def stored(journal: FakeJournal, shelf: FakeShelf, made: Job, number: int) -> Job:
    """A job whose picture lies in the project."""
    row = take(number)
    made = replace(made, state=JobState.STORED, take=row.id)
    journal.rows[made.id] = made
    shelf.rows[row.id] = row
    path = shelf.folder / row.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"picture")
    return made


def test_the_same_endpoint_arguments_and_seed_are_a_duplicate_and_nothing_else(
    journal: FakeJournal, shelf: FakeShelf
) -> None:
    old = stored(journal, shelf, job("old"), 1)
    same, *others = (job("a"), job("b", seed=8), job("c", prompt="a boy"), job("d", endpoint="fal-ai/flux/schnell"))
    plan = Plan((same, *others))
    found = duplicates(plan, journal, shelf, shelf.folder)
    assert found == [(same, old)]
    assert without(plan, {same.id}).jobs == tuple(others)


def test_a_take_whose_file_is_gone_or_in_the_trash_is_bought_again(journal: FakeJournal, shelf: FakeShelf) -> None:
    old = stored(journal, shelf, job("old"), 1)
    plan = Plan((job("new"),))
    shelf.rows[old.take] = replace(shelf.rows[old.take], trashed=True)
    assert duplicates(plan, journal, shelf, shelf.folder) == []
    shelf.rows[old.take] = replace(shelf.rows[old.take], trashed=False)
    (shelf.folder / shelf.rows[old.take].path).unlink()
    assert duplicates(plan, journal, shelf, shelf.folder) == []


def test_a_sandbox_picture_stands_for_no_real_one_but_a_real_one_for_a_sandbox_picture(
    journal: FakeJournal, shelf: FakeShelf
) -> None:
    drawn = stored(journal, shelf, replace(job("old"), sandbox=True), 1)
    assert duplicates(Plan((job("real"),)), journal, shelf, shelf.folder) == []
    asked = replace(job("sandbox"), sandbox=True)
    assert duplicates(Plan((asked,)), journal, shelf, shelf.folder) == [(asked, drawn)]
    journal.rows[drawn.id] = replace(drawn, sandbox=False)
    assert len(duplicates(Plan((asked,)), journal, shelf, shelf.folder)) == 1


def test_without_a_seed_the_same_words_give_another_picture(journal: FakeJournal, shelf: FakeShelf) -> None:
    stored(journal, shelf, job("old", seed=None), 1)
    assert duplicates(Plan((job("new", seed=None),)), journal, shelf, shelf.folder) == []
