"""What looks lost and is not: old silences, wrong clocks, spoilt addresses, files that are away for a moment."""

from __future__ import annotations

import json

import pytest

from studio.domain import errors
from studio.domain.job import Failure, Job, JobState
from studio.domain.request import Json, Request
from studio.engine.events import Held, Noticed
from studio.engine.homecoming import GONE_AFTER
from studio.engine.ports import CancelAnswer, Completed, Download, PastRequest, Queued
from studio.engine.queue import CANCEL_GRACE, HELD_PAUSES
from tests.engine.conftest import World, until
from tests.engine.test_rescue import left_behind

S = JobState
DAY = 24 * 3600.0


def at_fal(world: World, job: Job, request_id: str = "found", sent_at: float | None = None) -> None:
    """Let fal's history list the job's request, and its picture be ready."""
    moment = job.moved if sent_at is None else sent_at
    world.provider.past.append(PastRequest(request_id, job.request.endpoint, moment, job.request.arguments, True))
    world.provider.push(request_id, world.provider.completed(request_id))


async def rescued(world: World, job: Job) -> Job:
    await world.engine.rescue()
    await world.engine.queue.idle()
    assert world.provider.submitted == []
    return world.journal.rows[job.id]


async def test_an_answer_that_was_lost_days_ago_is_found_all_the_same(world: World) -> None:
    job = left_behind(world, S.SENT)
    at_fal(world, job)
    world.clock.time += 5 * DAY
    assert (await rescued(world, job)).state is S.STORED


async def test_a_request_without_a_seed_is_matched_by_when_it_left_and_not_by_when_it_is_looked_for(
    world: World,
) -> None:
    job = left_behind(world, S.SENT, request=Request.make("fal-ai/x", {"prompt": "a figure"}))
    at_fal(world, job)
    at_fal(world, job, "later", job.moved + DAY)
    world.clock.time += DAY
    kept = await rescued(world, job)
    assert (kept.state, kept.request_id) == (S.STORED, "found")


async def test_a_clock_that_was_ahead_when_it_was_sent_hides_nothing(world: World) -> None:
    job = left_behind(world, S.SENT)
    at_fal(world, job, sent_at=job.moved - 3 * DAY)
    assert (await rescued(world, job)).state is S.STORED


async def test_an_address_that_was_spoilt_on_its_way_gives_way_to_the_one_in_fals_history(world: World) -> None:
    why = Failure(errors.NotFound.kind, "fal knows no such request.")
    job = left_behind(world, S.UNKNOWN, "sp0ilt", failure=why)
    at_fal(world, job, "right")
    kept = await rescued(world, job)
    assert (kept.state, kept.request_id) == (S.STORED, "right")


async def test_a_job_fal_had_forgotten_for_a_while_is_followed_by_its_own_address(world: World) -> None:
    job = left_behind(world, S.UNKNOWN, "mine", failure=Failure(errors.NotFound.kind, "fal knows no such request."))
    world.provider.fail_with("recent", errors.KeyRefused("The key may not list requests."))
    world.provider.push("mine", world.provider.completed("mine"))
    assert (await rescued(world, job)).state is S.STORED


async def test_a_history_that_is_refused_for_one_model_is_read_for_the_next(world: World) -> None:
    first = left_behind(world, S.SENT, request=Request.make("fal-ai/a", {"prompt": "a", "seed": 1}, 1))
    second = left_behind(world, S.SENT, request=Request.make("fal-ai/b", {"prompt": "b", "seed": 2}, 2))
    at_fal(world, second)
    world.provider.fail_with("recent", errors.KeyRefused("No."))
    assert (await rescued(world, second)).state is S.STORED
    assert world.journal.rows[first.id].state is S.UNKNOWN
    assert [event for event in world.heard() if isinstance(event, Noticed)]


async def test_a_file_that_is_not_found_for_a_moment_is_fetched(world: World) -> None:
    world.provider.fail_with("download", errors.NotFound("404"), errors.NotFound("404"))
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.STORED


async def test_a_file_that_stays_away_is_given_up_only_after_a_day(world: World) -> None:
    world.provider.fail_with("download", *[errors.NotFound("404")] * 4)
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.COMPLETED
    assert [event.job.id for event in world.heard() if isinstance(event, Held)] == [job.id]

    old = left_behind(world, S.COMPLETED, "r9", result=json.dumps(world.provider.completed("r9").result))
    world.provider.files.clear()
    world.clock.time += GONE_AFTER + 1
    await world.engine.rescue()
    await world.engine.queue.idle()
    assert world.journal.rows[old.id].state is S.FAILED


async def test_a_picture_that_is_still_asked_for_is_not_said_to_need_buying_again(world: World) -> None:
    again = errors.NotFound("fal no longer has this file.", "Run the pose again with the same seed.")
    world.provider.fail_with("download", *[again] * 4)
    await world.engine.submit([world.job()])
    await world.engine.queue.idle()
    (held,) = [event for event in world.heard() if isinstance(event, Held)]
    assert "Run the pose again" not in held.remedy
    assert "asked for again" in held.remedy


