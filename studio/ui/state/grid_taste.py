"""How the artist wants the grid: whose takes, in which order, how large. Pure; kept with the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

SIZES = frozenset("01234567")
"""The sizes there are, as they are kept."""


class Scope(StrEnum):
    """Whose takes the grid shows."""

    POSE = "this pose"
    POSES = "all poses"
    PROJECT = "whole project"
    """Those of poses that are not in the list any more among them."""


@dataclass(frozen=True, slots=True)
class GridTaste:
    """Kept between two openings of the grid."""

    scope: Scope = Scope.POSE
    orders: tuple[tuple[Scope, str], ...] = field(
        default=((Scope.POSE, "oldest"), (Scope.POSES, "newest"), (Scope.PROJECT, "newest"))
    )
    """The name of the order of each scope."""
    size: int | None = None
    """Which of the sizes of `GridPane`; None leaves it to the room."""
    filter: str = ""

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> GridTaste:
        """The taste of an earlier sitting; what cannot be read is as it is at first."""
        first = cls()
        scope = Scope(kept["scope"]) if kept.get("scope") in set(Scope) else first.scope
        size = int(kept["size"]) if kept.get("size", "") in SIZES else None
        return cls(scope, tuple((one, kept.get(one.value, name)) for one, name in first.orders), size)

    def kept(self) -> dict[str, str]:
        """What `read` reads. A filter is of the moment and is not kept."""
        size = {} if self.size is None else {"size": str(self.size)}
        return {"scope": self.scope.value, **{scope.value: name for scope, name in self.orders}, **size}

    @property
    def order(self) -> str:
        """The name of the order in the scope of the moment."""
        return dict(self.orders)[self.scope]

    def ordered(self, name: str) -> GridTaste:
        """Another order in the scope of the moment."""
        return replace(self, orders=tuple({**dict(self.orders), self.scope: name}.items()))

    def widened(self) -> GridTaste:
        """The next scope, round and round."""
        scopes = list(Scope)
        return replace(self, scope=scopes[(scopes.index(self.scope) + 1) % len(scopes)])
