"""api.fal.ai and the schema address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from studio.config.catalogue import load_catalogue
from tests.sandbox.caller import FLEX, KONTEXT, Caller

API = "/api.fal.ai/v1/models"


async def test_prices_come_as_the_catalogue_has_them(caller: Caller) -> None:
    for query in (f"endpoint_id={FLEX},{KONTEXT}", f"endpoint_id={FLEX}&endpoint_id={KONTEXT}"):
        prices = {
            row["endpoint_id"]: row for row in (await caller.call("GET", f"{API}/pricing?{query}")).json["prices"]
        }
        assert prices[FLEX] == {"endpoint_id": FLEX, "unit_price": 0.05, "unit": "megapixels", "currency": "USD"}
        assert prices[KONTEXT]["unit"] == "images"


async def test_prices_need_a_key_and_an_endpoint(caller: Caller) -> None:
    assert (await caller.call("GET", f"{API}/pricing")).json["error"]["type"] == "validation_error"
    caller.key = None
    refused = await caller.call("GET", f"{API}/pricing?endpoint_id={FLEX}")
    assert (refused.status, refused.json["error"]["type"]) == (401, "authorization_error")


async def test_an_estimate_is_price_times_quantity(caller: Caller) -> None:
    wanted = {"estimate_type": "unit_price", "endpoints": {FLEX: {"unit_quantity": 3}, KONTEXT: {"unit_quantity": 2}}}
    answer = await caller.call("POST", f"{API}/pricing/estimate", json=wanted)
    assert answer.json == {"estimate_type": "unit_price", "total_cost": 0.23, "currency": "USD"}


async def test_history_lists_what_was_accepted_newest_first_with_arguments_and_output(caller: Caller) -> None:
    first = await caller.finished(seed=1)
    second = await caller.finished(seed=2)
    await caller.finished("fal-ai/flux/schnell", prompt="x", image_size={"width": 32, "height": 32})
    listing = (await caller.call("GET", f"{API}/requests/by-endpoint?endpoint_id={FLEX}")).json
    assert [row["request_id"] for row in listing["items"]] == [second["request_id"], first["request_id"]]
    newest = listing["items"][0]
    assert newest["json_input"]["seed"] == 2
    assert newest["status_code"] == 200
    assert (await caller.call("GET", newest["json_output"]["images"][0]["url"])).status == 200


async def test_history_goes_page_by_page_and_by_time(caller: Caller) -> None:
    for seed in range(3):
        await caller.finished(seed=seed)
    base = f"{API}/requests/by-endpoint?endpoint_id={FLEX}"
    page = (await caller.call("GET", f"{base}&limit=2")).json
    rest = (await caller.call("GET", f"{base}&limit=2&cursor={page['next_cursor']}")).json
    assert (len(page["items"]), page["has_more"]) == (2, True)
    assert (len(rest["items"]), rest["has_more"]) == (1, False)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat().replace("+00:00", "Z")
    assert (await caller.call("GET", f"{base}&start={tomorrow}")).json["items"] == []
    assert len((await caller.call("GET", f"{base}&end={tomorrow}&status=success")).json["items"]) == 3
    assert (await caller.call("GET", f"{base}&start=yesterday")).status == 400


async def test_models_are_found_by_id_and_by_words(caller: Caller) -> None:
    caller.key = None
    by_id = (await caller.call("GET", f"{API}?endpoint_id={FLEX}&expand=openapi-3.0")).json["models"]
    by_words = (await caller.call("GET", f"{API}?q=kontext")).json["models"]
    assert [entry["endpoint_id"] for entry in by_id] == [FLEX]
    assert by_id[0]["openapi"]["openapi"].startswith("3.")
    assert KONTEXT in [entry["endpoint_id"] for entry in by_words]
    assert "openapi" not in by_words[0]
    assert (await caller.call("GET", f"{API}?endpoint_id=nobody/nothing")).status == 404


@pytest.mark.parametrize("endpoint", load_catalogue().ids)
async def test_every_schema_names_the_arguments_of_the_catalogue(caller: Caller, endpoint: str) -> None:
    document = (await caller.call("GET", f"/fal.ai/api/openapi/queue/openapi.json?endpoint_id={endpoint}")).json
    model = load_catalogue().model(endpoint)
    assert model is not None
    schemas = document["components"]["schemas"]
    schema = next(value for name, value in schemas.items() if name.endswith("Input"))
    assert list(schema["properties"]) == [param.name for param in model.params]
    assert schema["required"] == [param.name for param in model.params if param.required]
