"""fal's queue protocol, point by point (facts, section 1)."""

from __future__ import annotations

import pytest

from tests.sandbox.caller import FLEX, SMALL, Caller
from tests.sandbox.conftest import HeldPace, Start


async def test_a_submit_answers_with_the_addresses_of_owner_and_app_only(caller: Caller) -> None:
    answer = await caller.submit("fal-ai/flux/schnell", prompt="a knight", image_size=SMALL)
    handle = answer.json
    base = f"{caller.url}/queue.fal.run/fal-ai/flux/requests/{handle['request_id']}"
    assert answer.status == 200
    assert handle["status"] == "IN_QUEUE"
    assert handle["queue_position"] == 0
    assert (handle["response_url"], handle["status_url"], handle["cancel_url"]) == (
        base,
        f"{base}/status",
        f"{base}/cancel",
    )


async def test_a_third_request_waits_for_one_of_two_to_end(start: Start) -> None:
    pace = HeldPace()
    caller = await start(pace=pace)
    handles = [(await caller.submit()).json for _ in range(4)]
    states = [await caller.call("GET", handle["status_url"]) for handle in handles]
    assert [state.json["status"] for state in states] == ["IN_PROGRESS", "IN_PROGRESS", "IN_QUEUE", "IN_QUEUE"]
    assert [state.json.get("queue_position") for state in states] == [None, None, 0, 1]
    assert {state.status for state in states} == {202}
    pace.release()
    for handle in handles:
        assert (await caller.events(handle))[-1]["status"] == "COMPLETED"


async def test_logs_come_only_when_asked_for(caller: Caller) -> None:
    handle = await caller.finished(num_inference_steps=35)
    silent = (await caller.call("GET", handle["status_url"])).json
    assert silent["logs"] is None
    for flag in ("1", "true"):
        answer = await caller.call("GET", f"{handle['status_url']}?logs={flag}")
        messages = [line["message"] for line in answer.json["logs"]]
        assert answer.status == 200
        assert "step 35/35" in messages
        assert set(answer.json["logs"][0]) == {"message", "level", "source", "timestamp"}
        assert answer.json["metrics"]["inference_time"] > 0


async def test_the_stream_says_each_line_once_and_ends_with_completed(caller: Caller) -> None:
    handle = (await caller.submit()).json
    events = await caller.events(handle)
    streamed = [line for event in events for line in event.get("logs") or []]
    whole = (await caller.call("GET", f"{handle['status_url']}?logs=1")).json["logs"]
    assert streamed == whole
    assert [event["status"] for event in events].index("COMPLETED") == len(events) - 1


async def test_a_stream_without_logs_carries_none(caller: Caller) -> None:
    events = await caller.events((await caller.submit()).json, logs=False)
    assert all(not event.get("logs") for event in events)


async def test_a_result_comes_with_what_was_billed(caller: Caller) -> None:
    handle = await caller.finished(image_size={"width": 1040, "height": 1040}, num_inference_steps=2)
    for suffix in ("", "/response"):
        answer = await caller.call("GET", handle["response_url"] + suffix)
        assert answer.status == 200
        assert answer.headers["x-fal-billable-units"] == "2"
        assert answer.headers["x-fal-request-id"] == handle["request_id"]


async def test_a_result_asked_for_too_early_is_refused(start: Start) -> None:
    caller = await start(pace=HeldPace())
    handle = (await caller.submit()).json
    answer = await caller.call("GET", handle["response_url"])
    assert (answer.status, answer.json["detail"]) == (400, "Request is still in progress")


async def test_a_waiting_request_is_cancelled_for_good_and_a_running_one_is_not(start: Start) -> None:
    pace = HeldPace()
    caller = await start(pace=pace, concurrency=1)
    running, waiting = (await caller.submit()).json, (await caller.submit()).json
    for handle in (running, waiting):
        answer = await caller.call("PUT", handle["cancel_url"])
        assert (answer.status, answer.json) == (202, {"status": "CANCELLATION_REQUESTED"})
    pace.release()
    assert "error" not in (await caller.events(running))[-1]
    assert (await caller.events(waiting))[-1]["error_type"] == "client_cancelled"
    assert (await caller.call("GET", waiting["response_url"])).status == 499
    assert (await caller.ledger())["billed"] == 1


async def test_a_cancel_that_comes_too_late_or_for_nothing_says_so(caller: Caller) -> None:
    handle = await caller.finished()
    late = await caller.call("PUT", handle["cancel_url"])
    stranger = await caller.call("PUT", f"/queue.fal.run/{FLEX}/requests/nobody/cancel")
    assert (late.status, late.json) == (400, {"status": "ALREADY_COMPLETED"})
    assert (stranger.status, stranger.json) == (404, {"status": "NOT_FOUND"})


@pytest.mark.parametrize("tail", ["", "/status", "/status/stream"])
async def test_an_unknown_request_is_not_found(caller: Caller, tail: str) -> None:
    handle = await caller.finished()
    assert (await caller.call("GET", f"/queue.fal.run/{FLEX}/requests/nobody{tail}")).status == 404
    elsewhere = f"/queue.fal.run/fal-ai/flux/requests/{handle['request_id']}{tail}"
    assert (await caller.call("GET", elsewhere)).status == 404


@pytest.mark.parametrize(
    ("key", "status", "words"),
    [
        (None, 401, "Authentication is required"),
        ("Key wrong", 401, "Authentication is required"),
        ("Bearer x", 401, "Authentication is required"),
        ("Key broke", 403, "Exhausted balance"),
    ],
)
async def test_bad_keys_are_turned_away_before_anything_is_accepted(
    caller: Caller, key: str | None, status: int, words: str
) -> None:
    caller.key = key
    answer = await caller.submit()
    assert answer.status == status
    assert words in answer.json["detail"]
    assert (await caller.ledger())["accepted"] == 0


async def test_two_submits_are_two_jobs(caller: Caller) -> None:
    one, other = await caller.finished(seed=1), await caller.finished(seed=1)
    assert one["request_id"] != other["request_id"]
    account = await caller.ledger()
    assert (account["accepted"], account["billed"]) == (2, 2)


async def test_the_synchronous_host_answers_with_the_result_itself(caller: Caller) -> None:
    answer = await caller.call("POST", f"/fal.run/{FLEX}", json={"prompt": "a fox", "image_size": SMALL, "seed": 3})
    assert (answer.status, answer.json["seed"]) == (200, 3)
    assert answer.headers["x-fal-billable-units"] == "1"


async def test_the_synchronous_host_has_no_queue(start: Start) -> None:
    caller = await start(pace=HeldPace(), concurrency=1)
    await caller.submit()
    answer = await caller.call("POST", f"/fal.run/{FLEX}", json={"prompt": "a fox"})
    assert (answer.status, answer.json["error_type"]) == (429, "concurrent_requests_limit")


async def test_a_refused_prompt_completes_with_an_error_and_is_not_billed(caller: Caller) -> None:
    handle = await caller.finished(prompt="sandbox-refuse")
    status = (await caller.call("GET", handle["status_url"])).json
    answer = await caller.call("GET", handle["response_url"])
    assert (status["status"], status["error_type"]) == ("COMPLETED", "content_policy_violation")
    assert (answer.status, answer.json["detail"][0]["type"]) == (422, "content_policy_violation")
    assert "x-fal-billable-units" not in answer.headers
    assert (await caller.ledger())["billed"] == 0
