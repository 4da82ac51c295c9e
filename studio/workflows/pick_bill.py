"""What picked takes cost: each its own price, and all the takes it was chosen from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.take import Take, Verdict
from studio.workflows.takes import TakeTable


@dataclass(frozen=True, slots=True)
class Picked:
    """A pose with its picks, and what all its takes cost."""

    pose: str
    picks: tuple[Take, ...]
    takes: int
    cost: Decimal
    """USD of every take of the pose that is not in the trash: what its picks really cost."""
    unknown: int
    """Takes of unknown price."""


@dataclass(frozen=True, slots=True)
class Bill:
    """What the picks of some poses cost, in USD."""

    poses: tuple[Picked, ...]
    sandbox: bool
    """Every one of the takes was drawn by the sandbox, so that nothing was charged."""

    @property
    def total(self) -> Decimal:
        """All takes."""
        return sum((row.cost for row in self.poses), money.ZERO)

    @property
    def picks(self) -> int:
        """Picked takes."""
        return sum(len(row.picks) for row in self.poses)

    @property
    def takes(self) -> int:
        """All takes."""
        return sum(row.takes for row in self.poses)

    @property
    def unknown(self) -> int:
        """Takes of unknown price."""
        return sum(row.unknown for row in self.poses)

    @property
    def each(self) -> Decimal | None:
        """Price of a picked take, the takes that were not picked paid along; None without a pick."""
        return (self.total / self.picks).quantize(Decimal("0.001")).normalize() if self.picks else None


def bill_of(names: Iterable[str], takes: TakeTable) -> Bill:
    """What the picks of these poses cost, fal's bill where it is known, else the estimate."""
    rows, every = [], []
    for name in names:
        own = takes.of_pose(name)
        every += own
        cost, unknown = money.total(cost_of(take) for take in own)
        picks = tuple(take for take in own if take.verdict is Verdict.PICKED)
        rows.append(Picked(name, picks, len(own), cost, unknown))
    return Bill(tuple(rows), bool(every) and all(take.sandbox for take in every))


def cost_of(take: Take) -> Decimal | None:
    """USD of one take: billed where known, else estimated; None where neither is."""
    return take.billed if take.billed is not None else take.estimate
