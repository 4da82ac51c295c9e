"""The comparison itself must notice: a promise that is checked by a blind judge is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.domain.job import Failure, Job, JobState
from studio.library.journal import SqliteJournal
from studio.library.shelf import FolderShelf
from tests.faults.audit import Auditor, Findings
from tests.faults.report import Row, table, total
from tests.library.samples import RESULT, downloaded, moves, written


class Shop:
    """A project in which one picture was bought and stored, and the account of who sold it."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self.project.mkdir()
        self.path = folder / "journal.db"
        self.journal = SqliteJournal(self.path)
        self.account: dict[str, Any] = {"requests": []}
        self.shelf = FolderShelf(self.project, self.journal)

    def buy(self, name: str = "job-1", seed: int = 7, *, until: JobState = JobState.STORED) -> Job:
        """Go through a job's life up to a state, sold and billed."""
        first, *rest = moves(written(name, seed=seed))
        self.journal.write([first])
        job = first
        for job in rest:
            self.journal.save(job)
            if job.state is until:
                break
        if until is JobState.STORED:
            take = self.shelf.store(job, downloaded(self.shelf, job), RESULT)
            job = job.move(JobState.STORED, job.moved + 1, take=take.id)
            self.journal.save(job)
        self.sell(job)
        return job

    def sell(self, job: Job, request_id: str = "", *, billed: bool = True) -> None:
        """Let the account hold a request for this job."""
        self.account["requests"].append(
            {
                "request_id": request_id or job.request_id or f"req-{job.id}",
                "endpoint": job.request.endpoint,
                "arguments": job.request.arguments,
                "billed": billed,
                "units": "1",
                "unit_price": "0.05",
            }
        )

    def audit(self) -> Findings:
        """Compare."""
        return Auditor(self.project).audit(self.account, self.path)

    def picture(self) -> Path:
        """The one picture."""
        (found,) = [path for path in (self.project / "takes").rglob("*.png") if ".incoming" not in path.parts]
        return found


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_what_was_bought_once_and_is_there_is_good(shop: Shop) -> None:
    shop.buy()
    found = shop.audit()
    assert (found.paid, found.on_disk, found.wrong()) == (1, 1, {})
    assert found.owed == found.booked


def test_a_missing_picture_is_lost(shop: Shop) -> None:
    shop.buy()
    shop.picture().unlink()
    found = shop.audit()
    assert (found.on_disk, len(found.lost)) == (0, 1)


@pytest.mark.parametrize("bytes_left", [0, 10, 400])
def test_a_picture_that_ends_too_early_is_half_and_lost(shop: Shop, bytes_left: int) -> None:
    shop.buy()
    path = shop.picture()
    path.write_bytes(path.read_bytes()[:bytes_left])
    found = shop.audit()
    assert (len(found.half), len(found.lost)) == (1, 1)


def test_a_paid_request_nobody_knows_of_is_lost(shop: Shop) -> None:
    shop.sell(written("never-written"))
    assert len(shop.audit().lost) == 1


def test_a_job_that_was_given_up_although_it_was_billed_is_lost(shop: Shop) -> None:
    job = shop.buy(until=JobState.RUNNING)
    shop.journal.save(job.move(JobState.FAILED, 9e9, failure=Failure("unavailable", "It failed.")))
    assert "It failed." in next(iter(shop.audit().lost.values()))


def test_an_unknown_job_is_neither_lost_nor_there(shop: Shop) -> None:
    job = shop.buy(until=JobState.SENT)
    shop.journal.save(job.move(JobState.UNKNOWN, 9e9, failure=Failure("unknown", "No answer.")))
    found = shop.audit()
    assert (len(found.unknown), found.lost, found.on_disk) == (1, {}, 0)


def test_a_second_purchase_of_one_order_is_seen(shop: Shop) -> None:
    job = shop.buy()
    shop.sell(job, "another")
    assert shop.audit().twice == {job.pose: "accepted 2 times, ordered 1 times"}


def test_a_paused_job_that_left_is_seen(shop: Shop) -> None:
    job = written()
    shop.journal.write([job])
    shop.journal.save(job := job.move(JobState.PAUSED, 1.0))
    shop.sell(job, billed=False)
    assert len(shop.audit().pressed) == 1
    shop.journal.save(job := job.move(JobState.WRITTEN, 2.0))
    shop.journal.save(job.move(JobState.SENT, 3.0))
    assert len(shop.audit().pressed) == 1


def test_money_that_does_not_agree_is_seen(shop: Shop) -> None:
    job = shop.buy()
    shop.journal.save(replace(job, billed=None))
    row = Row("shop")
    row.take(shop.audit())
    assert not row.good
    assert row.off == "0.05"


def test_a_table_sums_its_rows_and_a_bad_row_is_not_good(shop: Shop) -> None:
    shop.buy()
    shop.buy("job-2", 8)
    bad, good = Row("bad"), Row("good")
    good.take(shop.audit())
    for path in (shop.project / "takes").rglob("*-002.png"):
        path.unlink()
    bad.take(shop.audit())
    assert (good.good, bad.good) == (True, False)
    whole = total([bad, good])
    assert (whole.paid, whole.on_disk, len(whole.lost)) == (4, 3, 1)
    assert len(table([bad, good]).splitlines()) == 4
