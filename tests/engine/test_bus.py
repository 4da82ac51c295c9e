"""Progress may be dropped; an end never is."""

from __future__ import annotations

import asyncio

from studio.engine.bus import BACKLOG, EventBus
from studio.engine.events import Event, Logged, Stored
from studio.engine.ports import LogLine
from tests.engine.conftest import World


async def test_a_slow_reader_loses_progress_but_no_end(world: World) -> None:
    bus = EventBus()
    reader = bus.subscribe()
    job = world.job()
    take = world.shelf.store(job, None, None)  # type: ignore[arg-type]
    for _ in range(BACKLOG + 50):
        bus.publish(Logged(job, (LogLine("step"),)))
    bus.publish(Stored(job, take))
    events = await reader.batch()
    assert reader.dropped == 50
    assert isinstance(events[-1], Stored)


async def test_a_closed_bus_ends_its_readers_after_what_they_have_not_read(world: World) -> None:
    bus = EventBus()
    reader = bus.subscribe()
    heard: list[Event] = []

    async def read() -> None:
        heard.extend([event async for event in reader])

    task = asyncio.create_task(read())
    event = Logged(world.job(), ())
    bus.publish(event)
    bus.close()
    await task
    assert heard == [event]
