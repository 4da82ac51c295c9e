"""The journal's own sums and the ledger made from its rows are the same money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.job import Failure, Job, JobState
from studio.library.journal import SqliteJournal
from studio.workflows.ledger import Mark, make_ledger
from tests.library.samples import moves, written

ROADS = ("sent", "queued", "completed", "stored", "failed", "gone", "cancelled", "unknown")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    journal = SqliteJournal(tmp_path / "journal.db")
    yield journal
    journal.close()


def live_through(journal: SqliteJournal, job: Job, road: str, billed: Decimal | None) -> None:
    """Take a written job along one of the roads a job can go, as the engine does."""
    _, sent, queued, running, done = moves(job)
    done = replace(done, billed=billed)
    failure = Failure("refused", "The policy said no.", "", "fal may charge a refusal when GPU time was used")
    ends = {
        "sent": [sent],
        "queued": [sent, queued],
        "completed": [sent, queued, running, done],
        "stored": [sent, queued, running, done, done.move(JobState.STORED, 9.0, take=f"{job.id}-001")],
        "failed": [sent, sent.move(JobState.FAILED, 9.0, failure=failure)],
        "gone": [sent, queued, running, done, done.move(JobState.FAILED, 9.0, failure=failure)],
        "cancelled": [sent, queued, queued.move(JobState.CANCELLED, 9.0)],
        "unknown": [sent, sent.move(JobState.UNKNOWN, 9.0, failure=failure)],
    }
    journal.write([job])
    for step in ends[road]:
        journal.save(step)


def test_a_paid_picture_that_was_lost_is_still_paid_and_a_refusal_says_what_is_known(journal: SqliteJournal) -> None:
    live_through(journal, written("gone", seed=1), "gone", None)
    live_through(journal, written("refused", seed=2), "failed", None)
    gone, refused = make_ledger(journal.spent()).entries
    assert (gone.mark, gone.amount) == (Mark.ESTIMATED, Decimal("0.05"))
    assert (refused.mark, refused.amount) == (Mark.NOTHING, Decimal(0))
    assert refused.row.charged == "fal may charge a refusal when GPU time was used"
    assert journal.totals().spent == Decimal("0.05")


def test_a_row_keeps_units_and_the_unit_price_of_the_day_it_was_sent(journal: SqliteJournal) -> None:
    live_through(journal, written("a"), "stored", Decimal("0.06"))
    (row,) = journal.spent()
    assert (row.units, row.unit_price, row.estimate) == (Decimal(1), Decimal("0.05"), Decimal("0.05"))
    assert (row.billed, row.take, row.picked, row.charged) == (Decimal("0.06"), "a-001", False, "")


prices = st.none() | st.decimals(0, 100, places=4)
bought = st.lists(st.tuples(st.sampled_from(ROADS), prices, prices, st.booleans()), max_size=12)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bought)
def test_the_sum_of_the_rows_is_the_sum_the_budget_is_weighed_by(
    tmp_path_factory: pytest.TempPathFactory, bought: list[tuple[str, Decimal | None, Decimal | None, bool]]
) -> None:
    journal = SqliteJournal(tmp_path_factory.mktemp("ledger") / "journal.db")
    for number, (road, estimate, billed, sandbox) in enumerate(bought):
        job = replace(written(f"j{number}", seed=number, sandbox=sandbox), estimate=estimate)
        live_through(journal, job, road, billed)
    sums, total = journal.totals(), make_ledger(journal.spent()).total
    journal.close()
    assert (sums.spent, sums.would_cost, sums.unpriced) == (total.spent, total.would_cost, total.unpriced)
    assert (sums.estimated, sums.billed) == (total.expected, total.billed)
