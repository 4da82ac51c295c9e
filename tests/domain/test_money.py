"""Amounts are exact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.domain import money


@pytest.mark.parametrize(
    ("amount", "text", "shown"),
    [
        ("0.05", "0.05", "$0.05"),
        ("0.3", "0.3", "$0.30"),
        ("0.003", "0.003", "$0.003"),
        ("0", "0", "$0.00"),
        ("12", "12", "$12.00"),
        ("1E+1", "10", "$10.00"),
        ("0.00111", "0.00111", "$0.00111"),
    ],
)
def test_an_amount_reads_the_same_everywhere(amount: str, text: str, shown: str) -> None:
    assert money.text(Decimal(amount)) == text
    assert money.shown(Decimal(amount)) == shown


def test_unknown_is_never_free() -> None:
    assert money.shown(None) == "unknown"
    assert money.text(None) is None
    assert money.total([Decimal("0.1"), None, Decimal("0.2")]) == (Decimal("0.3"), 1)


@pytest.mark.parametrize("value", ["nan", "inf", "five", None])
def test_what_is_no_amount_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        money.usd(value)
