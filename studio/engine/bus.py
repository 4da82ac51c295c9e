"""The event bus between the engine and its front ends. Progress may be dropped; an end never is."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from studio.engine.events import DROPPABLE, Event

BACKLOG = 2_000
"""Events a slow reader may fall behind before its progress events are dropped."""


class Subscription:
    """One reader's view of the bus: an async iterator that ends when it is closed or the bus is."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._events: deque[Event] = deque()
        self._arrived = asyncio.Event()
        self._closed = False
        self.dropped = 0
        """Progress events this reader was too slow for."""

    def offer(self, event: Event) -> None:
        """Take an event in, unless it is progress and the backlog is full."""
        if len(self._events) >= BACKLOG and isinstance(event, DROPPABLE):
            self.dropped += 1
            return
        self._events.append(event)
        self._arrived.set()

    def close(self) -> None:
        """Stop listening; what is already in the backlog can still be read."""
        self._closed = True
        self._bus.forget(self)
        self._arrived.set()

    async def batch(self) -> list[Event]:
        """Everything that has come since the last call, waiting for at least one; empty when closed."""
        while not self._events and not self._closed:
            self._arrived.clear()
            await self._arrived.wait()
        events = list(self._events)
        self._events.clear()
        return events

    async def __aiter__(self) -> AsyncIterator[Event]:
        while events := await self.batch():
            for event in events:
                yield event


class EventBus:
    """Hands every event to every subscription, in order."""

    def __init__(self) -> None:
        self._readers: list[Subscription] = []

    def subscribe(self) -> Subscription:
        """A new reader; it hears what is published from now on."""
        reader = Subscription(self)
        self._readers.append(reader)
        return reader

    def forget(self, reader: Subscription) -> None:
        """Stop handing events to a reader."""
        if reader in self._readers:
            self._readers.remove(reader)

    def publish(self, event: Event) -> None:
        """Hand an event to every reader. Never waits."""
        for reader in list(self._readers):
            reader.offer(event)

    def close(self) -> None:
        """End every subscription."""
        for reader in list(self._readers):
            reader.close()
