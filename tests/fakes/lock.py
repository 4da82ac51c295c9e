"""A lock that another studio may hold."""

from __future__ import annotations


class FakeLock:
    """Free unless `taken`; `taken` can be set to False when the other studio goes."""

    def __init__(self, *, taken: bool = False) -> None:
        self.taken = taken
        self.held = False

    def acquire(self) -> bool:
        self.held = not self.taken
        return self.held

    def release(self) -> None:
        self.held = False

    def holder(self) -> int | None:
        return 4711 if self.taken else None
