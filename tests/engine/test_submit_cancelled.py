"""A caller that leaves while its plan is being written down."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from studio.domain.job import JobState
from studio.domain.recipe import Recipe
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio


async def test_what_was_written_is_sent_although_the_caller_left_meanwhile(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path, FakeProvider(sandbox=True))
    plan = studio.plan([studio.pose("running")], Recipe("fal-ai/flux-2-flex"))
    ordering = asyncio.ensure_future(studio.engine.submit(plan.jobs))
    journal = studio.engine.desk.journal
    while not journal.jobs():
        await asyncio.sleep(0)
    ordering.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await ordering
    await studio.engine.queue.idle()
    assert [job.state for job in journal.jobs()] == [JobState.STORED]
    await studio.close()
