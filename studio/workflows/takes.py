"""The takes of a project as a front end sees them: all in memory, by pose, never jumping."""

from __future__ import annotations

from collections.abc import Iterable

from studio.domain.take import Take, Verdict
from studio.domain.text import slug


class TakeTable:
    """Every take that is not in the trash, by id and by pose, oldest first."""

    def __init__(self, takes: Iterable[Take] = ()) -> None:
        self._takes: dict[str, Take] = {take.id: take for take in takes}
        self._by_pose: dict[str, list[str]] = {}
        for take in self._takes.values():
            self._by_pose.setdefault(slug(take.pose), []).append(take.id)

    def __len__(self) -> int:
        return len(self._takes)

    def get(self, take_id: str) -> Take | None:
        """One take, or None."""
        return self._takes.get(take_id)

    def of_pose(self, pose: str) -> list[Take]:
        """The takes of one pose, oldest first."""
        return [self._takes[take_id] for take_id in self._by_pose.get(slug(pose), [])]

    def all(self) -> list[Take]:
        """Every take, oldest first."""
        return list(self._takes.values())

    def put(self, take: Take) -> None:
        """Add a take, or replace it; one that went to the trash is taken out."""
        ids = self._by_pose.setdefault(slug(take.pose), [])
        if take.trashed:
            self._takes.pop(take.id, None)
            if take.id in ids:
                ids.remove(take.id)
            return
        if take.id not in self._takes:
            ids.append(take.id)
            ids.sort(
                key=lambda take_id: (self._takes[take_id].created if take_id in self._takes else take.created, take_id)
            )
        self._takes[take.id] = take

    def counts(self, pose: str) -> tuple[int, int]:
        """How many takes of a pose are picked, and how many there are."""
        takes = self.of_pose(pose)
        return sum(take.verdict is Verdict.PICKED for take in takes), len(takes)

    def neighbour(self, take_id: str, step: int) -> Take | None:
        """The take `step` places after this one within its pose, or None past either end."""
        take = self._takes.get(take_id)
        if take is None:
            return None
        ids = self._by_pose.get(slug(take.pose), [])
        at = ids.index(take_id) + step
        return self._takes[ids[at]] if 0 <= at < len(ids) else None
