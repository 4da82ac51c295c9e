"""Two studios on one project: one sends, the other follows; nothing is sent twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from studio.domain.job import Handle, Job, JobState
from studio.engine.events import Ended, Moved, Noticed, Planned, Stored
from studio.engine.ports import PastRequest
from studio.engine.sharing import LOOK_EVERY
from tests.engine.conftest import World, until

S = JobState


def wrote(world: World, *jobs: Job) -> None:
    """Another process writes these rows."""
    world.journal.rows.update({job.id: job for job in jobs})
    world.journal.touches += 1


async def look(world: World) -> None:
    """Let one look at the journal happen, to its end."""
    looks = len([seconds for seconds in world.clock.slept if seconds == LOOK_EVERY])
    world.clock.release(LOOK_EVERY)
    await until(lambda: len([seconds for seconds in world.clock.slept if seconds == LOOK_EVERY]) > looks)


async def test_a_second_studio_takes_nothing_from_the_first_and_says_who_sends(world: World) -> None:
    world.lock.taken = True
    running = replace(world.job(state=S.SENT))
    wrote(world, running)
    found = await world.engine.rescue()
    assert "process 4711" in found.sentence()
    assert world.journal.rows[running.id].state is S.SENT
    assert [job.id for job in world.engine.queue.live] == [running.id]


async def test_what_is_ordered_in_the_second_is_written_down_and_not_sent_by_it(world: World) -> None:
    world.lock.taken = True
    job = world.job()
    await world.engine.submit([job])
    await look(world)
    assert world.provider.submitted == []
    assert world.states(job) == [S.WRITTEN]


async def test_the_sender_takes_up_what_the_other_wrote(world: World) -> None:
    await world.engine.rescue()
    job = world.job()
    wrote(world, job)
    await look(world)
    await until(lambda: world.journal.rows[job.id].state is S.STORED)
    assert world.provider.submitted == [job.request]
    assert any(isinstance(event, Planned) and job in event.jobs for event in world.heard())


async def test_the_follower_hears_what_became_of_its_jobs(world: World) -> None:
    world.lock.taken = True
    first, second = world.job("one"), world.job("two")
    await world.engine.submit([first, second])
    wrote(world, replace(first, state=S.RUNNING))
    await look(world)
    assert any(isinstance(event, Moved) and event.job.state is S.RUNNING for event in world.heard())
    take = world.shelf.store(first, None, None)  # type: ignore[arg-type]
    wrote(world, replace(first, state=S.STORED, take=take.id), replace(second, state=S.FAILED))
    await look(world)
    assert [event.take for event in world.heard() if isinstance(event, Stored)] == [take]
    assert [event.job.id for event in world.heard() if isinstance(event, Ended)] == [second.id]
    await world.engine.queue.idle()


async def test_the_follower_becomes_the_sender_when_the_other_has_died_and_sends_only_its_own_orders(
    world: World,
) -> None:
    world.lock.taken = True
    mine = world.job("mine")
    await world.engine.submit([mine])
    world.lock.taken = False
    # These were the dead one's: one was never sent, of the other nobody knows.
    waiting, lost = world.job("waiting"), world.job("lost", state=S.SENT)
    wrote(world, waiting, lost)
    await look(world)
    await until(lambda: world.journal.rows[mine.id].state is S.STORED)
    assert world.provider.submitted == [mine.request]
    assert world.journal.rows[waiting.id].state is S.PAUSED
    assert world.journal.rows[lost.id].state is S.UNKNOWN
    assert any("this one sends now" in event.text for event in world.heard() if isinstance(event, Noticed))


async def test_a_run_that_waits_for_its_jobs_is_not_told_too_early_when_it_becomes_the_sender(world: World) -> None:
    world.lock.taken = True
    mine = world.job("mine")
    await world.engine.submit([mine])
    idle = asyncio.create_task(world.engine.queue.idle())
    world.lock.taken = False
    world.clock.release(LOOK_EVERY)
    await idle
    assert world.journal.rows[mine.id].state is S.STORED


async def test_a_run_whose_last_picture_the_other_studio_stored_just_before_it_closed_comes_to_its_end(
    world: World,
) -> None:
    world.lock.taken = True
    mine = world.job("mine")
    await world.engine.submit([mine])
    wrote(world, replace(mine, state=S.RUNNING, handle=Handle("r", "s", "u", "c")))
    await look(world)
    idle = asyncio.create_task(world.engine.queue.idle())
    take = world.shelf.store(mine, None, None)  # type: ignore[arg-type]
    wrote(world, replace(mine, state=S.STORED, take=take.id))
    world.lock.taken = False
    await look(world)
    await until(idle.done)
    assert [event.take for event in world.heard() if isinstance(event, Stored)] == [take]
    assert world.engine.queue.live == []
    assert world.provider.submitted == []


async def test_a_run_waits_until_fal_was_asked_what_became_of_a_job_whose_sender_died(world: World) -> None:
    world.lock.taken = True
    mine = world.job("mine")
    await world.engine.submit([mine])
    wrote(world, replace(mine, state=S.SENT))
    world.provider.past.append(PastRequest("r", mine.request.endpoint, mine.moved, mine.request.arguments, True))
    world.provider.push("r", world.provider.completed("r"))
    idle = asyncio.create_task(world.engine.queue.idle())
    world.lock.taken = False
    await look(world)
    await until(idle.done)
    assert world.journal.rows[mine.id].state is S.STORED
    assert world.provider.submitted == []


async def test_a_job_cancelled_in_the_other_window_is_not_sent_here(world: World) -> None:
    world.engine.queue.set_paused(True)
    job = world.job()
    await world.engine.submit([job])
    wrote(world, replace(job, state=S.CANCELLED))
    await look(world)
    world.engine.queue.set_paused(False)
    await world.engine.queue.idle()
    assert world.provider.submitted == []


async def test_what_an_earlier_run_wrote_and_never_sent_is_not_taken_for_an_order_of_the_other_studio(
    world: World,
) -> None:
    left = world.job(state=S.WRITTEN)
    world.journal.rows[left.id] = left
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    wrote(world)
    await look(world)
    await look(world)
    await world.engine.queue.idle()
    assert world.provider.submitted == [job.request]
    assert world.journal.rows[left.id].state is S.WRITTEN


async def test_a_studio_that_takes_over_sends_its_own_orders_and_pauses_those_of_the_one_that_died(
    world: World,
) -> None:
    world.lock.taken = True
    mine, theirs = world.job("mine"), world.job("theirs")
    await world.engine.submit([mine])
    wrote(world, theirs)
    await look(world)
    world.lock.taken = False
    await look(world)
    await until(lambda: world.journal.rows[mine.id].state is S.STORED)
    assert world.provider.submitted == [mine.request]
    assert world.journal.rows[theirs.id].state is S.PAUSED
    await world.engine.queue.idle()
    assert {job.id: job.state for job in world.engine.queue.live} == {theirs.id: S.PAUSED}


async def test_an_order_in_the_moment_the_other_dies_leaves_nothing_waiting_for_ever(world: World) -> None:
    world.lock.taken = True
    first, second = world.job("first"), world.job("second")
    await world.engine.submit([first])
    world.lock.taken = False
    await world.engine.submit([second])
    await world.engine.queue.idle()
    assert {job.request for job in (first, second)} == set(world.provider.submitted)
    assert len(world.provider.submitted) == 2


async def test_a_job_that_is_added_twice_leaves_once(world: World) -> None:
    job = world.job()
    await world.engine.submit([job])
    world.engine.queue.add([job])
    world.engine.queue.add([job])
    await world.engine.queue.idle()
    assert world.provider.submitted == [job.request]


async def test_a_key_pressed_on_an_old_sight_of_a_job_neither_sends_nor_cancels_it_again(world: World) -> None:
    paused = world.job(state=S.PAUSED)
    world.journal.rows[paused.id] = paused
    world.lock.taken = True
    await world.engine.rescue()
    at = Handle("r1", "https://q/s", "https://q/r", "https://q/c")
    gone = replace(paused, state=S.QUEUED, handle=at)
    world.journal.rows[paused.id] = gone
    await world.engine.resume([paused])
    assert "other studio" in await world.engine.queue.cancel(paused.id)
    assert world.journal.rows[paused.id] == gone
    assert world.provider.submitted == []


async def test_a_run_does_not_wait_for_what_only_the_other_studio_ordered(world: World) -> None:
    world.lock.taken = True
    mine, theirs = world.job("mine"), world.job("theirs")
    await world.engine.submit([mine])
    wrote(world, replace(theirs, state=S.COMPLETED, handle=Handle("r", "s", "u", "c"), result="{}"))
    await look(world)
    idle = asyncio.create_task(world.engine.queue.idle(lambda job: job.id == mine.id))
    take = world.shelf.store(mine, None, None)  # type: ignore[arg-type]
    wrote(world, replace(mine, state=S.STORED, take=take.id))
    await look(world)
    await until(idle.done)
    assert [job.id for job in world.engine.queue.live] == [theirs.id]
