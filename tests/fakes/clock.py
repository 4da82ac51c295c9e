"""A clock that stands still until it is told to move."""

from __future__ import annotations

import asyncio


class FakeClock:
    """`sleep` notes the wish, moves the hands and lets others run; nothing really waits.

    Sleeps of a length in `parked` wait until `release` of that length.
    """

    def __init__(self, now: float = 1_000_000.0, parked: tuple[float, ...] = ()) -> None:
        self.time = now
        self.slept: list[float] = []
        self._parked = {seconds: asyncio.Event() for seconds in parked}

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if (parked := self._parked.get(seconds)) is not None:
            await parked.wait()
            parked.clear()
        self.time += seconds
        await asyncio.sleep(0)

    def release(self, seconds: float) -> None:
        """Let a parked sleep of that length end."""
        self._parked[seconds].set()
