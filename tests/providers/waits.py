"""Waiting times for tests: short ones, and a sleep that takes no time but is written down."""

from __future__ import annotations

import asyncio

from studio.providers.fal.patience import Patience


async def no_time(_seconds: float) -> None:
    """Lets everything else run once."""
    await asyncio.sleep(0)


HURRIED = Patience(connect=2.0, answer=0.5, stream=0.5, sleep=no_time)

PATIENT = Patience(sleep=no_time)
"""For a server that works: long waits that never come, and none between two tries."""


class Slept:
    """A sleep that takes no time; `waits` has how long each would have been."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)
