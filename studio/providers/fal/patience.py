"""How long is waited for what, and how waits grow."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Waiting times in seconds, and the sleep they are slept with (a test hands in one that does not wait)."""

    connect: float = 10.0
    answer: float = 60.0
    """Silence after which an answer is given up."""
    file: float = 120.0
    """Grace of a download; beyond it a file must have come at `slowest` bytes a second on the whole."""
    slowest: float = 16_384.0
    stream: float = 45.0
    """Silence after which a status stream is taken for dead; fal sends a comment about every 15 s."""
    retry_after: float = 60.0
    """The longest `Retry-After` that is waited for here; more than that is the artist's decision."""
    sends: int = 4
    """How often a request is tried that surely did not leave or was surely not accepted."""
    asks: int = 4
    """How often a harmless question is asked before its failure is told."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(slots=True)
class Backoff:
    """Waits that grow from `first` to `longest` seconds, each varied by a fifth so that jobs do not march in step."""

    first: float = 0.5
    longest: float = 10.0
    growth: float = 1.6
    tries: int = 0

    def next(self) -> float:
        """The next wait."""
        wait = min(self.longest, self.first * self.growth**self.tries)
        self.tries = min(self.tries + 1, 64)
        return min(self.longest, wait * random.uniform(0.8, 1.2))

    def reset(self) -> None:
        """Start over: something moved."""
        self.tries = 0
