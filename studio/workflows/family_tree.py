"""Which take was made from which: edits and finals name their parent, and parents and children form trees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studio.domain.take import Take


@dataclass(frozen=True, slots=True)
class Member:
    """One take in its family, as a row of a tree."""

    take: Take
    depth: int
    """0 for the one everything came from."""
    branch: str
    """What stands before it in a drawn tree: `│  ├─ `."""
    lost_parent: str = ""
    """The id of a parent that is not there any more, in the trash for instance."""


class Families:
    """The families of some takes. Made once from all of them; asking is quick."""

    def __init__(self, takes: Iterable[Take]) -> None:
        self._takes: dict[str, Take] = {take.id: take for take in takes}
        self._children: dict[str, list[Take]] = {}
        for take in sorted(self._takes.values(), key=_age):
            if take.parent in self._takes and take.parent != take.id:
                self._children.setdefault(take.parent, []).append(take)

    def root(self, take_id: str) -> Take | None:
        """The take that everything came from; None when there is no take of that id."""
        take, seen = self._takes.get(take_id), set[str]()
        while take is not None and take.parent in self._takes and take.id not in seen:
            seen.add(take.id)
            take = self._takes[take.parent]
        return take

    def family(self, take_id: str) -> list[Member]:
        """The whole family of a take, its root first, children below their parent, the oldest first."""
        root = self.root(take_id)
        return [] if root is None else self._below(root)

    def parent(self, take: Take) -> Take | None:
        """The take this one was made from, if it is there."""
        return self._takes.get(take.parent)

    def children(self, take: Take) -> Sequence[Take]:
        """The takes that were made from this one, the oldest first."""
        return self._children.get(take.id, ())

    def all(self) -> list[list[Member]]:
        """Every family of more than one, by the age of its root."""
        roots = dict.fromkeys(
            root.id for take in sorted(self._takes.values(), key=_age) if (root := self.root(take.id))
        )
        families = (self.family(root) for root in roots)
        return [family for family in families if len(family) > 1]

    def _below(self, root: Take) -> list[Member]:
        """Without recursion: a chain of edits may be long."""
        lost = root.parent if root.parent and root.parent not in self._takes else ""
        rows = [Member(root, 0, "", lost)]
        waiting = _rows_of(self._children, root, 0, "")
        met = {root.id}
        while waiting:
            member, below = waiting.pop(0)
            if member.take.id in met:
                continue
            met.add(member.take.id)
            rows.append(member)
            waiting[:0] = _rows_of(self._children, member.take, member.depth, below)
        return rows


def _rows_of(children: Mapping[str, Sequence[Take]], take: Take, depth: int, before: str) -> list[tuple[Member, str]]:
    own = children.get(take.id, ())
    found = []
    for number, child in enumerate(own, 1):
        last = number == len(own)
        row = Member(child, depth + 1, f"{before}{'└─ ' if last else '├─ '}")
        found.append((row, f"{before}{'   ' if last else '│  '}"))
    return found


def _age(take: Take) -> tuple[float, str]:
    return take.created, take.id
