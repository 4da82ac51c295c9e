"""The contact flow: pose by pose through what is undecided, and what is left. Pure; knows no screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.take import Take, Verdict
from studio.domain.text import slug
from studio.workflows.takes import TakeTable

AT_ONCE = 9
"""Takes of a pose that are seen at once: as many as there are digits."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is still to be decided, for the bar."""

    poses: int
    """Poses of the flow."""
    done: int
    """Poses in which nothing is undecided any more, or that were gone past."""
    takes: int
    """Undecided takes in the poses that are not done."""
    picked: int
    """Poses with at least one pick."""


def to_cull(names: Sequence[str], takes: TakeTable, culled: Mapping[str, float]) -> list[str]:
    """Poses with an undecided take that came in since the pose was last culled (seconds since the epoch, by slug), in
    the order of `names`. With none of those, every pose with an undecided take.
    """
    undecided = {name: _undecided(takes.of_pose(name)) for name in names if takes.counts(name)[1]}
    fresh = [
        name
        for name, rows in undecided.items()
        if any(take.created > culled.get(slug(name), float("-inf")) for take in rows)
    ]
    return fresh or [name for name, rows in undecided.items() if rows]


class ContactFlow:
    """Goes through poses. It moves only when it is told to: takes that come in change neither pose nor order."""

    def __init__(self, poses: Sequence[str], takes: TakeTable) -> None:
        self.poses = tuple(poses)
        self._takes = takes
        self._at = 0
        self._past: set[str] = set()

    @property
    def pose(self) -> str:
        """The pose that is decided about."""
        return self.poses[self._at]

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return self._at + 1

    @property
    def last(self) -> bool:
        """Whether no pose follows."""
        return self._at + 1 == len(self.poses)

    @property
    def past(self) -> tuple[str, ...]:
        """The poses that were decided about, one way or another."""
        return tuple(name for name in self.poses if name in self._past)

    def takes(self) -> list[Take]:
        """The takes of the pose, oldest first."""
        return self._takes.of_pose(self.pose)

    def first(self) -> Take | None:
        """The take to begin a pose with: its first undecided one, else its first."""
        rows = self.takes()
        return next(iter(_undecided(rows) or rows), None)

    def step(self, by: int) -> bool:
        """The next or the previous pose; False at either end. The one that is left counts as gone past."""
        if by > 0:
            self._past.add(self.pose)
        if not 0 <= self._at + by < len(self.poses):
            return False
        self._at += by
        return True

    def go_to(self, pose: str) -> bool:
        """A pose of the flow, for undo; False when it is none of them."""
        for at, name in enumerate(self.poses):
            if slug(name) == slug(pose):
                self._at = at
                self._past.discard(name)
                return True
        return False

    def left(self) -> Left:
        """What is still to be decided."""
        open_takes = {name: len(_undecided(self._takes.of_pose(name))) for name in self.poses}
        done = [name for name in self.poses if name in self._past or not open_takes[name]]
        return Left(
            poses=len(self.poses),
            done=len(done),
            takes=sum(number for name, number in open_takes.items() if name not in done),
            picked=sum(bool(self._takes.counts(name)[0]) for name in self.poses),
        )


@dataclass(frozen=True, slots=True)
class Picked:
    """A pose at the end of the flow: its picks, and what all its takes cost."""

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


def _undecided(takes: Iterable[Take]) -> list[Take]:
    return [take for take in takes if take.verdict is Verdict.UNDECIDED]
