"""Amounts in words: what was expected stands beside what was billed, and doubt is said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.domain.spent import Spent
from studio.workflows.ledger import entry_of, make_ledger
from studio.workflows.ledger_words import paid_words, per_picked_words, spent_words, total_sentences, when_words
from tests.workflows.test_ledger import LOST, NO_BILL, S, spent

ONE: list[tuple[Spent, str]] = [
    (spent(), "est. $0.045, billed $0.06"),
    (spent(estimate=Decimal("0.06")), "billed $0.06"),
    (spent(**NO_BILL), "est. $0.045"),
    (spent(**LOST, state=S.UNKNOWN), "maybe $0.045"),
    (spent(**NO_BILL, estimate=None), "price unknown"),
    (spent(**LOST, state=S.UNKNOWN, estimate=None, charged="maybe charged"), "maybe charged"),
    (spent(**LOST, state=S.CANCELLED), "not charged"),
    (spent(**LOST, state=S.FAILED, charged="fal may charge a refusal"), "fal may charge a refusal"),
    (spent(sandbox=True), "est. $0.045, would cost $0.06"),
    (spent(sandbox=True, **NO_BILL), "would cost $0.045"),
    (spent(sandbox=True, **NO_BILL, estimate=None), "would cost unknown"),
]


@pytest.mark.parametrize(("row", "words"), ONE)
def test_one_job_in_words(row: Spent, words: str) -> None:
    assert paid_words(entry_of(row)) == words


def test_a_group_in_words() -> None:
    assert spent_words(make_ledger([spent(**NO_BILL)]).total) == "$0.045"
    assert spent_words(make_ledger([spent(), spent()]).total) == "est. $0.09, paid $0.12"
    doubtful = make_ledger([spent(**NO_BILL), spent(**LOST, state=S.UNKNOWN), spent(**NO_BILL, estimate=None)]).total
    assert spent_words(doubtful) == "$0.09, $0.045 of it maybe, 1 of unknown price"
    assert spent_words(make_ledger([spent(**LOST, state=S.UNKNOWN)]).total) == "maybe $0.045"
    assert spent_words(make_ledger([spent(sandbox=True)]).total) == "would cost $0.06"
    assert per_picked_words(make_ledger([spent(picked=True), spent()]).total) == "$0.12"
    assert per_picked_words(make_ledger([spent(picked=True, sandbox=True)]).total) == "would cost $0.06"
    assert per_picked_words(make_ledger([spent()]).total) == ""


def test_the_whole_in_sentences() -> None:
    rows = [spent(picked=True), spent(**LOST, state=S.UNKNOWN), spent(**NO_BILL, estimate=None), spent(sandbox=True)]
    assert total_sentences(make_ledger(rows).total) == [
        "3 jobs: $0.105 ($0.06 billed, $0.045 maybe), where $0.09 was expected.",
        "1 job is of unknown fate: $0.045 may be paid, and is counted as if it were.",
        "1 job has no known price and comes on top.",
        "1 picked take: $0.105 each, those that were not picked included.",
        "1 job in the sandbox would have cost $0.06; nothing was charged.",
    ]
    assert total_sentences(make_ledger([]).total) == ["Nothing has been sent yet."]


def test_a_session_says_from_when_to_when() -> None:
    minute = 60.0
    (group,) = make_ledger([spent(), spent(sent=spent().sent + 90 * minute)]).sessions
    first, last = when_words(group).split(" - ")
    assert len(first) == 16 and len(last) == 5
    (group,) = make_ledger([spent()]).sessions
    assert len(when_words(group)) == 16
