"""One submit is one POST, whatever the network does to it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio.domain.errors import (
    BadInput,
    KeyRefused,
    MissingKey,
    NotFound,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    Unavailable,
    Unknown,
)
from studio.domain.request import Request
from studio.providers.fal.patience import Patience
from studio.providers.fal.provider import FalProvider
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.replies import Cut, Reply
from tests.providers.waits import HURRIED, Slept

REQUEST = Request.make("fal-ai/flux/dev", {"prompt": "Ä knight", "seed": 7, "guidance_scale": 3.5}, 7)
SUBMIT = "queue.fal.run/fal-ai/flux/dev"
AT = "https://queue.fal.run/fal-ai/flux/requests/abc"
TAKEN = Reply(
    200,
    {"request_id": "abc", "response_url": AT, "status_url": f"{AT}/status", "cancel_url": f"{AT}/cancel"},
)
NGINX = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@pytest.fixture
async def server() -> AsyncIterator[FakeFalServer]:
    async with FakeFalServer() as server:
        yield server


@pytest.fixture
async def provider(server: FakeFalServer) -> AsyncIterator[FalProvider]:
    provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)
    yield provider
    await provider.close()


AMBIGUOUS = {
    "reset before the body is read": Reply(cut=Cut.BEFORE_READING),
    "reset after it was taken": Reply(cut=Cut.AFTER_READING),
    "no answer in time": Reply(cut=Cut.SILENCE),
    "408": Reply(408, {"detail": "Request Timeout"}),
    "409": Reply(409, {"detail": "Conflict"}),
    "500 of nobody": Reply(500, b"oops"),
    "502 of nginx": Reply(502, NGINX, {"Content-Type": "text/html"}),
    "503 of nobody": Reply(503, b"Service Unavailable"),
    "504 of nginx": Reply(504, NGINX),
    "a redirect": Reply(303, b"", {"Location": "https://queue.fal.run/elsewhere"}),
    "garbage": Reply(200, b"<html>Welcome to the hotel</html>"),
    "JSON that is no object": Reply(200, ["abc"]),
    "no request id": Reply(200, {"status": "IN_QUEUE"}),
    "an empty request id": Reply(200, {"request_id": ""}),
    "a request id that acts on the terminal": Reply(200, {"request_id": "\x1b[2Jabc"}),
    "half an answer": Reply(200, b'{"request_id": "ab', announced=200, cut=Cut.AFTER_BODY),
}


@pytest.mark.parametrize("case", AMBIGUOUS)
async def test_what_may_have_been_accepted_is_unknown_and_sent_once(
    server: FakeFalServer, provider: FalProvider, case: str
) -> None:
    server.on("POST", ".*", AMBIGUOUS[case])
    with pytest.raises(Unknown):
        await provider.submit(REQUEST)
    assert len(server.seen("POST")) == 1


CLEAR: dict[str, tuple[Reply, type[ProviderError]]] = {
    "401": (Reply(401, {"detail": "Invalid key"}), KeyRefused),
    "403 without money": (Reply(403, {"detail": "User is locked. Reason: Exhausted balance."}), OutOfCredit),
    "403 over budget": (Reply(403, {"detail": "User budget is exceeded"}), OutOfCredit),
    "403 of another kind": (Reply(403, {"detail": "Not allowed for this application"}), KeyRefused),
    "404": (Reply(404, {"detail": "Application not found"}), NotFound),
    "400": (Reply(400, {"detail": "bad", "error_type": "bad_request"}), BadInput),
    "422": (Reply(422, {"detail": [{"loc": ["body", "loras", 0, "path"], "msg": "no", "type": "x"}]}), BadInput),
    "policy": (Reply(422, {"detail": [{"loc": ["body"], "type": "content_policy_violation"}]}), Refused),
    "503 of fal itself": (Reply(503, {"detail": "none", "error_type": "runner_scheduling_failure"}), Unavailable),
}


@pytest.mark.parametrize("case", CLEAR)
async def test_a_clear_refusal_is_told_and_sent_once(server: FakeFalServer, provider: FalProvider, case: str) -> None:
    reply, error = CLEAR[case]
    server.on("POST", ".*", reply)
    with pytest.raises(error):
        await provider.submit(REQUEST)
    assert len(server.seen("POST")) == 1


async def test_what_is_sent_is_the_request_and_nothing_else(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("POST", SUBMIT, TAKEN)
    handle = await provider.submit(REQUEST)
    (call,) = server.calls
    assert call.body.decode() == REQUEST.body
    assert call.headers["authorization"] == "Key id:secret"
    assert (handle.request_id, handle.response_url) == ("abc", AT)


async def test_a_server_that_is_busy_is_asked_again_when_it_said(server: FakeFalServer) -> None:
    slept = Slept()
    provider = FalProvider(key="k", base_url=server.url, patience=Patience(sleep=slept))
    server.on(
        "POST", SUBMIT, Reply(429, {"detail": "slow"}, {"Retry-After": "7"}), Reply(429, {"detail": "slow"}), TAKEN
    )
    assert (await provider.submit(REQUEST)).request_id == "abc"
    assert slept.waits[0] >= 7
    assert len(slept.waits) == 2
    await provider.close()


async def test_a_server_that_stays_busy_is_not_asked_for_ever(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("POST", SUBMIT, Reply(429, {"detail": "slow"}))
    with pytest.raises(RateLimited):
        await provider.submit(REQUEST)
    assert len(server.seen("POST")) == HURRIED.sends


async def test_a_wait_of_an_hour_is_left_to_the_artist(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("POST", SUBMIT, Reply(429, {"detail": "slow"}, {"Retry-After": "3600"}))
    with pytest.raises(RateLimited) as caught:
        await provider.submit(REQUEST)
    assert caught.value.retry_after == 3600
    assert len(server.seen("POST")) == 1


async def test_a_request_that_cannot_leave_is_tried_again_and_then_told(server: FakeFalServer) -> None:
    async with FakeFalServer() as closed:
        nobody = closed.url
    slept = Slept()
    provider = FalProvider(key="k", base_url=nobody, patience=Patience(sleep=slept))
    with pytest.raises(Unavailable, match="did not leave"):
        await provider.submit(REQUEST)
    assert len(slept.waits) == Patience().sends - 1
    await provider.close()


@pytest.mark.parametrize("given", [{}, {"status_url": None}, {"status_url": "https://[bad"}, {"status_url": "ftp://x"}])
async def test_missing_addresses_are_made_from_the_id(
    server: FakeFalServer, provider: FalProvider, given: dict[str, object]
) -> None:
    server.on("POST", SUBMIT, Reply(202, {"request_id": "abc", "status": "IN_QUEUE", **given}))
    handle = await provider.submit(REQUEST)
    assert (handle.response_url, handle.status_url, handle.cancel_url) == (AT, f"{AT}/status", f"{AT}/cancel")


async def test_addresses_under_the_base_are_kept_as_fals_own(server: FakeFalServer, provider: FalProvider) -> None:
    at = f"{server.url}/queue.fal.run/fal-ai/flux/requests/abc"
    answer = {"request_id": "abc", "response_url": at, "status_url": f"{at}/status", "cancel_url": f"{at}/cancel"}
    server.on("POST", SUBMIT, Reply(200, answer))
    assert (await provider.submit(REQUEST)).status_url == f"{AT}/status"


async def test_fal_client_still_submits_through_our_transport() -> None:
    """fal_client's private cache: when this fails, look at what submit() uses before lifting the upper bound."""
    async with FakeFalServer() as server:
        server.on("POST", SUBMIT, TAKEN)
        provider = FalProvider(key="k", base_url=server.url, patience=HURRIED)
        submitter = (await provider._open()).submitter
        own = await submitter.client._client
        handle = await submitter.client.submit(REQUEST.endpoint, REQUEST.arguments)
        assert handle.client is own is submitter._http
        assert len(server.seen("POST", SUBMIT)) == 1
        await provider.close()


