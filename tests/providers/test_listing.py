"""fal's list of endpoints and their schemas, told in more than one way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest

from studio.domain.errors import KeyRefused, Unavailable
from studio.providers.fal.provider import FalProvider
from studio.sandbox.queue import Tempo
from studio.sandbox.server import running
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.replies import Call, Cut, Reply
from tests.providers.waits import HURRIED

MODELS = "api.fal.ai/v1/models"
SINGLE = "fal.ai/api/openapi/queue/openapi.json"
NOT_FOUND = Reply(404, {"error": {"type": "not_found", "message": "No model matches"}})


@pytest.fixture
async def server() -> AsyncIterator[FakeFalServer]:
    async with FakeFalServer() as server:
        yield server


@pytest.fixture
async def provider(server: FakeFalServer) -> AsyncIterator[FalProvider]:
    provider = FalProvider(base_url=server.url, patience=HURRIED)
    yield provider
    await provider.close()


def entry(endpoint: str, **metadata: Any) -> dict[str, Any]:
    return {"endpoint_id": endpoint, "metadata": metadata, "openapi": {"components": {"schemas": {}}}}


def page(*entries: dict[str, Any]) -> Reply:
    return Reply(200, {"models": list(entries), "next_cursor": None, "has_more": False})


async def test_a_listing_is_read_without_a_key_and_shows_none(server: FakeFalServer, provider: FalProvider) -> None:
    about = {"display_name": "One", "category": "image-to-image", "status": "deprecated", "duration_estimate": 12}
    server.on("GET", MODELS, page(entry("a/one", **about, description="It \x1b[31mdraws.")))
    one = (await provider.schemas(["a/one"]))["a/one"]
    assert (one.title, one.category, one.deprecated, one.seconds) == ("One", "image-to-image", True, 12.0)
    assert one.about == "It draws."
    assert one.schema is not None
    assert server.calls[0].query["expand"] == "openapi-3.0"
    assert all("authorization" not in call.headers for call in server.calls)


async def test_a_key_that_is_set_goes_along(server: FakeFalServer) -> None:
    server.on("GET", MODELS, page(entry("a/one")))
    provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)
    await provider.schemas(["a/one"])
    await provider.close()
    assert server.calls[0].headers["authorization"] == "Key id:secret"


async def test_one_unknown_endpoint_does_not_hide_the_others(server: FakeFalServer, provider: FalProvider) -> None:
    def answer(call: Call) -> Reply:
        ids = call.query["endpoint_id"].split(",")
        return NOT_FOUND if "a/none" in ids else page(*(entry(one) for one in ids))

    server.on("GET", MODELS, answer)
    server.on("GET", SINGLE, Reply(404, {"detail": "Endpoint not found"}))
    found = await provider.schemas(["a/1", "a/2", "a/none", "a/4"])
    assert sorted(found) == ["a/1", "a/2", "a/4"]


async def test_an_app_that_is_not_listed_is_found_by_its_own_document(
    server: FakeFalServer, provider: FalProvider
) -> None:
    server.on("GET", MODELS, page())
    server.on("GET", SINGLE, Reply(200, b'{"components": {"schemas": {}}, "x": 0.10000000000000001}'))
    mine = (await provider.schemas(["me/mine"]))["me/mine"]
    assert mine.schema is not None and mine.schema["x"] == Decimal("0.10000000000000001")
    assert server.calls[-1].query == {"endpoint_id": "me/mine"}


async def test_what_is_in_the_place_of_a_document_and_is_none_is_left_out(
    server: FakeFalServer, provider: FalProvider
) -> None:
    broken = {"endpoint_id": "a/b", "metadata": {}, "openapi": {"error": {"code": "expansion_failed"}}}
    server.on("GET", MODELS, page(broken, {"endpoint_id": 7}))
    server.on("GET", SINGLE, Reply(200, {"detail": "nothing"}))
    assert (await provider.schemas(["a/b"]))["a/b"].schema is None


async def test_many_endpoints_are_asked_for_in_portions(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", MODELS, lambda call: page(*(entry(one) for one in call.query["endpoint_id"].split(","))))
    assert len(await provider.schemas([f"a/{number}" for number in range(45)])) == 45
    assert [len(call.query["endpoint_id"].split(",")) for call in server.calls] == [20, 20, 5]


async def test_a_search_gives_what_fal_finds(server: FakeFalServer, provider: FalProvider) -> None:
    first = {"models": [entry("a/1", display_name="One")], "next_cursor": "c", "has_more": True}
    server.on("GET", MODELS, Reply(200, first), page(entry("a/2")))
    assert [one.endpoint for one in await provider.search("pixel art")] == ["a/1", "a/2"]
    assert server.calls[0].query["q"] == "pixel art"
    assert server.calls[1].query["cursor"] == "c"


async def test_a_search_that_finds_nothing_is_no_failure(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", MODELS, NOT_FOUND)
    assert list(await provider.search("nothing at all")) == []


async def test_a_network_that_fails_is_told(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", MODELS, Reply(cut=Cut.AFTER_READING))
    with pytest.raises(Unavailable):
        await provider.schemas(["a/b"])
    with pytest.raises(Unavailable):
        await provider.search("x")


async def test_a_key_that_fal_refuses_is_told(server: FakeFalServer) -> None:
    server.on("GET", MODELS, Reply(401, {"error": {"type": "authorization_error", "message": "no"}}))
    provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)
    with pytest.raises(KeyRefused):
        await provider.search("x")
    await provider.close()


async def test_the_sandbox_lists_as_fal_does() -> None:
    async with running(pace=Tempo(0)) as url:
        provider = FalProvider(base_url=url, sandbox=True, patience=HURRIED)
        found = await provider.schemas(["fal-ai/flux-2-flex", "nobody/nothing"])
        assert list(found) == ["fal-ai/flux-2-flex"]
        assert found["fal-ai/flux-2-flex"].category == "text-to-image"
        assert "fal-ai/flux-pro/kontext" in [one.endpoint for one in await provider.search("kontext")]
        await provider.close()
