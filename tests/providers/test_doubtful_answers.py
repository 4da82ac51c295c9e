"""Answers that speak of trouble and not of the job: nothing that may be paid is given up on because of one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from studio.domain.errors import ProviderError, Unavailable, Unknown
from studio.domain.request import Request
from studio.engine.ports import Completed
from studio.providers.fal.provider import FalProvider
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.replies import Reply, events
from tests.providers.test_run_iterator import DONE, PATH, follow, stream
from tests.providers.waits import HURRIED

REQUEST = Request.make("fal-ai/flux/dev", {"prompt": "a figure", "seed": 7}, 7)
GOOD = Reply(200, {"images": [{"url": "https://v3.fal.media/files/b/x.png"}]})


@pytest.fixture
async def server() -> AsyncIterator[FakeFalServer]:
    async with FakeFalServer() as server:
        yield server


@pytest.fixture
async def provider(server: FakeFalServer) -> AsyncIterator[FalProvider]:
    provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)
    yield provider
    await provider.close()


@pytest.mark.parametrize("status", [500, 502, 504, 499])
@pytest.mark.parametrize("kind", ["internal_error", "runner_incomplete_response", "request_timeout"])
async def test_an_error_of_fals_own_servers_does_not_say_that_nothing_was_accepted(
    server: FakeFalServer, provider: FalProvider, status: int, kind: str
) -> None:
    server.on("POST", ".*", Reply(status, {"detail": "trouble", "error_type": kind}))
    with pytest.raises(Unknown):
        await provider.submit(REQUEST)
    assert len(server.seen("POST")) == 1


TROUBLE = {
    "500": Reply(500, {"detail": "Internal server error", "error_type": "internal_error"}),
    "503": Reply(503, {"detail": "No runner", "error_type": "runner_scheduling_failure"}),
    "504": Reply(504, {"detail": "late", "error_type": "request_timeout"}),
    "400": Reply(400, {"detail": "Bad request", "error_type": "bad_request"}),
}


@pytest.mark.parametrize("case", TROUBLE)
async def test_a_result_that_is_refused_for_a_moment_comes_all_the_same(
    server: FakeFalServer, provider: FalProvider, case: str
) -> None:
    stream(server, events(DONE))
    server.on("GET", PATH, TROUBLE[case], TROUBLE[case], GOOD)
    assert isinstance((await follow(provider))[-1], Completed)


@pytest.mark.parametrize("case", TROUBLE)
async def test_a_result_that_stays_refused_is_unknown_and_no_failure_of_the_job(
    server: FakeFalServer, provider: FalProvider, case: str
) -> None:
    stream(server, events(DONE))
    server.on("GET", PATH, TROUBLE[case])
    with pytest.raises(Unknown, match="does not hand out"):
        await follow(provider)


async def test_what_the_model_itself_complains_about_is_believed(server: FakeFalServer, provider: FalProvider) -> None:
    stream(server, events(DONE))
    server.on("GET", PATH, Reply(500, {"detail": [{"loc": [], "msg": "x", "type": "internal_server_error"}]}))
    with pytest.raises(ProviderError) as caught:
        await follow(provider)
    assert isinstance(caught.value, Unavailable)
