"""The log says what a picture cost, and where the bill is another one than was expected, both."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from studio.domain.job import Job
from studio.ui.state.log_words import cost
from tests.library.samples import completed, written

OTHER = Decimal("0.06")


@pytest.mark.parametrize(
    ("job", "words"),
    [
        (written(), "~ $0.05"),
        (completed(), "billed $0.05"),
        (replace(completed(), billed=OTHER), "est. $0.05, billed $0.06"),
        (replace(completed(), billed=Decimal("0.050")), "billed $0.05"),
        (completed(sandbox=True), "would cost $0.05"),
        (replace(completed(sandbox=True), billed=OTHER), "est. $0.05, would cost $0.06"),
        (replace(completed(), estimate=None), "billed $0.05"),
        (replace(written(), estimate=None), "price unknown"),
    ],
)
def test_the_cost_of_a_job_in_words(job: Job, words: str) -> None:
    assert cost(job) == words
