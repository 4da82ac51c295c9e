"""The artist may look again for a job of unknown fate; that never buys anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.domain import errors
from studio.domain.job import JobState
from studio.engine.events import Stored
from studio.engine.ports import PastRequest
from tests.engine.conftest import World
from tests.engine.test_rescue import handle

S = JobState


async def test_a_job_that_shows_up_in_fals_history_later_is_fetched(world: World) -> None:
    job = world.job(state=S.UNKNOWN)
    world.journal.rows[job.id] = job
    assert not await world.engine.look_again(job.id)
    assert world.journal.rows[job.id].state is S.UNKNOWN
    world.provider.past = [PastRequest("late", job.request.endpoint, job.moved, job.request.arguments, True)]
    world.provider.push("late", world.provider.completed("late"))
    assert await world.engine.look_again(job.id)
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.STORED
    assert [event.job.id for event in world.heard() if isinstance(event, Stored)] == [job.id]
    assert world.provider.submitted == []


async def test_a_job_that_was_lost_while_it_was_followed_is_followed_again_by_its_own_address(world: World) -> None:
    job = replace(world.job(state=S.UNKNOWN), handle=handle("r1"))
    world.journal.rows[job.id] = job
    world.provider.push("r1", world.provider.completed("r1"))
    assert await world.engine.look_again(job.id)
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.STORED
    assert world.provider.submitted == []


async def test_only_a_job_of_unknown_fate_can_be_given_up(world: World) -> None:
    lost, running = world.job(state=S.UNKNOWN), replace(world.job(state=S.RUNNING), handle=handle("r1"))
    world.journal.rows |= {lost.id: lost, running.id: running}
    assert await world.engine.give_up(lost.id)
    assert not await world.engine.give_up(lost.id)
    assert not await world.engine.give_up(running.id)
    kept = world.journal.rows[lost.id]
    assert kept.state is S.FAILED and kept.failure is not None and kept.failure.charged == "maybe charged"
    assert world.journal.rows[running.id].state is S.RUNNING


async def test_a_job_that_waits_is_not_touched_by_looking_for_another(world: World) -> None:
    world.engine.queue.set_paused(True)
    waiting, lost = world.job(), world.job(state=S.UNKNOWN)
    await world.engine.submit([waiting])
    world.journal.rows[lost.id] = lost
    await world.engine.look_again(lost.id)
    assert world.journal.rows[waiting.id].state is S.WRITTEN
    world.engine.queue.set_paused(False)
    await world.engine.queue.idle()
    assert world.journal.rows[waiting.id].state is S.STORED


async def test_a_refused_history_and_an_ended_job_change_nothing(world: World) -> None:
    lost, failed = world.job(state=S.UNKNOWN), world.job(state=S.FAILED)
    world.journal.rows |= {lost.id: lost, failed.id: failed}
    world.provider.fail_with("recent", errors.KeyRefused("The key may not list requests."))
    with pytest.raises(errors.KeyRefused):
        await world.engine.look_again(lost.id)
    assert not await world.engine.look_again(failed.id)
    assert not await world.engine.look_again("nobody")
    assert world.journal.rows[lost.id].state is S.UNKNOWN


async def test_only_the_studio_that_sends_may_look(world: World) -> None:
    world.lock.taken = True
    with pytest.raises(errors.UsageError, match="Another studio"):
        await world.engine.look_again("j1")


async def test_a_bad_argument_is_remembered_by_its_name(world: World) -> None:
    world.provider.fail_with("submit", errors.BadInput("fal does not take it.", None, "guidance_scale"))
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    failure = world.journal.rows[job.id].failure
    assert failure is not None
    assert (failure.kind, failure.field) == ("bad-input", "guidance_scale")
