"""The contact flow: pose by pose through what is undecided, and what is left. Pure; knows no screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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


def _undecided(takes: Iterable[Take]) -> list[Take]:
    return [take for take in takes if take.verdict is Verdict.UNDECIDED]
