"""fal's own list of its endpoints: what they are, and the OpenAPI document of each. It needs no key."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from studio.domain.errors import BadInput, NotFound
from studio.domain.text import plain
from studio.engine.ports import Listing
from studio.providers.fal.hosts import SCHEMAS
from studio.providers.fal.platform import listed

if TYPE_CHECKING:
    from studio.providers.fal.calls import Calls

SCHEMAS_A_CALL = 20
"""Ids in one question for schemas. fal takes 50, but fifty documents are megabytes that come all at once or not."""

MOST_FOUND = 60
"""Endpoints a search gives."""

_UNKNOWN = (NotFound, BadInput)


async def schemas(calls: Calls, endpoints: Sequence[str]) -> dict[str, Listing]:
    """What fal lists of these endpoints, each with its schema; those it does not know are left out.

    An app of one's own is not in the list; its schema is asked for at the address of the single document.
    """
    found: dict[str, Listing] = {}
    wanted = list(dict.fromkeys(endpoints))
    for start in range(0, len(wanted), SCHEMAS_A_CALL):
        for listing in await _listed(calls, wanted[start : start + SCHEMAS_A_CALL]):
            found[listing.endpoint] = listing
    for endpoint in wanted:
        known = found.get(endpoint)
        if known is None or known.schema is None:
            single = await _single(calls, endpoint)
            if single is not None:
                found[endpoint] = single
    return {endpoint: listing for endpoint, listing in found.items() if endpoint in wanted}


async def search(calls: Calls, words: str) -> list[Listing]:
    """The endpoints fal finds for some words, without schemas, in fal's order."""
    found: list[Listing] = []
    try:
        async for entry in listed(calls, "/models", "models", {"q": words, "limit": str(MOST_FOUND)}):
            if (listing := _listing(entry)) is not None:
                found.append(listing)
            if len(found) >= MOST_FOUND:
                break
    except NotFound:
        return []
    return found


async def _listed(calls: Calls, endpoints: Sequence[str]) -> list[Listing]:
    """A question for a few. One unknown id may spoil the answer for all: then each half is asked for alone."""
    query = {"endpoint_id": ",".join(endpoints), "expand": "openapi-3.0", "limit": str(len(endpoints))}
    try:
        entries = [entry async for entry in listed(calls, "/models", "models", query)]
    except _UNKNOWN:
        if len(endpoints) < 2:
            return []
        half = len(endpoints) // 2
        return [*await _listed(calls, endpoints[:half]), *await _listed(calls, endpoints[half:])]
    return [listing for entry in entries if (listing := _listing(entry)) is not None]


async def _single(calls: Calls, endpoint: str) -> Listing | None:
    try:
        answer = await calls.settle("GET", SCHEMAS, params={"endpoint_id": endpoint})
    except _UNKNOWN:
        return None
    document = answer.object(parse_float=Decimal)
    return Listing(endpoint, schema=document) if _is_schema(document) else None


def _listing(entry: dict[str, Any]) -> Listing | None:
    endpoint, about = entry.get("endpoint_id"), entry.get("metadata")
    if not isinstance(endpoint, str) or not endpoint:
        return None
    words = about if isinstance(about, dict) else {}
    document = entry.get("openapi")
    return Listing(
        endpoint=plain(endpoint, limit=200),
        title=plain(words.get("display_name") or "", limit=120),
        category=plain(words.get("category") or "", limit=60),
        about=plain(words.get("description") or "", limit=400),
        deprecated=words.get("status") == "deprecated",
        seconds=_seconds(words.get("duration_estimate")),
        schema=document if isinstance(document, dict) and _is_schema(document) else None,
    )


def _seconds(value: object) -> float | None:
    # The unit is not documented; what is no plausible number of seconds is no hint.
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not 0 < value < 36_000:
        return None
    return float(value)


def _is_schema(document: dict[str, Any]) -> bool:
    """Whether it is a document at all: fal puts an error in its place when it could not make one."""
    return isinstance(document.get("components"), dict) and "error" not in document
