"""Arguments that an endpoint would not take are answered as fal answers them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import FLEX, KONTEXT, Caller

SCHNELL = "fal-ai/flux/schnell"
PROMPT = {"prompt": "a knight"}
PIXEL = "data:image/png;base64,iVBORw0KGgo="


@pytest.mark.parametrize(
    ("endpoint", "arguments", "loc", "kind", "ctx"),
    [
        (SCHNELL, {}, ["prompt"], "missing", None),
        (SCHNELL, {"prompt": 7}, ["prompt"], "string_type", None),
        (SCHNELL, {**PROMPT, "guidance_scale": 21}, ["guidance_scale"], "less_than_equal", {"le": 20}),
        (SCHNELL, {**PROMPT, "guidance_scale": 0.5}, ["guidance_scale"], "greater_than_equal", {"ge": 1}),
        (SCHNELL, {**PROMPT, "guidance_scale": "high"}, ["guidance_scale"], "float_type", None),
        (SCHNELL, {**PROMPT, "num_inference_steps": 4.5}, ["num_inference_steps"], "int_from_float", None),
        (SCHNELL, {**PROMPT, "num_inference_steps": True}, ["num_inference_steps"], "int_type", None),
        (SCHNELL, {**PROMPT, "num_images": 5}, ["num_images"], "less_than_equal", {"le": 4}),
        (SCHNELL, {**PROMPT, "sync_mode": "yes"}, ["sync_mode"], "bool_type", None),
        (
            SCHNELL,
            {**PROMPT, "output_format": "gif"},
            ["output_format"],
            "one_of",
            {"expected": ["jpeg", "png"]},
        ),
        (SCHNELL, {**PROMPT, "image_size": "portrait_3_4"}, ["image_size"], "one_of", ...),
        (SCHNELL, {**PROMPT, "image_size": {"width": 64}}, ["image_size", "height"], "missing", None),
        (
            SCHNELL,
            {**PROMPT, "image_size": {"width": 0, "height": 64}},
            ["image_size", "width"],
            "greater_than",
            {"gt": 0},
        ),
        (
            SCHNELL,
            {**PROMPT, "image_size": {"width": 9000, "height": 64}},
            ["image_size"],
            "image_too_large",
            {"max_width": 4096, "max_height": 4096},
        ),
        (KONTEXT, {**PROMPT}, ["image_url"], "missing", None),
        (KONTEXT, {**PROMPT, "image_url": PIXEL, "aspect_ratio": "7:5"}, ["aspect_ratio"], "one_of", ...),
        ("fal-ai/flux-2/edit", {**PROMPT, "image_urls": PIXEL}, ["image_urls"], "list_type", None),
        ("fal-ai/flux-2/edit", {**PROMPT, "image_urls": []}, ["image_urls"], "sequence_too_short", ...),
        ("fal-ai/flux-2/edit", {**PROMPT, "image_urls": [PIXEL] * 5}, ["image_urls"], "sequence_too_long", ...),
        ("fal-ai/flux-lora", {**PROMPT, "loras": [{}]}, ["loras", 0, "path"], "missing", None),
        (
            "fal-ai/flux-lora",
            {**PROMPT, "loras": [{"path": "x", "scale": 9}]},
            ["loras", 0, "scale"],
            "less_than_equal",
            {"le": 4},
        ),
    ],
)
async def test_each_violation_names_its_place_and_kind(
    caller: Caller, endpoint: str, arguments: dict[str, Any], loc: list[Any], kind: str, ctx: Any
) -> None:
    answer = await caller.call("POST", f"/queue.fal.run/{endpoint}", json=arguments)
    assert answer.status == 422
    assert answer.headers["X-Fal-Retryable"] == "false"
    (entry,) = answer.json["detail"]
    assert entry["loc"] == ["body", *loc]
    assert entry["type"] == kind
    assert entry["msg"]
    assert entry["url"].endswith(kind)
    if ctx is not ...:
        assert entry.get("ctx") == ctx


async def test_every_violation_is_told_at_once(caller: Caller) -> None:
    answer = await caller.submit(SCHNELL, num_images=9, guidance_scale=99)
    assert {entry["loc"][1] for entry in answer.json["detail"]} == {"prompt", "num_images", "guidance_scale"}


async def test_nothing_of_a_refused_submit_is_accepted(caller: Caller) -> None:
    await caller.submit(guidance_scale=99)
    account = await caller.ledger()
    assert (account["accepted"], account["refused"]) == (0, 1)


@pytest.mark.parametrize("endpoint", ["fal-ai/flux-dev", "nobody/nothing", "fal-ai"])
async def test_an_unknown_endpoint_is_not_found(caller: Caller, endpoint: str) -> None:
    answer = await caller.submit(endpoint, prompt="x")
    assert answer.status == 404
    assert "not found" in answer.json["detail"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"'])
async def test_a_body_that_is_no_json_object_is_refused(caller: Caller, body: bytes) -> None:
    answer = await caller.call("POST", f"/queue.fal.run/{FLEX}", data=body)
    assert answer.status == 422
    assert answer.json["detail"][0]["loc"] == ["body"]


async def test_an_unknown_argument_is_ignored_and_the_log_says_so(caller: Caller) -> None:
    handle = await caller.finished(negative_prompt="hands")
    logs = (await caller.call("GET", handle["status_url"] + "?logs=1")).json["logs"]
    assert any("negative_prompt" in line["message"] for line in logs)


async def test_null_stands_for_an_argument_that_was_not_given(caller: Caller) -> None:
    assert (await caller.submit(seed=None, guidance_scale=None)).status == 200
