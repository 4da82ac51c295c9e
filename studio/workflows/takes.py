"""The takes of a project as a front end sees them: by pose, oldest first, never jumping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from studio.domain.take import Take, Verdict
from studio.domain.text import slug
from studio.engine.ports import PoseCounts


class TakeSource(Protocol):
    """Where takes are read from; the shelf is one."""

    def take(self, take_id: str) -> Take | None:
        """One take, or None."""
        ...

    def takes(self, pose: str | None = None, *, trashed: bool = False) -> list[Take]:
        """The takes of a pose, or all, oldest first."""
        ...

    def counts(self) -> Mapping[str, PoseCounts]:
        """How many takes each pose has, by its slug."""
        ...


class TakeTable:
    """Every take that is not in the trash. Counts are known at once; the takes of a pose are read when they are first
    asked for, or all together by `fill`: opening a project of ten thousand takes costs no more than an empty one.
    """

    def __init__(self, source: TakeSource) -> None:
        self._source = source
        self._counts = dict(source.counts())
        self._takes: dict[str, Take] = {}
        self._by_pose: dict[str, list[str]] = {}
        self._whole = not self._counts
        self._changed: list[str] = []

    def fill(self, takes: Iterable[Take]) -> None:
        """Take in every take at once, read elsewhere; what has come in since stays as it is."""
        poses: dict[str, list[Take]] = {}
        for take in takes:
            poses.setdefault(slug(take.pose), []).append(take)
        for pose, rows in poses.items():
            if pose not in self._by_pose:
                self._keep(pose, rows)
        self._whole = True

    def get(self, take_id: str) -> Take | None:
        """One take, or None; those in the trash are none."""
        if take_id in self._takes or self._whole:
            return self._takes.get(take_id)
        take = self._source.take(take_id) if take_id else None
        if take is None or take.trashed:
            return None
        self._pose(take.pose)
        return self._takes.get(take_id)

    def of_pose(self, pose: str) -> list[Take]:
        """The takes of one pose, oldest first."""
        return [self._takes[take_id] for take_id in self._pose(pose)]

    def all(self) -> list[Take]:
        """Every take, oldest first."""
        if not self._whole:
            self.fill(self._source.takes())
        return sorted(self._takes.values(), key=_age)

    @property
    def changed_count(self) -> int:
        """How many takes were put in so far, each time counted."""
        return len(self._changed)

    def changed_since(self, count: int) -> list[str]:
        """Ids of the takes that were put in since there were so many, in that order."""
        return self._changed[count:]

    def put(self, take: Take) -> None:
        """Add a take, or replace it; one that went to the trash is taken out."""
        self._changed.append(take.id)
        ids = self._pose(take.pose)
        if take.trashed:
            self._takes.pop(take.id, None)
            if take.id in ids:
                ids.remove(take.id)
            return
        self._takes[take.id] = take
        if take.id not in ids:
            ids.append(take.id)
            ids.sort(key=lambda take_id: _age(self._takes[take_id]))

    def counts(self, pose: str) -> tuple[int, int]:
        """How many takes of a pose are picked, and how many there are."""
        if slug(pose) in self._by_pose or self._whole:
            takes = self.of_pose(pose)
            return sum(take.verdict is Verdict.PICKED for take in takes), len(takes)
        known = self._counts.get(slug(pose))
        return (known.picked, known.takes) if known else (0, 0)

    def totals(self) -> tuple[int, int]:
        """How many takes of the project are picked, and how many there are."""
        each = [self.counts(pose) for pose in {*self._counts, *self._by_pose}]
        return sum(picked for picked, _ in each), sum(takes for _, takes in each)

    def neighbour(self, take_id: str, step: int) -> Take | None:
        """The take `step` places after this one within its pose, or None past either end."""
        take = self.get(take_id)
        if take is None:
            return None
        ids = self._pose(take.pose)
        at = ids.index(take_id) + step
        return self._takes[ids[at]] if 0 <= at < len(ids) else None

    def _pose(self, pose: str) -> list[str]:
        key = slug(pose)
        if key not in self._by_pose:
            self._keep(key, [] if self._whole else self._source.takes(pose))
        return self._by_pose[key]

    def _keep(self, key: str, takes: Iterable[Take]) -> None:
        rows = sorted(takes, key=_age)
        self._by_pose[key] = [take.id for take in rows]
        self._takes.update({take.id: take for take in rows})


def _age(take: Take) -> tuple[float, str]:
    return take.created, take.id
