"""What can be asked of a take: a test for each field of the filter line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TypeVar

from studio.domain.take import Take, Verdict

Test = Callable[[Take], bool]
MakeTest = Callable[[str, date], Test]
"""Makes a test of the words behind a colon, folded; the date is today."""

Number = TypeVar("Number", int, float, Decimal)

_RANGE = re.compile(r"(.*?)\.\.(.*)")
_BOUND = re.compile(r"(>=|<=|>|<|=)?(.*)")


class Unclear(ValueError):
    """A value that says nothing yet; the text says what is missing."""


def folded(text: str) -> str:
    """Text in which a search forgives case and the ways one letter can be written."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()


def price_of(take: Take) -> Decimal | None:
    """What a take cost in USD, as far as anybody knows: billed, else estimated. The sandbox's is what it would have
    cost.
    """
    return take.billed if take.billed is not None and not take.sandbox else take.estimate


def _one_of(value: str) -> list[str]:
    parts = [part for part in re.split(r"[,|]", value) if part]
    if not parts:
        raise Unclear("what?")
    return parts


def _pose(value: str, today: date) -> Test:
    parts = [part.replace("-", " ").replace("_", " ") for part in _one_of(value)]

    def test(take: Take) -> bool:
        pose = folded(take.pose).replace("-", " ").replace("_", " ")
        return any(part in pose for part in parts)

    return test


def _model(value: str, today: date) -> Test:
    parts = _one_of(value)
    return lambda take: any(part in take.endpoint.lower() for part in parts)


def _verdict(value: str, today: date) -> Test:
    found = {verdict for verdict in Verdict for part in _one_of(value) if verdict.value.startswith(part)}
    if not found:
        raise Unclear("picked, rejected or undecided")
    return lambda take: take.verdict in found


def _stars(value: str, today: date) -> Test:
    test = compared(value.replace("★", ""), int)
    return lambda take: test(take.stars)


def _seed(value: str, today: date) -> Test:
    tests = [compared(part, int) for part in _one_of(value)]
    return lambda take: take.seed is not None and any(test(take.seed) for test in tests)


def _price(value: str, today: date) -> Test:
    if value and "unknown".startswith(value):
        return lambda take: price_of(take) is None
    test = compared(value.replace("$", ""), Decimal)
    return lambda take: (price := price_of(take)) is not None and test(price)


def _date(value: str, today: date) -> Test:
    bound = _BOUND.fullmatch(value)
    relation, words = (bound[1] or "", bound[2]) if bound else ("", value)
    if split := _RANGE.fullmatch(words):
        first, last = days(split[1], today)[0], days(split[2], today)[1]
    else:
        first, last = days(words, today)
    start, end = _seconds(first), _seconds(last + timedelta(days=1))
    match relation:
        case ">":
            return lambda take: take.created >= end
        case ">=":
            return lambda take: take.created >= start
        case "<":
            return lambda take: take.created < start
        case "<=":
            return lambda take: take.created < end
        case _:
            return lambda take: start <= take.created < end


def _text(value: str, today: date) -> Test:
    if not value:
        raise Unclear("which words of the prompt?")
    return lambda take: value in folded(take.prompt)


def _take(value: str, today: date) -> Test:
    parts = _one_of(value)
    return lambda take: any(part in take.id.lower() for part in parts)


def _size(value: str, today: date) -> Test:
    match = re.fullmatch(r"(\d+)[x×](\d+)", value)
    if match is None:
        raise Unclear("such as 768x1024")
    wanted = int(match[1]), int(match[2])
    return lambda take: (take.width, take.height) == wanted


FIELDS: Mapping[str, MakeTest] = MappingProxyType(
    {
        "pose": _pose,
        "model": _model,
        "verdict": _verdict,
        "stars": _stars,
        "seed": _seed,
        "price": _price,
        "date": _date,
        "prompt": _text,
        "take": _take,
        "size": _size,
    }
)
"""What may stand before a colon."""

FLAGS: Mapping[str, Test] = MappingProxyType(
    {
        "draft": lambda take: take.draft,
        "refused": lambda take: take.flagged,
        "sandbox": lambda take: take.sandbox,
        "picked": lambda take: take.verdict is Verdict.PICKED,
        "rejected": lambda take: take.verdict is Verdict.REJECTED,
        "undecided": lambda take: take.verdict is Verdict.UNDECIDED,
    }
)
"""Words that mean something by themselves; in quotes they are words of the prompt."""


def compared(value: str, kind: Callable[[str], Number]) -> Callable[[Number], bool]:
    """A test of a number: `3`, `>=3`, `<0.1`, `2..4`. Raises Unclear."""
    if split := _RANGE.fullmatch(value):
        low, high = _number(split[1], kind), _number(split[2], kind)
        return lambda number: low <= number <= high
    bound = _BOUND.fullmatch(value)
    limit = _number(bound[2] if bound else value, kind)
    match bound[1] if bound else None:
        case ">=":
            return lambda number: number >= limit
        case "<=":
            return lambda number: number <= limit
        case ">":
            return lambda number: number > limit
        case "<":
            return lambda number: number < limit
        case _:
            return lambda number: number == limit


def days(value: str, today: date) -> tuple[date, date]:
    """The first and the last day of `today`, `yesterday`, `week`, `2026`, `2026-11` or `2026-11-20`. Raises Unclear."""
    named = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "week": (today - timedelta(days=6), today),
        "month": (today.replace(day=1), today),
    }
    if value in named:
        return named[value]
    parts = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", value)
    if parts is None:
        raise Unclear("today, yesterday, week, month or a day such as 2026-11-20")
    year, month, day = int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)
    try:
        first = date(year, month, day)
        if parts[3]:
            return first, first
        following = date(year + 1, 1, 1) if not parts[2] or month == 12 else date(year, month + 1, 1)
    except ValueError:
        raise Unclear(f"there is no such day as {value}") from None
    return first, following - timedelta(days=1)


def _number(text: str, kind: Callable[[str], Number]) -> Number:
    try:
        if (number := kind(text)) == number:  # Decimal reads NaN too, and cannot compare it
            return number
    except (ValueError, InvalidOperation):
        pass
    raise Unclear("a number, >=3, <3 or 2..4")


def _seconds(day: date) -> float:
    try:
        return datetime.combine(day, time()).timestamp()
    except (OverflowError, OSError, ValueError):
        raise Unclear("that day is too far away") from None
