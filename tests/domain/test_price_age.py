"""How old a price is, in words."""

from __future__ import annotations

from datetime import date

import pytest

from studio.domain.price_age import is_newer, price_age

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2026-11-20", "today"),
        ("2026-11-19", "1 day old"),
        ("2026-10-21", "30 days old"),
        ("2026-08-22", "3 months old"),
        ("2025-10", "13 months old"),
        ("2026-11", "this month"),
        ("2026", "this year"),
        ("2023", "2 years old"),
        ("", "age unknown"),
        ("soon", "age unknown"),
        ("2026-13-01", "age unknown"),
        ("2026-11-20T10:00:00Z", "today"),
    ],
)
def test_the_age_is_told_as_far_as_the_date_is_known(as_of: str, words: str) -> None:
    assert price_age(as_of, TODAY) == words


@pytest.mark.parametrize(
    ("read", "as_of", "newer"),
    [
        ("2026-11-20", "2026-08-22", True),
        ("2026-08-22", "2026-08-22", True),
        ("2026-08-21", "2026-08-22", False),
        ("2026-03-01", "2026", True),
        ("2025-12-31", "2026", False),
        ("2026-01-01", "", True),
    ],
)
def test_a_date_of_which_only_the_year_is_known_counts_from_its_beginning(read: str, as_of: str, newer: bool) -> None:
    assert is_newer(read, as_of) is newer
