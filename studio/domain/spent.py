"""One line of the ledger: a job that left for fal, and what is known about its price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from studio.domain.job import JobState


@dataclass(frozen=True, slots=True)
class Spent:
    """One job as the journal has it. `sent` is seconds since the epoch, amounts are USD and None where unknown."""

    job: str
    take: str
    """Id of the take it became; empty when there is none."""
    pose: str
    endpoint: str
    session: str
    sent: float
    state: JobState
    sandbox: bool
    picked: bool
    estimate: Decimal | None
    """What it was expected to cost before it was sent."""
    units: Decimal | None
    """The billable units fal reported."""
    unit_price: Decimal | None
    """What one unit cost when it was planned."""
    billed: Decimal | None
    """Units times unit price, where fal reported units."""
    finished: bool = False
    """fal finished the work, so it is paid even where its picture was lost afterwards."""
    charged: str = ""
    """What is known about money where it went wrong, in words; empty where nothing did."""