async def test_a_result_that_names_no_picture_is_asked_for_again(world: World) -> None:
    whole = world.provider.completed("fake-1")
    hollow: dict[str, Json] = {"seed": 1}
    world.provider.push("fake-1", Completed(hollow, whole.units))
    world.provider._results["fake-1"] = whole
    job = world.job()
    await world.engine.submit([job])
    await until(lambda: S.STORED in world.states(job))
    assert world.journal.rows[job.id].result == json.dumps(whole.result)


async def queued_and_asked_to_cancel(world: World) -> Job:
    world.provider.hold = True
    job = world.job()
    await world.engine.submit([job])
    await until(lambda: any(live.state is S.QUEUED for live in world.engine.queue.live))
    world.provider.push("fake-1", Queued(3))
    await world.engine.queue.cancel(job.id)
    await until(lambda: len(world.provider.cancelled) >= 3)
    return job


async def test_nobody_says_cancelled_before_fal_does(world: World) -> None:
    job = await queued_and_asked_to_cancel(world)
    assert world.journal.rows[job.id].state is S.QUEUED
    world.provider.push("fake-1", errors.Cancelled("The request was cancelled at fal."))
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.CANCELLED


async def test_a_job_that_was_finished_all_the_same_brings_its_picture(world: World) -> None:
    world.provider.cancel_answer = CancelAnswer.ASKED
    job = await queued_and_asked_to_cancel(world)
    world.provider.push("fake-1", world.provider.completed("fake-1"))
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.STORED
    assert CANCEL_GRACE in world.clock.slept


async def test_a_job_that_is_being_cancelled_does_not_keep_others_from_leaving(world: World) -> None:
    await queued_and_asked_to_cancel(world)
    world.engine.queue.set_concurrency(1)
    other = world.job()
    await world.engine.submit([other])
    await until(lambda: other.request in world.provider.submitted)


async def test_a_cancel_that_fails_while_the_job_leaves_does_not_lose_the_job(world: World) -> None:
    world.provider.fail_with("cancel", errors.Unavailable("No answer."))
    job = world.job()
    world.engine.queue._unwanted.add(job.id)
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.STORED
    assert any("No answer." in event.text for event in world.heard() if isinstance(event, Noticed))


async def test_a_picture_that_waits_on_the_disk_is_stored_although_fal_has_deleted_it(world: World) -> None:
    world.shelf.fail_with = [errors.ProjectError("The disk is full.", "Make room.")]
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.COMPLETED
    world.provider.files.clear()
    world.clock.release(HELD_PAUSES[0])
    await until(lambda: S.STORED in world.states(job))
    assert len(world.provider.downloaded) == 1


async def test_a_take_that_stands_is_not_fetched_again_when_only_its_last_line_is_missing(world: World) -> None:
    done = world.provider.completed("r1")
    job = left_behind(world, S.COMPLETED, "r1", result=json.dumps(done.result))
    world.shelf.store(job, Download(world.shelf.inbox(job), 0, "image/png"), done.result)
    world.provider.files.clear()
    assert (await rescued(world, job)).state is S.STORED
    assert world.provider.downloaded == []


@pytest.mark.parametrize("state", [S.QUEUED, S.COMPLETED])
async def test_what_fal_answered_is_written_down_when_the_journal_has_room_again(world: World, state: JobState) -> None:
    save, refused = world.journal.save, iter([True, True])

    def full_for_a_while(job: Job) -> None:
        if job.state is state and next(refused, False):
            raise errors.ProjectError("The disk is full.", "Free some space.")
        save(job)

    world.journal.save = full_for_a_while  # type: ignore[method-assign]
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.journal.rows[job.id].state is S.STORED
    told = [event.text for event in world.heard() if isinstance(event, Noticed)]
    assert len(told) == 1 and "fake-1" in told[0] and "Free some space" in told[0]


async def test_a_result_fal_has_forgotten_is_taken_from_its_history(world: World) -> None:
    done = world.provider.completed("mine")
    why = Failure(errors.NotFound.kind, "fal knows no such request.")
    job = left_behind(world, S.UNKNOWN, "mine", failure=why)
    world.provider.past = [
        PastRequest("mine", job.request.endpoint, job.moved, job.request.arguments, True, output=done.result)
    ]
    kept = await rescued(world, job)
    assert (kept.state, kept.result, kept.billed) == (S.STORED, json.dumps(done.result), None)


async def test_a_result_fal_remembers_after_all_is_taken_with_its_bill(world: World) -> None:
    done = world.provider.completed("mine")
    world.provider.push("mine", done)
    job = left_behind(world, S.UNKNOWN, "mine", failure=Failure(errors.NotFound.kind, "fal knows no such request."))
    world.provider.past = [
        PastRequest("mine", job.request.endpoint, job.moved, job.request.arguments, True, output=done.result)
    ]
    kept = await rescued(world, job)
    assert (kept.state, kept.billed) == (S.STORED, job.unit_price)
