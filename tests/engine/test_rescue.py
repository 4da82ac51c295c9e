"""What start-up does for jobs an earlier run left behind: nothing is sent, nothing paid is lost."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from studio.domain import errors
from studio.domain.job import Handle, Job, JobState
from studio.domain.request import Request
from studio.engine.events import Ended, Noticed
from studio.engine.ports import PastRequest
from studio.engine.rescue import match_history
from tests.engine.conftest import World, until

S = JobState


def handle(request_id: str) -> Handle:
    at = f"https://queue.fal.run/fal-ai/flux/requests/{request_id}"
    return Handle(request_id, f"{at}/status", at, f"{at}/cancel")


def left_behind(world: World, state: JobState, request_id: str = "", **changes: object) -> Job:
    job = replace(world.job(), state=state, handle=handle(request_id) if request_id else None)
    job = replace(job, **changes)  # type: ignore[arg-type]
    world.journal.rows[job.id] = job
    return job


async def test_what_was_never_sent_comes_back_paused_and_waits_for_a_key(world: World) -> None:
    job = left_behind(world, S.WRITTEN)
    found = await world.engine.rescue()
    await world.engine.queue.idle()
    assert [entry.id for entry in found.paused] == [job.id]
    assert world.provider.submitted == []
    assert "nothing is sent by itself" in found.sentence()
    await world.engine.resume(found.paused)
    await world.engine.queue.idle()
    assert world.provider.submitted == [job.request]
    assert world.journal.rows[job.id].state is S.STORED


async def test_what_is_at_fal_is_followed_and_fetched_without_sending_anything(world: World) -> None:
    queued, running = left_behind(world, S.QUEUED, "r1"), left_behind(world, S.RUNNING, "r2")
    for request_id in ("r1", "r2"):
        world.provider.push(request_id, world.provider.completed(request_id))
    found = await world.engine.rescue()
    assert found.sentence() == "2 paid pictures are waiting: fetching."
    await world.engine.queue.idle()
    assert world.provider.submitted == []
    assert {world.journal.rows[job.id].state for job in (queued, running)} == {S.STORED}


async def test_what_was_ordered_before_rescue_had_its_turn_is_left_alone(world: World) -> None:
    world.provider.hold = True
    jobs = [world.job("one"), world.job("two"), world.job("three")]
    found, _ = await asyncio.gather(world.engine.rescue(), world.engine.submit(jobs))
    again = await world.engine.rescue()
    assert (found.paused, found.following, again.paused, again.following) == ((), (), (), ())
    await until(lambda: len(world.provider.submitted) == 2)
    assert not [entry for entry in world.journal.history if entry[1] is S.PAUSED]


async def test_a_completed_job_needs_only_its_picture(world: World) -> None:
    done = world.provider.completed("r1")
    job = left_behind(world, S.COMPLETED, "r1", result=json.dumps(done.result))
    await world.engine.rescue()
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.STORED


async def test_a_job_sent_without_an_answer_is_found_in_fals_history_and_adopted(world: World) -> None:
    job = left_behind(world, S.SENT)
    world.provider.past = [PastRequest("found", job.request.endpoint, world.clock.now(), job.request.arguments, True)]
    world.provider.push("found", world.provider.completed("found"))
    await world.engine.rescue()
    await world.engine.queue.idle()
    kept = world.journal.rows[job.id]
    assert (kept.state, kept.request_id) == (S.STORED, "found")
    assert world.provider.submitted == []


async def test_what_cannot_be_found_stays_unknown_and_is_said(world: World) -> None:
    job = left_behind(world, S.SENT)
    await world.engine.rescue()
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.UNKNOWN
    assert [event.job.id for event in world.heard() if isinstance(event, Ended)] == [job.id]
    assert world.provider.submitted == []


async def test_a_history_that_is_refused_is_said_and_changes_nothing(world: World) -> None:
    job = left_behind(world, S.UNKNOWN)
    world.provider.fail_with("recent", errors.KeyRefused("The key may not list requests."))
    await world.engine.rescue()
    assert world.journal.rows[job.id].state is S.UNKNOWN
    assert any("history could not be read" in event.text for event in world.heard() if isinstance(event, Noticed))


async def test_real_jobs_are_not_looked_for_in_the_sandbox_nor_the_other_way_round(world: World) -> None:
    job = left_behind(world, S.QUEUED, "r1", sandbox=True)
    found = await world.engine.rescue()
    assert found.following == ()
    assert world.journal.rows[job.id].state is S.QUEUED


def job_without_seed(world: World, prompt: str = "a figure") -> Job:
    return replace(world.job(), request=Request.make("fal-ai/x", {"prompt": prompt}), state=S.UNKNOWN)


def test_without_a_seed_only_the_one_request_that_fits_in_time_is_ours(world: World) -> None:
    job = job_without_seed(world)
    near = PastRequest("near", "fal-ai/x", job.moved + 5, {"prompt": "a figure"}, True)
    far = PastRequest("far", "fal-ai/x", job.moved + 9_000, {"prompt": "a figure"}, True)
    other = PastRequest("other", "fal-ai/x", job.moved, {"prompt": "another"}, True)
    hidden = PastRequest("hidden", "fal-ai/x", job.moved, None, True)
    assert match_history([job], [near, far, other, hidden]) == [(job, near)]
    assert match_history([job], [near, replace(near, request_id="twin")]) == []
    assert match_history([job, job_without_seed(world)], [near]) == []


def test_one_request_is_never_adopted_twice(world: World) -> None:
    job = world.job()
    twin = replace(world.job(), request=job.request)
    past = PastRequest("only", job.request.endpoint, job.moved, job.request.arguments, True)
    assert match_history([job, twin], [past]) == [(job, past)]
