"""A job is followed to its end whatever the connection does, and a failed one says what it failed of."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest

from studio.domain.errors import (
    BadInput,
    Broken,
    Cancelled,
    KeyRefused,
    NotFound,
    ProviderError,
    Refused,
    TimedOut,
    Unavailable,
)
from studio.domain.job import Handle
from studio.engine.ports import Completed, Progress, Queued, Running
from studio.providers.fal.patience import Patience
from studio.providers.fal.provider import FalProvider
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.replies import Cut, Reply, events
from tests.providers.waits import HURRIED, Slept

PATH = "queue.fal.run/fal-ai/flux/requests/abc"
HANDLE = Handle("abc", f"https://{PATH}/status", f"https://{PATH}", f"https://{PATH}/cancel")
RESULT = Reply(200, {"images": [{"url": "https://v3.fal.media/a.png"}]}, {"x-fal-billable-units": "1.50"})
QUEUED = {"status": "IN_QUEUE", "queue_position": 2}
DONE = {"status": "COMPLETED", "logs": [], "metrics": {"inference_time": 3.5}}


def running(*messages: str) -> dict[str, Any]:
    return {"status": "IN_PROGRESS", "logs": [log(message) for message in messages]}


def done(*messages: str) -> dict[str, Any]:
    return {**DONE, "logs": [log(message) for message in messages]}


def log(message: str) -> dict[str, str]:
    return {"message": message, "timestamp": f"2026-11-20T00:00:00.{message[-1]}Z", "level": "INFO", "source": "USER"}


@pytest.fixture
async def server() -> AsyncIterator[FakeFalServer]:
    async with FakeFalServer() as server:
        server.on("GET", PATH, RESULT)
        yield server


@pytest.fixture
async def provider(server: FakeFalServer) -> AsyncIterator[FalProvider]:
    provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)
    yield provider
    await provider.close()


def stream(server: FakeFalServer, *replies: Reply) -> None:
    server.on("GET", f"{PATH}/status/stream", *replies)


def status(server: FakeFalServer, *replies: Reply | dict[str, Any]) -> None:
    server.on("GET", f"{PATH}/status", *(r if isinstance(r, Reply) else Reply(202, r) for r in replies))


async def follow(provider: FalProvider) -> list[Progress]:
    return [step async for step in provider.watch(HANDLE)]


def messages(steps: list[Progress]) -> list[str]:
    return [line.message for step in steps if isinstance(step, Running | Completed) for line in step.lines]


async def test_a_stream_tells_everything_in_three_requests(server: FakeFalServer, provider: FalProvider) -> None:
    stream(
        server, events(QUEUED, QUEUED, {**QUEUED, "queue_position": 0}, running("1"), running("1", "2"), done("1", "2"))
    )
    steps = await follow(provider)
    assert steps[:2] == [Queued(2), Queued(0)]
    assert messages(steps) == ["1", "2"]
    last = steps[-1]
    assert isinstance(last, Completed)
    assert (last.units, last.seconds) == (Decimal("1.50"), 3.5)
    assert last.result == {"images": [{"url": "https://v3.fal.media/a.png"}]}
    assert [call.path for call in server.calls] == [f"{PATH}/status/stream", PATH]
    assert server.calls[0].query == {"logs": "1"}


async def test_everything_but_the_status_may_be_missing(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", PATH, Reply(200, {"images": []}))
    bare = [{"status": "IN_QUEUE"}, {"status": "IN_PROGRESS"}, {"status": "IN_PROGRESS", "logs": None}]
    stream(server, events(*bare, {"status": "COMPLETED", "logs": None, "metrics": None}))
    steps = await follow(provider)
    assert steps == [Queued(None), Running(()), Completed({"images": []}, None)]


BREAKS = {
    "closed": events(QUEUED, running("1")),
    "reset": events(QUEUED, running("1"), cut=Cut.RESET_AFTER_BODY),
    "cut in an event": Reply(
        headers={"Content-Type": "text/event-stream"},
        chunks=(b"data: " + json.dumps(running("1")).encode() + b"\n\nda",),
    ),
    "silent": events(QUEUED, running("1"), cut=Cut.SILENCE),
    "unreadable": events(running("1"), {"status": "SOMETHING NEW"}),
}


@pytest.mark.parametrize("how", BREAKS)
async def test_a_broken_stream_is_taken_up_again(server: FakeFalServer, provider: FalProvider, how: str) -> None:
    stream(server, BREAKS[how], events(running("1", "2", "3"), done("1", "2", "3", "4")))
    status(server, running("1", "2"))
    assert messages(await follow(provider)) == ["1", "2", "3", "4"]
    assert len(server.seen("GET", f"{PATH}/status")) == 1


NO_STREAM = {
    "404": Reply(404, {"detail": "Not Found"}),
    "405": Reply(405, {"detail": "Method Not Allowed"}),
    "a page": Reply(200, b"<html>", {"Content-Type": "text/html"}),
    "a status": Reply(200, QUEUED),
}


@pytest.mark.parametrize("what", NO_STREAM)
async def test_without_a_stream_the_status_is_polled(server: FakeFalServer, what: str) -> None:
    slept = Slept()
    provider = FalProvider(key="k", base_url=server.url, patience=Patience(sleep=slept))
    stream(server, NO_STREAM[what])
    status(server, QUEUED, *[running("1")] * 8, done("1", "2"))
    steps = await follow(provider)
    assert steps[0] == Queued(2)
    assert messages(steps) == ["1", "2"]
    assert len(server.seen("GET", f"{PATH}/status/stream")) == 1
    assert slept.waits[0] <= 0.6
    assert 1.6 <= slept.waits[-1] <= 2.0
    await provider.close()


async def test_a_network_that_is_gone_is_waited_for(server: FakeFalServer, provider: FalProvider) -> None:
    gone = [Reply(cut=Cut.AFTER_READING), Reply(502, b"nginx"), Reply(503), Reply(429), Reply(cut=Cut.SILENCE)]
    stream(server, Reply(503), Reply(cut=Cut.AFTER_READING))
    status(server, *gone, Reply(200, b"<html>log in to the hotel</html>"), running("1"), done("1"))
    server.on("GET", PATH, *gone, Reply(400, {"detail": "Request is still in progress"}), RESULT)
    assert isinstance((await follow(provider))[-1], Completed)


ENDS: dict[str, tuple[dict[str, Any], type[ProviderError]]] = {
    "cancelled": ({"error": "Request was cancelled", "error_type": "client_cancelled"}, Cancelled),
    "refused": ({"error": "no", "error_type": "content_policy_violation"}, Refused),
    "slow": ({"error": "too slow", "error_type": "generation_timeout"}, TimedOut),
    "not started": ({"error": "nobody came", "error_type": "startup_timeout"}, TimedOut),
    "the runner died": ({"error": "gone", "error_type": "runner_disconnected"}, Unavailable),
    "a model's own list": (
        {"error": [{"loc": ["body", "image_url"], "msg": "no", "type": "image_load_error"}]},
        BadInput,
    ),
    "no reason": ({"error": "something", "error_type": None}, BadInput),
}


@pytest.mark.parametrize("case", ENDS)
async def test_a_completed_job_with_an_error_is_a_failure(
    server: FakeFalServer, provider: FalProvider, case: str
) -> None:
    told, error = ENDS[case]
    stream(server, events(QUEUED, {**done("1"), **told}))
    steps: list[Progress] = []
    with pytest.raises(error):
        async for step in provider.watch(HANDLE):
            steps.append(step)
    assert messages(steps) == ["1"]
    assert server.seen("GET", PATH) == []


async def test_a_result_that_is_an_error_names_the_argument(server: FakeFalServer, provider: FalProvider) -> None:
    stream(server, events(DONE))
    wrong = [{"loc": ["body", "image_url"], "msg": "cannot load", "type": "image_load_error"}]
    server.on("GET", PATH, Reply(422, {"detail": wrong}))
    with pytest.raises(BadInput) as caught:
        await follow(provider)
    assert caught.value.field == "image_url"
    assert len(server.seen("GET", PATH)) == 1


async def test_a_failure_of_the_model_itself_is_believed_after_a_few_looks(
    server: FakeFalServer, provider: FalProvider
) -> None:
    stream(server, events(DONE))
    server.on("GET", PATH, Reply(500, {"detail": [{"loc": [], "msg": "x", "type": "internal_server_error"}]}))
    with pytest.raises(Unavailable):
        await follow(provider)
    assert len(server.seen("GET", PATH)) == 3


async def test_a_result_that_is_gone_is_not_found(server: FakeFalServer, provider: FalProvider) -> None:
    stream(server, events(DONE))
    server.on("GET", PATH, Reply(404, {"detail": "Request not found"}))
    with pytest.raises(NotFound):
        await follow(provider)


@pytest.mark.parametrize("body", [b"<html>", b"[1]", b'"text"', b'{"images": ['])
async def test_a_result_that_cannot_be_read_is_broken(
    server: FakeFalServer, provider: FalProvider, body: bytes
) -> None:
    stream(server, events(DONE))
    server.on("GET", PATH, Reply(200, body))
    with pytest.raises(Broken):
        await follow(provider)


async def test_a_job_fal_does_not_know_is_not_found_but_not_at_once(
    server: FakeFalServer, provider: FalProvider
) -> None:
    stream(server, Reply(404))
    status(server, Reply(404, {"detail": "no"}), Reply(404, {"detail": "no"}), QUEUED, Reply(404, {"detail": "no"}))
    with pytest.raises(NotFound):
        await follow(provider)
    assert len(server.seen("GET", f"{PATH}/status")) == 6


async def test_a_refused_question_is_not_taken_for_the_job_s_end(server: FakeFalServer, provider: FalProvider) -> None:
    stream(server, Reply(405))
    status(server, Reply(422, {"detail": "logs must be true"}))
    with pytest.raises(Broken):
        await follow(provider)


async def test_a_key_that_is_refused_while_following_is_told(server: FakeFalServer, provider: FalProvider) -> None:
    stream(server, Reply(401))
    status(server, Reply(401, {"detail": "Invalid key"}))
    with pytest.raises(KeyRefused):
        await follow(provider)


async def test_a_job_that_goes_back_to_the_queue_is_told_so(server: FakeFalServer, provider: FalProvider) -> None:
    stream(server, events(running("1"), QUEUED, running("1", "2"), done("1", "2")))
    steps = await follow(provider)
    assert [type(step).__name__ for step in steps] == ["Running", "Queued", "Running", "Completed"]
    assert messages(steps) == ["1", "2"]


async def test_addresses_in_a_result_outlive_the_base(server: FakeFalServer, provider: FalProvider) -> None:
    stream(server, events(DONE))
    server.on("GET", PATH, Reply(200, {"images": [{"url": f"{server.url}/v3.fal.media/files/b/x.png?a=1"}]}))
    last = (await follow(provider))[-1]
    assert isinstance(last, Completed)
    assert last.result == {"images": [{"url": "https://v3.fal.media/files/b/x.png?a=1"}]}


@pytest.mark.parametrize("header", ["", "many", "NaN", "-1"])
async def test_units_that_are_no_amount_are_none(server: FakeFalServer, provider: FalProvider, header: str) -> None:
    server.on("GET", PATH, Reply(200, {"images": []}, {"x-fal-billable-units": header}))
    assert (await provider.collect(HANDLE)).units is None


async def test_collecting_does_not_wait_for_ever(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", PATH, Reply(502, b"nginx"))
    with pytest.raises(Unavailable):
        await provider.collect(HANDLE)
    assert len(server.seen("GET", PATH)) == HURRIED.asks


async def test_stopping_to_listen_closes_the_stream(server: FakeFalServer, provider: FalProvider) -> None:
    stream(server, events(QUEUED, running("1"), cut=Cut.SILENCE))
    watching = provider.watch(HANDLE)
    assert await anext(watching) == Queued(2)
    await watching.aclose()
    assert server.seen("GET", f"{PATH}/status") == []
