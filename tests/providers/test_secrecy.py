"""The key goes to fal and nowhere else, and fal_client is not loaded before it is needed."""

from __future__ import annotations

import logging
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator
from io import StringIO

import pytest
from rich.console import Console
from rich.traceback import Traceback

from studio.domain.errors import KeyRefused, ProviderError, StudioError
from studio.domain.job import Handle
from studio.domain.request import Request
from studio.providers.fal.provider import FalProvider
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.replies import Cut, Reply, events
from tests.providers.waits import HURRIED

KEY = "0123abcd-key-id:89ef-key-secret"
REQUEST = Request.make("fal-ai/flux/dev", {"prompt": "x"}, None)


@pytest.fixture
async def server() -> AsyncIterator[FakeFalServer]:
    async with FakeFalServer() as server:
        yield server


@pytest.fixture
async def provider(server: FakeFalServer) -> AsyncIterator[FalProvider]:
    provider = FalProvider(key=KEY, base_url=server.url, patience=HURRIED)
    yield provider
    await provider.close()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(401, {"detail": f"the key {KEY} is wrong"}),
        Reply(500, f"header was Key {KEY}".encode()),
        Reply(200, f"<html>{KEY}".encode()),
        Reply(cut=Cut.AFTER_READING),
    ],
)
async def test_a_server_that_repeats_the_key_does_not_get_it_shown(
    server: FakeFalServer, provider: FalProvider, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    caplog.set_level(logging.DEBUG)
    server.on("POST", ".*", reply)
    with pytest.raises(ProviderError) as caught:
        await provider.submit(REQUEST)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + caught.value.remedy
    assert "key-secret" not in told
    assert "key-secret" not in caplog.text
    assert "key-secret" not in repr(provider)


async def test_the_locals_of_a_traceback_do_not_show_the_key(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("POST", ".*", Reply(cut=Cut.AFTER_READING))
    written = StringIO()
    try:
        await provider.submit(REQUEST)
    except StudioError as error:
        shown = Traceback.from_exception(type(error), error, error.__traceback__, show_locals=True)
    Console(width=200, file=written).print(shown)
    assert "Unknown" in written.getvalue()
    assert "key-secret" not in written.getvalue()


async def test_a_status_at_a_stranger_is_asked_for_without_the_key(server: FakeFalServer) -> None:
    async with FakeFalServer() as stranger:
        stranger.on("GET", ".*", Reply(401, {"detail": "who are you"}))
        handle = Handle("x", f"{stranger.url}/status", f"{stranger.url}/x", f"{stranger.url}/cancel")
        provider = FalProvider(key=KEY, base_url=server.url, patience=HURRIED)
        with pytest.raises(KeyRefused):
            _ = [step async for step in provider.watch(handle)]
        assert stranger.calls
        assert all("authorization" not in call.headers for call in stranger.calls)
        await provider.close()


async def test_log_lines_that_repeat_the_key_lose_it(server: FakeFalServer, provider: FalProvider) -> None:
    at = "https://queue.fal.run/fal-ai/flux/requests/a"
    log = [{"message": f"env FAL_KEY={KEY}", "timestamp": "1"}]
    server.on("GET", ".*/stream", events({"status": "COMPLETED", "logs": log}))
    server.on("GET", ".*/requests/a", Reply(200, {"images": []}))
    steps = [step async for step in provider.watch(Handle("a", f"{at}/status", at, f"{at}/cancel"))]
    assert "key-secret" not in repr(steps)


async def test_a_host_put_in_by_the_environment_gets_nothing(
    server: FakeFalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = FalProvider(key=KEY, base_url=server.url, patience=HURRIED)
    await provider._open()
    monkeypatch.setattr("fal_client.client.QUEUE_URL_FORMAT", "https://queue.evil.example/")
    with pytest.raises(ProviderError, match="nothing was sent"):
        await provider.submit(REQUEST)
    await provider.close()


def test_importing_and_making_a_provider_loads_nothing_slow() -> None:
    program = (
        "import sys\n"
        "from studio.providers.fal.provider import FalProvider\n"
        "FalProvider(key='k'); FalProvider(base_url='http://127.0.0.1:1', sandbox=True)\n"
        "print([name for name in ('httpx', 'fal_client', 'httpcore', 'anyio', 'email') if name in sys.modules])\n"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_the_sandbox_without_an_address_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="sandbox"):
        FalProvider(sandbox=True)
