"""Prices, history, uploads and cancels, told by fal in more than one way."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.errors import Broken, KeyRefused, ProjectError, Unavailable
from studio.domain.job import Handle
from studio.engine.ports import CancelAnswer
from studio.providers.fal.provider import FalProvider
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.replies import Cut, Reply
from tests.providers.waits import HURRIED

PRICING = "api.fal.ai/v1/models/pricing"
HISTORY = "api.fal.ai/v1/models/requests/by-endpoint"
AT = "https://queue.fal.run/fal-ai/flux/requests/a"
HANDLE = Handle("a", f"{AT}/status", AT, f"{AT}/cancel")


@pytest.fixture
async def server() -> AsyncIterator[FakeFalServer]:
    async with FakeFalServer() as server:
        yield server


@pytest.fixture
async def provider(server: FakeFalServer) -> AsyncIterator[FalProvider]:
    provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)
    yield provider
    await provider.close()


def price(endpoint: str, text: str, currency: str = "USD") -> bytes:
    entry = f'{{"endpoint_id": "{endpoint}", "unit_price": {text}, "unit": "images", "currency": "{currency}"}}'
    return f'{{"prices": [{entry}], "has_more": false}}'.encode()


async def test_a_price_keeps_every_digit(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", PRICING, Reply(200, price("a/b", "0.10000000000000001")))
    assert await provider.prices(["a/b"]) == {"a/b": (Decimal("0.10000000000000001"), "images")}


async def test_a_price_in_another_currency_is_no_price(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", PRICING, Reply(200, price("a/b", "0.1", "EUR")))
    assert await provider.prices(["a/b"]) == {}


async def test_a_price_that_is_none_is_told(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", PRICING, Reply(200, price("a/b", '"free"')))
    with pytest.raises(Broken):
        await provider.prices(["a/b"])


async def test_fifty_endpoints_are_priced_in_one_call(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", PRICING, Reply(200, {"prices": []}))
    await provider.prices([f"a/{n}" for n in range(120)] + ["a/1"])
    assert [len(call.query["endpoint_id"].split(",")) for call in server.calls] == [50, 50, 20]


async def test_the_history_is_read_to_its_end_newest_first(server: FakeFalServer, provider: FalProvider) -> None:
    def item(name: str, at: str, **more: object) -> dict[str, object]:
        return {"request_id": name, "endpoint_id": "a/b", "sent_at": at, **more}

    first = [item("old", "2026-11-20T10:00:00Z", status_code=200, json_input={"scale": 5.5, "seed": 7})]
    second = [
        item("new", "2026-11-20T12:00:00.5+00:00", status_code=422, json_input='{"seed": 8}'),
        item("open", "2026-11-20T11:00:00Z"),
        item("before", "2026-11-20T08:00:00Z"),
    ]
    pages = [{"items": first, "next_cursor": "c", "has_more": True}, {"items": second, "has_more": False}]
    server.on("GET", HISTORY, *(Reply(200, page) for page in pages))
    past = await provider.recent("a/b", 1_795_165_200.0)
    assert [one.request_id for one in past] == ["new", "open", "old"]
    assert [one.succeeded for one in past] == [False, None, True]
    assert [one.arguments for one in past] == [{"seed": 8}, None, {"scale": 5.5, "seed": 7}]
    assert server.calls[0].query["start"] == "2026-11-20T09:00:00Z"
    assert server.calls[1].query["cursor"] == "c"


async def test_a_history_that_gives_no_payloads_still_lists(server: FakeFalServer, provider: FalProvider) -> None:
    server.on(
        "GET",
        HISTORY,
        Reply(400, {"error": {"type": "validation_error", "message": "expand"}}),
        Reply(200, {"items": []}),
    )
    assert await provider.recent("a/b", 0.0) == []
    assert "expand" not in server.calls[1].query


async def test_a_history_the_key_may_not_read_is_told(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", HISTORY, Reply(403, {"error": {"type": "authorization_error", "message": "ADMIN scope"}}))
    with pytest.raises(KeyRefused, match="ADMIN scope"):
        await provider.recent("a/b", 0.0)


async def test_a_history_that_does_not_answer_is_told(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("GET", HISTORY, Reply(cut=Cut.AFTER_READING))
    with pytest.raises(Unavailable):
        await provider.recent("a/b", 0.0)


CANCELS = {
    "asked": (Reply(202, {"status": "CANCELLATION_REQUESTED"}), CancelAnswer.ASKED),
    "removed": (Reply(200, {"status": "OK"}), CancelAnswer.REMOVED),
    "too late": (Reply(400, {"status": "ALREADY_COMPLETED"}), CancelAnswer.TOO_LATE),
    "too late in words": (Reply(400, {"detail": "Request already completed"}), CancelAnswer.TOO_LATE),
    "not found": (Reply(404, {"status": "NOT_FOUND"}), CancelAnswer.NOT_FOUND),
    "not found in words": (Reply(404, {"detail": "no such request"}), CancelAnswer.NOT_FOUND),
    "nothing said": (Reply(202, b""), CancelAnswer.ASKED),
}


@pytest.mark.parametrize("case", CANCELS)
async def test_a_cancel_is_told_as_fal_answers_it(server: FakeFalServer, provider: FalProvider, case: str) -> None:
    reply, answer = CANCELS[case]
    server.on("PUT", ".*/a/cancel", Reply(503), reply)
    assert await provider.cancel(HANDLE) is answer


async def test_a_cancel_nobody_hears_is_told(server: FakeFalServer, provider: FalProvider) -> None:
    server.on("PUT", ".*/a/cancel", Reply(cut=Cut.AFTER_READING))
    with pytest.raises(Unavailable):
        await provider.cancel(HANDLE)


TOKEN = {"token": "t", "token_type": "Bearer", "base_url": "https://v3.fal.media", "expires_at": "2099-01-01T00:00:00Z"}


async def test_an_upload_shows_the_storage_its_token_and_not_the_key(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path
) -> None:
    (tmp_path / "My Ärt.png").write_bytes(b"abc")
    server.on("POST", "rest.fal.ai/storage/auth/token", Reply(200, TOKEN))
    server.on("POST", "v3.fal.media/files/upload", Reply(200, {"access_url": f"{server.url}/v3.fal.media/f/x.png"}))
    urls = [await provider.upload(tmp_path / "My Ärt.png", "image/png") for _ in range(2)]
    assert urls == ["https://v3.fal.media/f/x.png"] * 2
    tokens, uploads = server.seen("POST", "rest.*"), server.seen("POST", "v3.*")
    assert (len(tokens), len(uploads)) == (1, 2)
    assert tokens[0].headers["authorization"] == "Key id:secret"
    assert uploads[0].headers["authorization"] == "Bearer t"
    assert (uploads[0].body, uploads[0].headers["content-type"]) == (b"abc", "image/png")
    assert uploads[0].headers["x-fal-file-name"].isascii()
    assert "x-fal-object-lifecycle-preference" not in uploads[0].headers, "without a wish the account's setting holds"


async def test_a_large_file_goes_up_in_parts(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.providers.fal.storage.ONE_PIECE", 10)
    monkeypatch.setattr("studio.providers.fal.storage.PART", 10)
    (tmp_path / "set.zip").write_bytes(bytes(range(25)))
    server.on("POST", "rest.fal.ai/storage/auth/token", Reply(200, TOKEN))
    started = Reply(200, {"access_url": "https://v3.fal.media/f/set.zip", "uploadId": "u"})
    server.on("POST", "v3.fal.media/files/upload/multipart", started)
    server.on("PUT", "v3.fal.media/f/set.zip/multipart/u/[123]", Reply(200, b"", {"ETag": "e"}))
    server.on("POST", "v3.fal.media/f/set.zip/multipart/u/complete", Reply(200, {}))
    left: list[int] = []
    url = await provider.upload(tmp_path / "set.zip", "application/zip", 3600, left.append)
    assert url == "https://v3.fal.media/f/set.zip" and left == [10, 20, 25]
    wishes = server.seen("POST", "v3.fal.media/files/upload/multipart")[0].headers
    assert json.loads(wishes["x-fal-object-lifecycle-preference"]) == {"expiration_duration_seconds": 3600}
    assert b"".join(call.body for call in server.seen("PUT")) == bytes(range(25))
    assert [part["partNumber"] for part in server.calls[-1].json["parts"]] == [1, 2, 3]


async def test_a_file_that_is_not_there_is_not_uploaded(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path
) -> None:
    with pytest.raises(ProjectError):
        await provider.upload(tmp_path / "none.png", "image/png")
    assert server.calls == []


async def test_a_past_request_brings_its_result_with_addresses_that_outlive_the_base(
    server: FakeFalServer, provider: FalProvider
) -> None:
    output = {"images": [{"url": f"{server.url}/v3.fal.media/files/b/x.png"}], "timings": {"inference": 1.5}}
    item = {"request_id": "r1", "endpoint_id": "a/b", "sent_at": "2026-11-20T12:00:00Z", "json_output": output}
    server.on("GET", HISTORY, Reply(200, {"items": [item, {**item, "request_id": "r2", "json_output": None}]}))
    first, second = await provider.recent("a/b", 0.0)
    assert first.output == {"images": [{"url": "https://v3.fal.media/files/b/x.png"}], "timings": {"inference": 1.5}}
    assert second.output is None
