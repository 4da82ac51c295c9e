"""A clock that stands still until it is told to move."""

from __future__ import annotations

import asyncio


class FakeClock:
    """`sleep` notes the wish, moves the hands and lets others run; nothing really waits."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.time = now
        self.slept: list[float] = []
        self.hold: asyncio.Event | None = None
        """When set, `sleep` waits for this event instead of going on at once."""

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.hold is not None:
            await self.hold.wait()
        self.time += seconds
        await asyncio.sleep(0)
