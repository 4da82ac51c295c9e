"""Takes set aside to be looked at together. Pure; knows no screen and no verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Marks:
    """Ids of marked takes in the order they were marked. Marks live as long as the sitting and decide nothing."""

    def __init__(self, known: Callable[[str], bool] = lambda take_id: True) -> None:
        """`known` says whether a take is still there; a mark of one that is not does not count."""
        self._known = known
        self._ids: dict[str, None] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def has(self, take_id: str) -> bool:
        """Whether a take is marked."""
        return take_id in self._ids

    def toggle(self, take_id: str) -> bool:
        """Mark a take or take its mark away; True when it is marked now."""
        if take_id in self._ids:
            del self._ids[take_id]
            return False
        self._ids[take_id] = None
        return True

    def add(self, take_ids: Iterable[str]) -> None:
        """Mark these too."""
        self._ids.update(dict.fromkeys(take_ids))

    def drop(self, take_id: str) -> None:
        """Take a mark away, if it is there."""
        self._ids.pop(take_id, None)

    def clear(self) -> None:
        """No marks."""
        self._ids.clear()

    @property
    def ids(self) -> tuple[str, ...]:
        """The marked takes that are still there, in the order they were marked."""
        return tuple(take_id for take_id in self._ids if self._known(take_id))
