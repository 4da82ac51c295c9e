"""A file that comes and is of no use is asked for a few times, then set aside with its address, and told once."""

from __future__ import annotations

import pytest

from studio.domain import errors
from studio.domain.job import Job, JobState
from studio.engine.events import Held
from studio.engine.queue import HELD_PAUSES
from tests.engine.conftest import World, until

S = JobState
UNSAFE = ("The file's address is not safe to follow: http://elsewhere/x.png",)


def held(world: World) -> list[Held]:
    return [event for event in world.heard() if isinstance(event, Held)]


async def first_pause_over(world: World) -> None:
    """Let the first long pause between two rounds pass; the fake clock does not wait for the others."""
    await until(lambda: HELD_PAUSES[0] in world.clock.slept)
    world.clock.release(HELD_PAUSES[0])


async def spoilt(world: World, error: errors.Broken) -> Job:
    """A picture whose file goes wrong in the same way however often it is asked for, until nobody asks any more."""
    world.provider.fail_with("download", *[error] * 100)
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    await first_pause_over(world)
    await until(lambda: not world.engine.queue.busy())
    return world.journal.rows[job.id]


@pytest.mark.parametrize(("lasting", "asked"), [(True, 3), (False, 12)])
async def test_a_file_of_no_use_is_asked_for_a_few_times_and_no_more(
    world: World, *, lasting: bool, asked: int
) -> None:
    job = await spoilt(world, errors.Broken(*UNSAFE, lasting=lasting))
    assert len(world.provider.downloaded) == asked
    assert job.state is S.COMPLETED, "rescue can still fetch it"
    assert world.shelf.noted == [(job.id, UNSAFE[0])]


async def test_it_is_told_once_that_it_waits_and_once_that_it_is_set_aside(world: World) -> None:
    job = await spoilt(world, errors.Broken(*UNSAFE, lasting=True))
    assert [event.aside for event in held(world)] == [False, True]
    assert f".studio/broken/{job.id}.json" in held(world)[1].remedy
    assert "studio rescue" in held(world)[1].remedy


async def test_rescue_asks_again_for_what_was_set_aside(world: World) -> None:
    job = await spoilt(world, errors.Broken(*UNSAFE, lasting=True))
    world.provider._failures.clear()
    await world.engine.rescue()
    await until(lambda: S.STORED in world.states(job))


async def test_the_artist_can_have_it_asked_for_again_without_leaving(world: World) -> None:
    job = await spoilt(world, errors.Broken(*UNSAFE, lasting=True))
    world.provider._failures.clear()
    assert await world.engine.look_again(job.id)
    await until(lambda: S.STORED in world.states(job))
    assert world.provider.submitted == [job.request]


async def test_a_result_that_names_another_address_now_is_followed_there(world: World) -> None:
    world.provider.fail_with("download", errors.Broken(*UNSAFE, lasting=True))
    job = world.job()
    world.provider.hold = True
    await world.engine.submit([job])
    await until(lambda: job.request in world.provider.submitted)
    old = world.provider.completed("fake-1")
    world.provider.push("fake-1", old)
    world.provider._results["fake-1"] = world.provider.completed("elsewhere")
    await until(lambda: S.STORED in world.states(job))
    assert world.provider.downloaded[-1].endswith("elsewhere.png")


async def test_a_full_disk_is_told_once_however_long_it_stays_full(world: World) -> None:
    world.shelf.fail_with = [errors.ProjectError("The disk is full.", "Free some space.")] * 3
    job = world.job()
    await world.engine.submit([job])
    await first_pause_over(world)
    await until(lambda: S.STORED in world.states(job))
    assert len(held(world)) == 1
