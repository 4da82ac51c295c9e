"""A training goes through the same life as a picture, and brings weights home instead of a take."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from studio.domain import errors
from studio.domain.job import JobState
from studio.engine.events import Brought, Ended, Stored
from studio.engine.ports import CancelAnswer, Completed, Download, LogLine, PastRequest, Queued, Running
from studio.engine.rescue import match_history
from tests.engine.conftest import World, until
from tests.engine.test_sharing import look, wrote
from tests.fakes.weights import fake_safetensors, training_job

S = JobState
URL = "https://v3.fal.media/files/b/weights.safetensors"
DONE = Completed({"diffusers_lora_file": {"url": URL}}, Decimal(1), (), 600.0)
WRITTEN = replace(training_job(state=S.WRITTEN), result=None)


@pytest.fixture
def trained(world: World) -> World:
    world.provider.files[URL] = fake_safetensors()
    world.provider.hold = True
    return world


async def at_fal(world: World) -> None:
    await world.engine.submit([WRITTEN])
    await until(lambda: [job.state for job in world.engine.queue.live] == [S.QUEUED])


async def test_weights_are_stored_one_state_at_a_time(trained: World) -> None:
    await at_fal(trained)
    trained.provider.push("fake-1", Queued(0), Running((LogLine("10/1000"),)), DONE)
    await trained.engine.queue.idle()
    assert trained.states(WRITTEN) == [S.WRITTEN, S.SENT, S.QUEUED, S.RUNNING, S.COMPLETED, S.STORED]
    kept = trained.journal.rows[WRITTEN.id]
    assert (kept.take, kept.billed) == ("loras/glchgrl-001.safetensors", Decimal(2))
    heard = trained.heard()
    assert [event.weights.path for event in heard if isinstance(event, Brought)] == [kept.take]
    assert not any(isinstance(event, Stored) for event in heard)
    assert trained.engine.queue.live == []


async def test_weights_that_cannot_be_fetched_at_first_are_fetched_and_the_training_is_not_sent_again(
    trained: World,
) -> None:
    await at_fal(trained)
    trained.provider.fail_with("download", *[errors.Unavailable("The network is gone.")] * 3)
    trained.provider.push("fake-1", DONE)
    await trained.engine.queue.idle()
    assert trained.states(WRITTEN)[-2:] == [S.COMPLETED, S.STORED]
    assert trained.provider.downloaded == [URL] * 4
    assert len(trained.provider.submitted) == 1


async def test_a_completed_training_of_an_earlier_run_is_fetched_and_not_sent_again(trained: World) -> None:
    left = replace(training_job(), result=json.dumps(DONE.result))
    trained.journal.rows[left.id] = left
    await trained.engine.rescue()
    await trained.engine.queue.idle()
    assert trained.journal.rows[left.id].state is S.STORED
    assert trained.provider.submitted == []


async def test_a_training_that_left_without_an_answer_is_unknown_and_never_sent_twice(trained: World) -> None:
    trained.provider.fail_with("submit", errors.Unknown("No answer came."))
    await trained.engine.submit([WRITTEN])
    await trained.engine.queue.idle()
    assert trained.journal.rows[WRITTEN.id].state is S.UNKNOWN
    assert len(trained.provider.submitted) == 1


async def test_a_training_in_fals_queue_can_be_cancelled(trained: World) -> None:
    trained.provider.cancel_answer = CancelAnswer.REMOVED
    await at_fal(trained)
    trained.provider.push("fake-1", Queued(0))
    assert "not charged" in await trained.engine.queue.cancel(WRITTEN.id)
    assert trained.journal.rows[WRITTEN.id].state is S.CANCELLED


async def test_weights_that_fal_lost_end_with_what_to_do(trained: World) -> None:
    left = replace(training_job(created=trained.clock.now() - 2 * 24 * 3600), handle=None)
    trained.journal.rows[left.id] = left
    trained.provider.files.clear()
    await trained.engine.rescue()
    await trained.engine.queue.idle()
    (ended,) = [event for event in trained.heard() if isinstance(event, Ended)]
    assert ended.job.failure is not None
    assert "weights" in ended.job.failure.message
    assert "Train again" in ended.job.failure.remedy


def test_of_two_identical_trainings_without_an_answer_the_one_fal_has_is_found() -> None:
    jobs = [replace(WRITTEN, id=name, state=S.UNKNOWN) for name in ("one", "two")]
    past = PastRequest("req", WRITTEN.request.endpoint, 5e8, WRITTEN.request.arguments, True)
    assert [(job.id, found.request_id) for job, found in match_history(jobs, [past])] == [("one", "req")]


async def test_a_follower_hears_that_the_senders_training_brought_weights_home(world: World) -> None:
    world.lock.taken = True
    await world.engine.submit([WRITTEN])
    weights = world.shelf.keep_weights(WRITTEN, Download(world.shelf.inbox(WRITTEN), 10, ""))
    wrote(world, replace(WRITTEN, state=S.STORED, take=weights.path))
    await look(world)
    assert [event.weights for event in world.heard() if isinstance(event, Brought)] == [weights]
    assert world.provider.submitted == []
    await world.engine.queue.idle()
