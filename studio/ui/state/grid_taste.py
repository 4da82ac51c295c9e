"""How the artist wants the grid: whose takes, in which order, how large. Pure; lives as long as the sitting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


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
