"""The ledger says what was paid, how well that is known, and what each kept picture cost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.job import JobState
from studio.domain.spent import Spent
from studio.engine.bus import EventBus
from studio.engine.desk import Desk
from studio.workflows.ledger import Mark, Sum, entry_of, make_ledger, read_ledger, sum_of
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.shelf import FakeShelf
from tests.library.samples import completed, moves, written

NOON = 1_700_000_000.0
S = JobState


def spent(**changes: Any) -> Spent:
    row = Spent(
        job="j1",
        take="running-001",
        pose="running",
        endpoint="fal-ai/flux-2-pro",
        session="s1",
        sent=NOON,
        state=S.STORED,
        sandbox=False,
        picked=False,
        estimate=Decimal("0.045"),
        units=Decimal(2),
        unit_price=Decimal("0.03"),
        billed=Decimal("0.06"),
        finished=True,
    )
    return replace(row, **changes)


NO_BILL: dict[str, Any] = {"billed": None, "units": None}
LOST: dict[str, Any] = {**NO_BILL, "take": "", "finished": False}
MARKS: list[tuple[Spent, Mark, str]] = [
    (spent(), Mark.BILLED, "0.06"),
    (spent(**NO_BILL), Mark.ESTIMATED, "0.045"),
    (spent(**LOST, state=S.RUNNING), Mark.ESTIMATED, "0.045"),
    (spent(**LOST, state=S.SENT), Mark.ESTIMATED, "0.045"),
    (spent(**LOST, state=S.UNKNOWN), Mark.MAYBE, "0.045"),
    (spent(**LOST, state=S.UNKNOWN, estimate=None), Mark.UNPRICED, "0"),
    (spent(**NO_BILL, estimate=None), Mark.UNPRICED, "0"),
    (spent(**LOST, state=S.FAILED), Mark.NOTHING, "0"),
    (spent(**LOST, state=S.CANCELLED), Mark.NOTHING, "0"),
    (spent(**NO_BILL, state=S.FAILED, take=""), Mark.ESTIMATED, "0.045"),
    (spent(state=S.FAILED, take=""), Mark.BILLED, "0.06"),
    (spent(sandbox=True), Mark.SANDBOX, "0.06"),
    (spent(**LOST, sandbox=True, state=S.FAILED), Mark.NOTHING, "0"),
]


@pytest.mark.parametrize(("row", "mark", "amount"), MARKS, ids=lambda value: getattr(value, "state", value))
def test_each_job_says_how_well_its_cost_is_known(row: Spent, mark: Mark, amount: str) -> None:
    entry = entry_of(row)
    assert (entry.mark, entry.amount) == (mark, Decimal(amount))


def test_where_fal_bills_another_way_than_the_price_list_both_figures_are_kept() -> None:
    (entry,) = make_ledger([spent()]).entries
    assert entry.differs
    assert (entry.row.estimate, entry.row.billed, entry.amount) == (Decimal("0.045"), Decimal("0.06"), Decimal("0.06"))
    assert not entry_of(spent(billed=Decimal("0.0450"))).differs
    assert not entry_of(spent(**NO_BILL)).differs


def test_sums_keep_what_is_sure_what_is_expected_and_what_is_unknown_apart() -> None:
    total = make_ledger(
        [
            spent(picked=True),
            spent(**NO_BILL),
            spent(**LOST, state=S.UNKNOWN),
            spent(**LOST, state=S.FAILED),
            spent(**NO_BILL, estimate=None),
            spent(sandbox=True, picked=True),
        ]
    ).total
    assert total == Sum(
        jobs=5,
        takes=3,
        picked=1,
        expected=Decimal("0.135"),
        billed=Decimal("0.06"),
        estimated=Decimal("0.045"),
        maybe=Decimal("0.045"),
        unknown=1,
        unpriced=1,
        sandbox_jobs=1,
        sandbox_takes=1,
        sandbox_picked=1,
        would_cost=Decimal("0.06"),
    )
    assert total.spent == Decimal("0.15")


def test_a_kept_picture_carries_the_price_of_those_that_were_not() -> None:
    three = [spent(billed=Decimal("0.05"), picked=number == 0) for number in range(3)]
    total = make_ledger(three).total
    assert total.per_picked == Decimal("0.15")
    assert make_ledger([spent()]).total.per_picked is None
    assert make_ledger([spent(sandbox=True, picked=True)]).total.per_picked is None
    assert make_ledger([spent(sandbox=True, picked=True)]).total.sandbox_per_picked == Decimal("0.06")
    assert sum_of(map(entry_of, [spent(billed=Decimal(1), picked=True)] * 3)).per_picked == 1


def test_days_are_those_of_the_artists_own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Etc/GMT-9")
    time.tzset()
    try:
        late = make_ledger([spent(sent=NOON), spent(sent=NOON + 3600)])
        assert [group.name for group in late.days] == ["2023-11-15"]
        assert (late.days[0].first, late.days[0].last) == (NOON, NOON + 3600)
    finally:
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
    assert [group.name for group in make_ledger([spent(sent=NOON)]).days] == ["2023-11-14"]


async def test_it_is_read_from_the_journal_since_a_moment_and_of_one_session(tmp_path: Path) -> None:
    journal = FakeJournal()
    desk = Desk(journal, FakeShelf(tmp_path), EventBus(), FakeClock())
    journal.rows = {job.id: job for job in (completed("a"), moves(written("b"))[1], written("not sent"))}
    ledger = await read_ledger(desk)
    assert [(entry.row.job, entry.mark) for entry in ledger.entries] == [("a", Mark.BILLED), ("b", Mark.ESTIMATED)]
    assert [entry.row.job for entry in (await read_ledger(desk, since=written().created + 4)).entries] == ["a"]
    assert (await read_ledger(desk, session="another")).entries == ()
    desk.close()


amounts = st.none() | st.decimals(0, 10_000, places=6)
rows = st.builds(
    Spent,
    job=st.just("j"),
    take=st.sampled_from(["", "running-001"]),
    pose=st.sampled_from(["running", "sitting", "a jump", ""]),
    endpoint=st.just("fal-ai/flux/dev"),
    session=st.sampled_from(["s1", "s2", ""]),
    sent=st.floats(0, 4e9),
    state=st.sampled_from(list(JobState)),
    sandbox=st.booleans(),
    picked=st.booleans(),
    estimate=amounts,
    units=st.none(),
    unit_price=st.none(),
    billed=amounts,
    finished=st.booleans(),
)


@given(st.lists(rows, max_size=40))
def test_whatever_the_rows_every_way_of_grouping_sums_to_the_same(given_rows: list[Spent]) -> None:
    ledger = make_ledger(given_rows)
    real = [entry for entry in ledger.entries if not entry.row.sandbox]
    assert sum((entry.amount for entry in real), Decimal(0)) == ledger.total.spent
    assert sum((entry.amount for entry in ledger.entries), Decimal(0)) == ledger.total.spent + ledger.total.would_cost
    for groups in (ledger.poses, ledger.sessions, ledger.days):
        for name in ("jobs", "takes", "picked", "spent", "expected", "billed", "maybe", "would_cost", "unpriced"):
            assert sum(getattr(group.sum, name) for group in groups) == getattr(ledger.total, name), name
        assert sum(group.sum.jobs + group.sum.sandbox_jobs for group in groups) == len(given_rows)
