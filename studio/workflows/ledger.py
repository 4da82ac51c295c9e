"""The ledger: what every job cost, and sums of it by take, pose, session and day. Pure, in decimals, in USD."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from studio.domain import money
from studio.domain.job import JobState
from studio.domain.spent import Spent
from studio.engine.desk import Desk

NOT_OWED = frozenset({JobState.WRITTEN, JobState.PAUSED, JobState.CANCELLED, JobState.FAILED})
"""States in which nothing is owed unless fal billed it or had finished the work; as in the journal's own sums."""

MICRO = Decimal("0.000001")
"""A price per picked take is told to a millionth of a dollar; every other figure is exact."""


class Mark(StrEnum):
    """How well the cost of a job is known."""

    BILLED = "billed"
    """fal reported the units."""
    ESTIMATED = "estimated"
    """Paid, or on its way; fal did not say how much."""
    MAYBE = "maybe paid"
    """It left and no answer came: only fal knows."""
    UNPRICED = "price unknown"
    """Paid or maybe paid, and there is no figure for it at all."""
    SANDBOX = "would cost"
    """Drawn by the sandbox: nothing was charged."""
    NOTHING = "not charged"
    """It came to nothing before fal worked on it, as far as fal says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One job of the ledger. Where it became a picture, it is that take's line."""

    row: Spent
    mark: Mark
    amount: Decimal
    """What it adds to the sums, in USD: billed where known, else estimated; for the sandbox, what it would cost."""
    day: str
    """The local day it was sent, `2026-11-20`."""

    @property
    def differs(self) -> bool:
        """True where fal billed another amount than was expected."""
        return self.row.billed is not None and self.row.estimate is not None and self.row.billed != self.row.estimate


@dataclass(frozen=True, slots=True)
class Sum:
    """What a group of jobs cost, in USD. Jobs of the sandbox stand in the fields that say so, and nowhere else."""

    jobs: int = 0
    takes: int = 0
    picked: int = 0
    expected: Decimal = money.ZERO
    """Estimates of everything that is or may be paid: what the artist was told beforehand."""
    billed: Decimal = money.ZERO
    """What fal billed, as far as it said."""
    estimated: Decimal = money.ZERO
    """Estimates of what is paid and was never billed in figures."""
    maybe: Decimal = money.ZERO
    """Estimates of jobs of unknown fate."""
    unknown: int = 0
    """How many jobs are of unknown fate."""
    unpriced: int = 0
    """How many paid or maybe paid jobs have no figure at all."""
    sandbox_jobs: int = 0
    sandbox_takes: int = 0
    sandbox_picked: int = 0
    would_cost: Decimal = money.ZERO

    @property
    def spent(self) -> Decimal:
        """Everything that is or may be paid: the figure of the header and of the budgets."""
        return self.billed + self.estimated + self.maybe

    @property
    def per_picked(self) -> Decimal | None:
        """What one picked take cost, all the others included; None while nothing is picked."""
        return _shared(self.spent, self.picked)

    @property
    def sandbox_per_picked(self) -> Decimal | None:
        """What one picked sandbox take would have cost; None while none is picked."""
        return _shared(self.would_cost, self.sandbox_picked)


@dataclass(frozen=True, slots=True)
class Group:
    """The sum of one pose, session or day, and when its first and last job were sent (seconds since the epoch)."""

    name: str
    sum: Sum
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """The jobs that left since a moment, oldest first, and their sums."""

    entries: tuple[Entry, ...]
    total: Sum
    poses: tuple[Group, ...]
    """By name, in the order they were first drawn."""
    sessions: tuple[Group, ...]
    days: tuple[Group, ...]


async def read_ledger(desk: Desk, since: float | None = None, session: str | None = None) -> Ledger:
    """The ledger of the jobs sent since a moment (all when None), read and summed off the event loop."""
    rows = await desk.pen(desk.journal.spent, since, session)
    return await desk.hands(make_ledger, rows)


