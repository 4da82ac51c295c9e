"""Scripted failures strike where and how the file says."""

from __future__ import annotations

import io
import json
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from studio.domain.errors import ProjectError
from studio.sandbox.faults import read_faults
from tests.sandbox.caller import FLEX, SMALL, Caller
from tests.sandbox.conftest import Start


def fault(**keys: object) -> str:
    """One fault as TOML."""
    return "[[fault]]\n" + "\n".join(f"{name} = {json.dumps(value)}" for name, value in keys.items()) + "\n"


async def test_a_429_carries_its_headers_and_nothing_is_accepted(start: Start) -> None:
    script = '[[fault]]\nat = "submit"\ndo = "status"\ncode = 429\ntimes = 1\nheaders = { Retry-After = "2" }\n'
    caller = await start(script)
    first, second = await caller.submit(), await caller.submit()
    assert (first.status, first.headers["Retry-After"]) == (429, "2")
    assert second.status == 200
    assert (await caller.ledger())["accepted"] == 1


@pytest.mark.parametrize(
    ("more", "kind", "body"),
    [
        ({"code": 503}, "application/json", b"runner_scheduling_failure"),
        ({"code": 502, "body": "<html>bad gateway</html>"}, "text/html", b"<html>"),
        ({"code": 500, "body": "boom"}, "text/plain", b"boom"),
    ],
)
async def test_a_5xx_comes_flat_or_in_no_json_at_all(
    start: Start, more: dict[str, object], kind: str, body: bytes
) -> None:
    caller = await start(fault(at="submit", do="status", **more))
    answer = await caller.submit()
    assert answer.status == more["code"]
    assert answer.headers["Content-Type"].startswith(kind)
    assert body in answer.data


async def test_a_5xx_may_be_a_list(start: Start) -> None:
    caller = await start('[[fault]]\nat = "result"\ndo = "status"\nbody = { detail = [{ type = "odd" }] }\n')
    handle = await caller.finished()
    answer = await caller.call("GET", handle["response_url"])
    assert (answer.status, answer.json) == (500, {"detail": [{"type": "odd"}]})


@pytest.mark.parametrize(("place", "accepted"), [("submit", 0), ("accepted", 1)])
async def test_a_reset_strikes_before_or_after_the_acceptance(start: Start, place: str, accepted: int) -> None:
    caller = await start(fault(at=place, do="reset", times=1))
    # A lone connection, so that the client cannot repeat the POST on a fresh one by itself.
    with pytest.raises(aiohttp.ClientError):
        await caller.submit()
    assert (await caller.ledger())["accepted"] == accepted


async def test_a_timeout_ends_in_a_broken_connection(start: Start) -> None:
    caller = await start(fault(at="status", do="timeout", seconds=0))
    handle = (await caller.submit()).json
    with pytest.raises(aiohttp.ClientError):
        await caller.call("GET", handle["status_url"])


async def test_latency_only_delays(start: Start) -> None:
    caller = await start(fault(at="submit", do="latency", seconds=0))
    assert (await caller.submit()).status == 200
    assert (await caller.ledger())["faults"] == [{"at": "submit", "do": "latency", "met": 1, "struck": 1}]


async def downloaded(caller: Caller) -> tuple[bytes, str]:
    """The bytes and type of a finished picture."""
    output = await caller.output(output_format="png")
    answer = await caller.call("GET", output["images"][0]["url"])
    return answer.data, answer.headers["Content-Type"]


@pytest.mark.parametrize("action", ["truncate", "corrupt", "garbage"])
async def test_a_spoiled_picture_does_not_decode(start: Start, action: str) -> None:
    caller = await start(fault(at="download", do=action, times=1))
    data, kind = await downloaded(caller)
    assert kind == "image/png"
    with pytest.raises((OSError, SyntaxError)):
        Image.open(io.BytesIO(data)).load()


async def test_a_download_that_breaks_off_is_shorter_than_promised(start: Start) -> None:
    caller = await start(fault(at="download", do="reset", bytes=100, times=1))
    with pytest.raises(aiohttp.ClientError):
        await downloaded(caller)


async def test_a_slow_download_arrives_whole(start: Start) -> None:
    caller = await start(fault(at="download", do="slow", seconds=0))
    data, _ = await downloaded(caller)
    assert Image.open(io.BytesIO(data)).size == (48, 64)


async def test_a_stream_breaks_after_some_events_and_polling_still_works(start: Start) -> None:
    caller = await start(fault(at="stream", do="reset", events=1))
    handle = (await caller.submit()).json
    with pytest.raises(aiohttp.ClientError):
        await caller.events(handle)
    assert (await caller.call("GET", handle["status_url"])).status in (200, 202)


async def test_a_stream_may_close_too_early_in_good_order(start: Start) -> None:
    caller = await start(fault(at="stream", do="close", events=1))
    events = await caller.events((await caller.submit()).json)
    assert len(events) == 1


async def test_a_stream_may_be_cut_within_an_event(start: Start) -> None:
    caller = await start(fault(at="stream", do="truncate"))
    handle = (await caller.submit()).json
    answer = await caller.call("GET", handle["status_url"] + "/stream")
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|delimiter"):
        json.loads(answer.data.decode().removeprefix("data: "))


