"""Amounts in USD, always decimals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

ZERO = Decimal(0)


def usd(value: object) -> Decimal:
    """A decimal amount from text, an int, a Decimal or a TOML float (taken by its shortest text).

    Raises ValueError when it is not a finite number.
    """
    try:
        amount = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not an amount of money") from error
    if not amount.is_finite():
        raise ValueError(f"{value!r} is not an amount of money")
    return amount


def text(amount: Decimal | None) -> str | None:
    """The plain decimal string that `--json` and the journal carry: `0.05`, never an exponent; None stays None."""
    if amount is None:
        return None
    out = format(amount.normalize(), "f")
    return "0" if out in {"-0", ""} else out


def shown(amount: Decimal | None) -> str:
    """What an artist reads: `$0.30`, `$0.003` (as many digits as it needs, at least two), `unknown` for None."""
    if amount is None:
        return "unknown"
    digits = max(2, -int(amount.normalize().as_tuple().exponent)) if amount else 2
    return f"${amount:.{min(digits, 6)}f}"


def total(amounts: Iterable[Decimal | None]) -> tuple[Decimal, int]:
    """The sum of the known amounts and how many were unknown."""
    known, unknown = ZERO, 0
    for amount in amounts:
        if amount is None:
            unknown += 1
        else:
            known += amount
    return known, unknown