def make_ledger(rows: Iterable[Spent]) -> Ledger:
    """The ledger of these rows. Every row is in exactly one pose, one session and one day."""
    entries = tuple(entry_of(row) for row in rows)
    return Ledger(
        entries=entries,
        total=sum_of(entries),
        poses=_groups(entries, lambda entry: entry.row.pose),
        sessions=_groups(entries, lambda entry: entry.row.session),
        days=_groups(entries, lambda entry: entry.day),
    )


def entry_of(row: Spent) -> Entry:
    """What one row cost, and how well that is known."""
    mark = _mark(row)
    known = row.billed if row.billed is not None else row.estimate
    amount = money.ZERO if mark in {Mark.NOTHING, Mark.UNPRICED} or known is None else known
    return Entry(row, mark, amount, time.strftime("%Y-%m-%d", time.localtime(row.sent)))


def sum_of(entries: Iterable[Entry]) -> Sum:
    """The sums of these jobs, without any rounding."""
    tally = _Tally()
    for entry in entries:
        tally.add(entry)
    return tally.sum()


class _Tally:
    """Adds up entries; ten thousand of them must not make ten thousand frozen sums."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.amounts: dict[Mark, Decimal] = dict.fromkeys(Mark, money.ZERO)
        self.expected = money.ZERO
        self.first = self.last = 0.0

    def add(self, entry: Entry) -> None:
        row, counts = entry.row, self.counts
        self.first = min(self.first, row.sent) if counts["all"] else row.sent
        self.last = max(self.last, row.sent) if counts["all"] else row.sent
        counts["all"] += 1
        self.amounts[entry.mark] += entry.amount
        if row.sandbox:
            counts["sandbox"] += 1
            counts["sandbox takes"] += bool(row.take)
            counts["sandbox picked"] += row.picked
            return
        counts["takes"] += bool(row.take)
        counts["picked"] += row.picked
        counts["unknown"] += row.state is JobState.UNKNOWN
        counts["unpriced"] += entry.mark is Mark.UNPRICED
        if entry.mark is not Mark.NOTHING:
            self.expected += row.estimate or money.ZERO

    def sum(self) -> Sum:
        counts, amounts = self.counts, self.amounts
        return Sum(
            jobs=counts["all"] - counts["sandbox"],
            takes=counts["takes"],
            picked=counts["picked"],
            expected=self.expected,
            billed=amounts[Mark.BILLED],
            estimated=amounts[Mark.ESTIMATED],
            maybe=amounts[Mark.MAYBE],
            unknown=counts["unknown"],
            unpriced=counts["unpriced"],
            sandbox_jobs=counts["sandbox"],
            sandbox_takes=counts["sandbox takes"],
            sandbox_picked=counts["sandbox picked"],
            would_cost=amounts[Mark.SANDBOX],
        )


def _mark(row: Spent) -> Mark:
    owed = row.state not in NOT_OWED or row.finished or row.billed is not None
    match row:
        case _ if not owed:
            return Mark.NOTHING
        case _ if row.sandbox:
            return Mark.SANDBOX
        case _ if row.billed is not None:
            return Mark.BILLED
        case _ if row.estimate is None:
            return Mark.UNPRICED
        case _ if row.state is JobState.UNKNOWN:
            return Mark.MAYBE
        case _:
            return Mark.ESTIMATED


def _groups(entries: Sequence[Entry], name_of: Callable[[Entry], str]) -> tuple[Group, ...]:
    tallies: dict[str, _Tally] = {}
    for entry in entries:
        name = name_of(entry)
        tally = tallies.get(name)
        if tally is None:
            tally = tallies[name] = _Tally()
        tally.add(entry)
    return tuple(Group(name, tally.sum(), tally.first, tally.last) for name, tally in tallies.items())


def _shared(amount: Decimal, parts: int) -> Decimal | None:
    return (amount / parts).quantize(MICRO, ROUND_HALF_EVEN) if parts else None
