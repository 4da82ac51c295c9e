"""The orders takes can stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from studio.domain.take import Take
from studio.workflows.take_terms import folded, price_of


@dataclass(frozen=True, slots=True)
class TakeSort:
    """An order: takes with a small `key` stand first. Keys of one order can be compared with each other; takes with
    equal keys stand by age, the newest first unless `oldest` is set.
    """

    words: str
    """What the artist reads: `newest first`."""
    key: Callable[[Take], Any]
    oldest: bool = False

    def place(self, take: Take) -> tuple[Any, float, str]:
        """What takes are sorted by; different for every two takes."""
        return self.key(take), take.created if self.oldest else -take.created, take.id


def _dear(take: Take) -> tuple[bool, Decimal]:
    price = price_of(take)
    return price is None, -(price or Decimal(0))


SORTS: Mapping[str, TakeSort] = MappingProxyType(
    {
        "newest": TakeSort("newest first", lambda take: 0),
        "oldest": TakeSort("oldest first", lambda take: 0, oldest=True),
        "stars": TakeSort("most stars first", lambda take: -take.stars),
        "price": TakeSort("dearest first", _dear),
        "pose": TakeSort("by pose", lambda take: folded(take.pose), oldest=True),
    }
)
"""The orders there always are, by name."""