async def test_many_at_once_are_each_sent_once(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("POST", SUBMIT, TAKEN)
    await asyncio.gather(*(provider.submit(REQUEST) for _ in range(40)))
    assert len(server.seen("POST")) == 40


async def test_without_a_key_nothing_is_sent(server: FakeFalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", "from-the-environment")
    token = Path(os.environ["HOME"]) / ".fal" / "auth0_token"
    token.parent.mkdir()
    token.write_text("a token of the fal command line")
    provider = FalProvider(key=None, base_url=server.url)
    with pytest.raises(MissingKey):
        await provider.submit(REQUEST)
    assert server.calls == []


async def test_the_key_of_the_environment_is_never_used(server: FakeFalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", "from-the-environment")
    server.on("POST", SUBMIT, TAKEN)
    provider = FalProvider(key="given", base_url=server.url)
    await provider.submit(REQUEST)
    assert server.calls[0].headers["authorization"] == "Key given"
    await provider.close()


async def test_the_sandbox_never_sees_a_real_key(server: FakeFalServer) -> None:
    server.on("POST", SUBMIT, TAKEN)
    provider = FalProvider(key="real-and-secret", base_url=server.url, sandbox=True)
    await provider.submit(REQUEST)
    assert "real-and-secret" not in str(server.calls[0].headers)
    await provider.close()


@pytest.mark.parametrize("key", ["with space", "with\nnewline", "ключ"])
async def test_a_key_that_cannot_be_one_is_refused_before_it_is_sent(server: FakeFalServer, key: str) -> None:
    with pytest.raises(KeyRefused):
        await FalProvider(key=key, base_url=server.url).submit(REQUEST)
    assert server.calls == []


async def test_a_proxy_that_does_not_let_us_through_means_nothing_was_sent(
    server: FakeFalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    server.on("CONNECT", "queue.fal.run:443", Reply(502))
    provider = FalProvider(key="k", patience=HURRIED)
    with pytest.raises(Unavailable, match="did not leave"):
        await provider.submit(REQUEST)
    assert len(server.seen("CONNECT")) == HURRIED.sends
    await provider.close()


async def test_a_server_on_this_machine_is_reached_past_the_proxy(
    server: FakeFalServer, provider: FalProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    server.on("POST", SUBMIT, TAKEN)
    assert (await provider.submit(REQUEST)).request_id == "abc"
