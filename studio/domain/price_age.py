"""How old a price is, in words."""

from __future__ import annotations

from datetime import date

_LENGTHS = {4: "-12-31", 7: "-28", 10: ""}


def price_age(as_of: str, today: date) -> str:
    """`today`, `5 days old`, `3 months old`, from a date such as `2026-08-22`; a month or a year alone counts from
    its end. `age unknown` when there is no date.
    """
    days = days_old(as_of, today)
    if days is None:
        return "age unknown"
    if days < 1:
        return "today" if len(as_of) >= 10 else "this month" if len(as_of) == 7 else "this year"
    if days < 60:
        return f"{days} day{'s' if days > 1 else ''} old"
    if days < 730:
        return f"{round(days / 30.4)} months old"
    return f"{days // 365} years old"


def days_old(as_of: str, today: date) -> int | None:
    """Days since a date that a price was read; a month or a year alone counts from its end. None without a date."""
    try:
        read = date.fromisoformat(as_of[:10] + _LENGTHS.get(len(as_of[:10]), "?"))
    except ValueError:
        return None
    return (today - read).days


def is_newer(read: str, as_of: str) -> bool:
    """Whether a date that was read on a day is as new as another, of which only the year or month may be known."""
    return read[:10] >= as_of[:10]