async def test_a_cumulative_stream_repeats_lines(start: Start) -> None:
    caller = await start(fault(at="stream", do="cumulative"))
    handle = await caller.finished()
    events = await caller.events(handle)
    whole = (await caller.call("GET", f"{handle['status_url']}?logs=1")).json["logs"]
    assert events[-1]["logs"] == whole


@pytest.mark.parametrize(("action", "left"), [("null-fields", {"logs": None, "metrics": None}), ("missing-fields", {})])
async def test_fields_are_null_or_missing(start: Start, action: str, left: dict[str, None]) -> None:
    caller = await start(fault(at="status", do=action))
    handle = await caller.finished()
    body = (await caller.call("GET", f"{handle['status_url']}?logs=1")).json
    assert {name: body[name] for name in ("logs", "metrics") if name in body} == left


async def test_an_order_fails_after_its_acceptance(start: Start) -> None:
    caller = await start(fault(at="accepted", do="fail", code=503, error_type="runner_disconnected"))
    handle = (await caller.submit()).json
    last = (await caller.events(handle))[-1]
    answer = await caller.call("GET", handle["response_url"])
    assert (last["status"], last["error_type"]) == ("COMPLETED", "runner_disconnected")
    assert (answer.status, answer.headers["X-Fal-Error-Type"]) == (503, "runner_disconnected")


async def test_the_policy_refuses_at_once_or_at_the_end(start: Start) -> None:
    at_once = await start(fault(at="submit", do="refuse"))
    assert (await at_once.submit()).json["detail"][0]["type"] == "content_policy_violation"
    at_the_end = await start(fault(at="accepted", do="refuse"))
    handle = await at_the_end.finished()
    assert (await at_the_end.call("GET", handle["response_url"])).status == 422


async def test_a_dropped_request_was_accepted_and_is_gone(start: Start) -> None:
    caller = await start(fault(at="accepted", do="drop-request"))
    handle = (await caller.submit()).json
    assert (await caller.call("GET", handle["status_url"])).status == 404
    assert (await caller.ledger())["accepted"] == 1


async def test_match_after_times_and_every_say_when(start: Start) -> None:
    caller = await start(fault(at="submit", do="status", code=500, match="dragon", after=1, times=1))
    dragons = [(await caller.submit(prompt="a dragon")).status for _ in range(3)]
    assert dragons == [200, 500, 200]
    assert (await caller.submit(prompt="a knight")).status == 200
    other = await start(fault(at="submit", do="status", code=500, every=2))
    assert [(await other.submit()).status for _ in range(4)] == [500, 200, 500, 200]


async def test_the_same_seed_fails_the_same_way(start: Start) -> None:
    script = "seed = 7\n" + fault(at="cancel", do="status", probability=0.5)

    async def pattern() -> list[int]:
        caller = await start(script)
        return [(await caller.call("PUT", f"/queue.fal.run/{FLEX}/requests/x/cancel")).status for _ in range(12)]

    first = await pattern()
    assert first == await pattern()
    assert set(first) == {404, 500}


@pytest.mark.parametrize(
    ("place", "method", "path"),
    [
        ("upload", "POST", "/rest.fal.ai/storage/upload/initiate?storage_type=gcs"),
        ("pricing", "GET", f"/api.fal.ai/v1/models/pricing?endpoint_id={FLEX}"),
        ("history", "GET", f"/api.fal.ai/v1/models/requests/by-endpoint?endpoint_id={FLEX}"),
    ],
)
async def test_faults_reach_storage_prices_and_history(start: Start, place: str, method: str, path: str) -> None:
    caller = await start(fault(at=place, do="status", code=504))
    assert (await caller.call(method, path, json={} if method == "POST" else None)).status == 504


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[fault]\n", "is not TOML"),
        ("nonsense = 1\n", "unknown key 'nonsense'"),
        ('[[fault]]\ndo = "reset"\n', "fault 1: `at` is missing"),
        ('[[fault]]\nat = "submit"\ndo = "explode"\n', "`do` is 'explode'; there are latency"),
        ('[[fault]]\nat = "submit"\ndo = "reset"\n[[fault]]\nat = "moon"\ndo = "reset"\n', "fault 2: `at` is 'moon'"),
        ('[[fault]]\nat = "submit"\ndo = "reset"\nwhen = 1\n', "unknown key 'when'"),
        ('[[fault]]\nat = "submit"\ndo = "status"\ncode = "500"\n', "`code` is '500', expected int"),
        ('[[fault]]\nat = "submit"\ndo = "status"\ncode = 42\n', "100 to 599"),
        ('[[fault]]\nat = "submit"\ndo = "reset"\nevery = 0\n', "`every` must be at least 1"),
    ],
)
def test_a_malformed_file_is_told_in_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "faults.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_faults(path)
    assert words in caught.value.happened
    assert "\n" not in caught.value.happened
    assert str(path) in caught.value.happened


def test_a_missing_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="cannot be read"):
        read_faults(tmp_path / "none.toml")


async def test_small_sizes_are_drawn_as_asked(caller: Caller) -> None:
    assert (await caller.picture(await caller.output(image_size=SMALL))).size == (48, 64)
