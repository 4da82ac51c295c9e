"""Jobs go through their life in order, each step in the journal first."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from studio.domain import errors
from studio.domain.job import Handle, JobState
from studio.domain.request import Request
from studio.engine.events import Ended, Held, Logged, Moved, Planned, Stored
from studio.engine.ports import CancelAnswer, LogLine, Queued, Running
from studio.engine.queue import HELD_PAUSES
from tests.engine.conftest import World, until

S = JobState


def live(world: World, state: JobState) -> bool:
    return any(job.state is state for job in world.engine.queue.live)


async def test_a_picture_goes_from_written_to_stored_one_state_at_a_time(world: World) -> None:
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.states(job) == [S.WRITTEN, S.SENT, S.QUEUED, S.RUNNING, S.COMPLETED, S.STORED]
    kept = world.journal.rows[job.id]
    assert (kept.take, kept.billed, kept.units) == ("running-001", Decimal("0.025"), Decimal(1))
    assert world.provider.submitted == [job.request]


async def test_front_ends_hear_only_what_the_journal_already_holds(world: World) -> None:
    seen: list[tuple[JobState, JobState]] = []
    offer = world.events.offer

    def compare(event: object) -> None:
        if isinstance(event, Moved | Stored | Ended):
            seen.append((event.job.state, world.journal.rows[event.job.id].state))
        offer(event)  # type: ignore[arg-type]

    world.events.offer = compare  # type: ignore[method-assign]
    await world.engine.submit([world.job()])
    await world.engine.queue.idle()
    assert seen
    assert all(told is held for told, held in seen)


async def test_every_log_line_is_told_even_two_that_read_the_same(world: World) -> None:
    await world.engine.submit([world.job()])
    await world.engine.queue.idle()
    lines = [line.message for event in world.heard() if isinstance(event, Logged) for line in event.lines]
    assert lines == ["step 1", "step 1"]


async def test_no_more_jobs_than_asked_are_at_fal_and_the_rest_leave_in_order(world: World) -> None:
    world.provider.hold = True
    jobs = [world.job(f"pose-{number}") for number in range(4)]
    await world.engine.submit(jobs)
    await until(lambda: len(world.provider.submitted) == 2)
    assert [request.prompt for request in world.provider.submitted] == ["pose-0", "pose-1"]
    world.provider.push("fake-1", world.provider.completed("fake-1"))
    await until(lambda: len(world.provider.submitted) == 3)
    world.engine.queue.set_concurrency(4)
    await until(lambda: len(world.provider.submitted) == 4)


async def test_a_paused_queue_sends_nothing_and_goes_on_when_told(world: World) -> None:
    world.engine.queue.set_paused(True)
    await world.engine.submit([world.job()])
    await world.engine.queue.idle()
    assert world.provider.submitted == []
    world.engine.queue.set_paused(False)
    await world.engine.queue.idle()
    assert len(world.provider.submitted) == 1


async def test_a_waiting_job_can_be_moved_up(world: World) -> None:
    world.engine.queue.set_paused(True)
    jobs = [world.job(f"pose-{number}") for number in range(3)]
    await world.engine.submit(jobs)
    world.engine.queue.shift(jobs[2].id, -2)
    world.engine.queue.set_concurrency(1)
    world.engine.queue.set_paused(False)
    await world.engine.queue.idle()
    assert [request.prompt for request in world.provider.submitted] == ["pose-2", "pose-0", "pose-1"]
    with pytest.raises(errors.UsageError, match="not sent yet"):
        world.engine.queue.shift(jobs[0].id, 1)


async def test_an_ambiguous_submit_becomes_unknown_and_is_never_sent_again(world: World) -> None:
    world.provider.fail_with("submit", errors.Unknown("The connection broke after the request left."))
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    kept = world.journal.rows[job.id]
    assert kept.state is S.UNKNOWN
    assert kept.failure is not None
    assert kept.failure.charged == "maybe charged"
    assert len(world.provider.submitted) == 1


async def test_a_refused_submit_fails_with_its_kind_its_sentence_and_its_remedy(world: World) -> None:
    world.provider.fail_with("submit", errors.OutOfCredit("The balance is exhausted."))
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    failure = world.journal.rows[job.id].failure
    assert failure is not None
    assert (failure.kind, failure.charged) == ("out-of-credit", "not charged")
    assert "Top up" in failure.remedy
    assert [event.job.id for event in world.heard() if isinstance(event, Ended)] == [job.id]


async def test_a_job_that_fails_at_fal_is_not_the_end_of_the_others(world: World) -> None:
    world.provider.push("fake-1", Queued(0), errors.Refused("The content policy said no."))
    jobs = [world.job("one"), world.job("two")]
    await world.engine.submit(jobs)
    await world.engine.queue.idle()
    assert world.states(jobs[0])[-1] is S.FAILED
    assert world.states(jobs[1])[-1] is S.STORED


async def test_a_job_fal_no_longer_knows_is_unknown_and_not_called_done(world: World) -> None:
    world.provider.push("fake-1", Running(()), errors.NotFound("No such request."))
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.states(job)[-1] is S.UNKNOWN


@pytest.mark.parametrize(
    "error", [errors.KeyRefused("Revoked."), errors.OutOfCredit("Locked."), errors.MissingKey("x")]
)
async def test_a_key_revoked_while_a_job_runs_says_nothing_about_the_job(
    world: World, error: errors.ProviderError
) -> None:
    world.provider.push("fake-1", Running(()), error)
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    kept = world.journal.rows[job.id]
    assert (kept.state, kept.request_id) == (S.UNKNOWN, "fake-1")


async def test_a_download_is_tried_again_and_the_result_stays_in_the_journal(world: World) -> None:
    world.provider.fail_with("download", errors.Unavailable("No route."), errors.Unavailable("No route."))
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.states(job)[-2:] == [S.COMPLETED, S.STORED]
    assert len(world.provider.downloaded) == 3


async def test_a_picture_that_cannot_be_brought_to_disk_is_held_and_tried_again_later(world: World) -> None:
    world.shelf.fail_with = [errors.ProjectError("The disk is full.", "Make room.")]
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    kept = world.journal.rows[job.id]
    assert kept.state is S.COMPLETED
    assert kept.result is not None
    assert [event.why for event in world.heard() if isinstance(event, Held)] == ["The disk is full."]
    world.clock.release(HELD_PAUSES[0])
    await until(lambda: S.STORED in world.states(job))


async def test_a_broken_picture_is_fetched_again(world: World) -> None:
    world.shelf.fail_with = [errors.Broken("Truncated.")]
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    assert world.states(job)[-1] is S.STORED
    assert len(world.provider.downloaded) == 2


async def test_cancelling_before_it_was_sent_costs_nothing(world: World) -> None:
    world.engine.queue.set_paused(True)
    job = world.job()
    await world.engine.submit([job])
    assert "not charged" in await world.engine.queue.cancel(job.id)
    assert world.states(job) == [S.WRITTEN, S.CANCELLED]
    assert "ended" in await world.engine.queue.cancel(job.id)


async def test_cancelling_in_fals_queue_asks_fal_first(world: World) -> None:
    world.provider.hold = True
    world.provider.cancel_answer = CancelAnswer.REMOVED
    job = world.job()
    await world.engine.submit([job])
    await until(lambda: live(world, S.QUEUED))
    world.provider.push("fake-1", Queued(3))
    assert "not charged" in await world.engine.queue.cancel(job.id)
    assert len(world.provider.cancelled) == 1
    assert world.states(job)[-1] is S.CANCELLED
    await world.engine.queue.idle()


async def test_a_job_that_is_leaving_is_cancelled_as_soon_as_fal_has_answered(world: World) -> None:
    world.provider.hold = True
    world.provider.cancel_answer = CancelAnswer.REMOVED
    gate = asyncio.Event()
    submit = world.provider.submit

    async def slow(request: Request) -> Handle:
        await gate.wait()
        handle = await submit(request)
        world.provider.push(handle, Queued(3))
        return handle

    world.provider.submit = slow  # type: ignore[method-assign]
    job = world.job()
    await world.engine.submit([job])
    await until(lambda: live(world, S.SENT))
    assert "leaving right now" in await world.engine.queue.cancel(job.id)
    gate.set()
    await world.engine.queue.idle()
    assert len(world.provider.cancelled) == 1
    assert world.states(job)[-1] is S.CANCELLED


async def test_a_running_job_that_was_asked_to_stop_keeps_its_picture_when_it_finishes(world: World) -> None:
    world.provider.hold = True
    job = world.job()
    await world.engine.submit([job])
    await until(lambda: live(world, S.QUEUED))
    world.provider.push("fake-1", Running((LogLine("step 1"),)))
    await until(lambda: live(world, S.RUNNING))
    assert "may finish and be billed" in await world.engine.queue.cancel(job.id)
    world.provider.push("fake-1", world.provider.completed("fake-1"))
    await world.engine.queue.idle()
    assert world.states(job)[-1] is S.STORED


async def test_quitting_waits_for_a_post_on_its_way_and_leaves_the_job_at_fal(world: World) -> None:
    world.provider.hold = True
    job = world.job()
    await world.engine.submit([job])
    await until(lambda: S.SENT in world.states(job))
    await world.engine.close()
    assert world.states(job) == [S.WRITTEN, S.SENT, S.QUEUED]
    assert world.journal.rows[job.id].request_id == "fake-1"
    assert world.provider.closed


async def test_planned_jobs_are_told_before_anything_is_sent(world: World) -> None:
    job = world.job()
    await world.engine.submit([job])
    await world.engine.queue.idle()
    first = world.heard()[0]
    assert isinstance(first, Planned)
    assert [planned.id for planned in first.jobs] == [job.id]
