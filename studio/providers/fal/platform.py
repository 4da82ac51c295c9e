"""fal's Platform API: what endpoints cost, and what this account has sent."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from studio.domain.errors import BadInput, Broken
from studio.domain.money import usd
from studio.domain.request import Json
from studio.engine.ports import PastRequest
from studio.providers.fal.hosts import PLATFORM, Route

if TYPE_CHECKING:
    from studio.providers.fal.calls import Calls

IDS_A_CALL = 50
PAST_A_PAGE = 100
MOST_PAGES = 20
"""Pages followed before a listing is taken for endless: 2,000 requests of one endpoint since a crash are enough."""


async def prices(calls: Calls, endpoints: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
    """Unit price in USD and unit, by endpoint, of those fal prices in USD. Raises Broken on a price that is none."""
    found: dict[str, tuple[Decimal, str]] = {}
    wanted = list(dict.fromkeys(endpoints))
    for start in range(0, len(wanted), IDS_A_CALL):
        query = {"endpoint_id": ",".join(wanted[start : start + IDS_A_CALL])}
        async for price in listed(calls, "/models/pricing", "prices", query):
            if str(price.get("currency", "USD")).upper() != "USD":
                continue
            try:
                found[str(price["endpoint_id"])] = (usd(price["unit_price"]), str(price["unit"]))
            except (KeyError, ValueError) as error:
                raise Broken(f"fal gave a price that cannot be read: {error}.") from None
    return found


async def recent(calls: Calls, endpoint: str, since: float) -> list[PastRequest]:
    """This account's requests of `endpoint` sent since a moment (seconds since the epoch), newest first."""
    query = {
        "endpoint_id": endpoint,
        "start": datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "limit": str(PAST_A_PAGE),
    }
    path = "/models/requests/by-endpoint"
    try:
        items = [item async for item in listed(calls, path, "items", {**query, "expand": "payloads"})]
    except BadInput:
        # Which word asks for the payloads is not documented; a listing without them still tells ids and times.
        items = [item async for item in listed(calls, path, "items", query)]
    past = [_past(item, endpoint, calls.route) for item in items if item.get("request_id")]
    return sorted((one for one in past if one.sent_at >= since), key=lambda one: -one.sent_at)


async def listed(calls: Calls, path: str, name: str, query: dict[str, str]) -> AsyncIterator[dict[str, Any]]:
    """Every entry of a paged listing of the Platform API, decimals kept exact. Raises Broken when it is none."""
    cursor: dict[str, str] = {}
    for _ in range(MOST_PAGES):
        answer = await calls.settle("GET", f"{PLATFORM}{path}", params={**query, **cursor})
        body = answer.object(parse_float=Decimal)
        entries = body.get(name)
        if not isinstance(entries, list):
            raise Broken(f"fal's listing has no {name}: {answer.excerpt()}")
        for entry in entries:
            if isinstance(entry, dict):
                yield entry
        following = body.get("next_cursor")
        if not isinstance(following, str) or not following or body.get("has_more") is False:
            return
        cursor = {"cursor": following}


def _past(item: dict[str, Any], endpoint: str, route: Route) -> PastRequest:
    code = item.get("status_code")
    output = route.canonical_inside(_payload(item.get("json_output")))
    return PastRequest(
        request_id=str(item["request_id"]),
        endpoint=str(item.get("endpoint_id") or endpoint),
        sent_at=_moment(item.get("sent_at") or item.get("started_at")),
        arguments=_payload(item.get("json_input")),
        succeeded=200 <= code < 300 if isinstance(code, int) else None,
        output=output if isinstance(output, dict) else None,
    )


def _moment(value: object) -> float:
    """Seconds since the epoch. Raises Broken when a time cannot be read: Rescue matches by it."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Broken(f"fal's history has a time that cannot be read: {str(value)[:60]!r}.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _payload(value: Any) -> dict[str, Json] | None:
    """What a past request sent or got, which may come as an object or as JSON text, with ordinary numbers."""
    text = value if isinstance(value, str) else json.dumps(value, default=float)
    try:
        payload = json.loads(text)
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None
