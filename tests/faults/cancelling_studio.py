"""A studio whose artist cancels everything: `python -m tests.faults.cancelling_studio DIR SEED`.

It sends every ticked pose, cancels each job after a random while, and ends when nothing is going on any more.
"""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from studio.compose import Options, open_studio
from studio.domain.errors import StudioError
from studio.domain.job import AT_FAL, JobState
from studio.domain.recipe import Recipe
from studio.engine.bus import Subscription
from studio.engine.events import Moved
from studio.workflows.studio import Studio

LATEST = 1.0
"""Seconds after a job came into a state in which it may be cancelled."""


async def cancel_all(studio: Studio, dice: random.Random) -> None:
    """Send every ticked pose and cancel it again."""
    events = studio.engine.subscribe()
    listening = asyncio.create_task(_cancel_each(studio, events, dice))
    model = studio.model(studio.project.settings.model)
    await studio.generate(studio.plan(studio.ticked(), Recipe(model.id)))
    await studio.engine.queue.idle()
    events.close()
    await listening
    await studio.close()


async def _cancel_each(studio: Studio, events: Subscription, dice: random.Random) -> None:
    asked: dict[str, asyncio.Task[None]] = {}
    async for event in events:
        if not isinstance(event, Moved) or event.job.id in asked:
            continue
        wanted = event.job.state in AT_FAL or (event.job.state is JobState.SENT and dice.random() < 0.3)
        if wanted and dice.random() < 0.7:
            asked[event.job.id] = asyncio.create_task(_cancel(studio, event.job.id, dice.uniform(0, LATEST)))
    await asyncio.gather(*asked.values())


async def _cancel(studio: Studio, job_id: str, after: float) -> None:
    await asyncio.sleep(after)
    try:
        sys.stderr.write(f"{job_id}: {await studio.engine.queue.cancel(job_id)}\n")
    except StudioError as error:
        sys.stderr.write(f"{job_id}: {error.happened}\n")


if __name__ == "__main__":
    asyncio.run(cancel_all(open_studio(Path(sys.argv[1]), Options()), random.Random(int(sys.argv[2]))))
