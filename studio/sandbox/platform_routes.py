"""api.fal.ai and the schema address: the catalogue as fal publishes it, prices, and the account's own history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar

from aiohttp import web

from studio.domain.model import Model
from studio.domain.request import Json
from studio.sandbox.answers import flat, json_object, origin, platform, reply
from studio.sandbox.gate import need_platform_key
from studio.sandbox.order import Order
from studio.sandbox.results import addressed
from studio.sandbox.schema import category, openapi_of
from studio.sandbox.service import SANDBOX
from studio.sandbox.shelving import whole

_Row = TypeVar("_Row")

MOST_IDS = 50
MOST_ROWS = 100

_UNITS = {
    "megapixel": "megapixels",
    "image": "images",
    "video": "videos",
    "second": "seconds",
    "compute-second": "compute seconds",
    "training-step": "steps",
    "training-run": "units",
}
"""fal's words for the catalogue's units (facts, section 3)."""


async def models(request: web.Request) -> web.Response:
    """GET /v1/models: the catalogue, by endpoint_id or search, with schemas when `expand=openapi-3.0`."""
    wanted, text = _ids(request), request.query.get("q", "").lower()
    chosen = [
        model
        for model in _known(request)
        if (not wanted or model.id in wanted) and text in f"{model.id} {model.title} {model.best_for}".lower()
    ]
    if wanted and not chosen:
        raise platform(404, "not_found", "No model matches these endpoint ids")
    page, cursor = _page(request, chosen)
    schemas = "openapi-3.0" in ",".join(request.query.getall("expand", []))
    listing: list[Json] = [_listed(model, schemas=schemas) for model in page]
    return reply({"models": listing, "next_cursor": cursor, "has_more": cursor is not None})


async def pricing(request: web.Request) -> web.Response:
    """GET /v1/models/pricing: one unit price for each endpoint whose price is known."""
    need_platform_key(request)
    wanted = _ids(request)
    if not wanted:
        raise platform(400, "validation_error", "endpoint_id is required")
    chosen = [model for model in _known(request) if model.id in wanted]
    if not chosen:
        raise platform(404, "not_found", "No model matches these endpoint ids")
    prices: list[Json] = [
        {
            "endpoint_id": model.id,
            "unit_price": _number(model.price.amount),
            "unit": _UNITS.get(model.price.unit, "units"),
            "currency": "USD",
        }
        for model in chosen
        if model.price.amount is not None
    ]
    return reply({"prices": prices, "next_cursor": None, "has_more": False})


async def price_estimate(request: web.Request) -> web.Response:
    """POST /v1/models/pricing/estimate: unit price times quantity, summed over the endpoints asked for."""
    need_platform_key(request)
    wanted = await json_object(request)
    kind, endpoints = wanted.get("estimate_type"), wanted.get("endpoints")
    field = {"unit_price": "unit_quantity", "historical_api_price": "call_quantity"}.get(str(kind))
    if field is None or not isinstance(endpoints, dict):
        raise platform(400, "validation_error", "estimate_type and endpoints are required")
    total = Decimal(0)
    for endpoint, entry in endpoints.items():
        model = request.app[SANDBOX].catalogue.model(endpoint)
        quantity = entry.get(field) if isinstance(entry, dict) else None
        if model is None or model.price.amount is None:
            raise platform(404, "not_found", f"No price for {endpoint}")
        if isinstance(quantity, bool) or not isinstance(quantity, int | float) or quantity <= 0:
            raise platform(400, "validation_error", f"{field} must be a positive number")
        total += model.price.amount * Decimal(str(quantity))
    return reply({"estimate_type": kind, "total_cost": _number(total), "currency": "USD"})


async def history(request: web.Request) -> web.Response:
    """GET /v1/models/requests/by-endpoint: what this account asked for, newest first, arguments and output with it."""
    need_platform_key(request)
    wanted = _ids(request)
    if not wanted:
        raise platform(400, "validation_error", "endpoint_id is required")
    start, end = _moment(request, "start"), _moment(request, "end")
    rows = [
        order
        for order in reversed(request.app[SANDBOX].orders.values())
        if order.endpoint in wanted
        and (start is None or order.accepted_at >= start)
        and (end is None or order.accepted_at <= end)
        and request.query.get("request_id", order.id) == order.id
        and request.query.get("status", _outcome(order)) == _outcome(order)
    ]
    page, cursor = _page(request, rows)
    items: list[Json] = [_past(order, request) for order in page]
    return reply({"items": items, "next_cursor": cursor, "has_more": cursor is not None})


async def openapi(request: web.Request) -> web.Response:
    """GET fal.ai/api/openapi/queue/openapi.json: the schema of one endpoint; no key needed."""
    model = request.app[SANDBOX].catalogue.model(request.query.get("endpoint_id", ""))
    if model is None:
        raise flat(404, "Endpoint not found")
    return reply(openapi_of(model))


def _known(request: web.Request) -> Sequence[Model]:
    return request.app[SANDBOX].catalogue.models


def _ids(request: web.Request) -> list[str]:
    ids = [name for entry in request.query.getall("endpoint_id", []) for name in entry.split(",") if name]
    if len(ids) > MOST_IDS:
        raise platform(400, "validation_error", f"At most {MOST_IDS} endpoint ids")
    return ids


def _page(request: web.Request, rows: Sequence[_Row]) -> tuple[Sequence[_Row], str | None]:
    try:
        limit, begin = int(request.query.get("limit", MOST_ROWS)), int(request.query.get("cursor", 0))
    except ValueError as error:
        raise platform(400, "validation_error", "limit and cursor must be what the last answer gave") from error
    limit = max(1, min(limit, MOST_ROWS))
    return rows[begin : begin + limit], str(begin + limit) if begin + limit < len(rows) else None


def _listed(model: Model, *, schemas: bool) -> Json:
    metadata: dict[str, Json] = {
        "display_name": model.title,
        "category": category(model),
        "description": model.best_for,
        "status": "deprecated" if model.deprecated else "active",
        "tags": [],
        "model_url": f"https://fal.run/{model.id}",
        "kind": "training" if model.kind == "train" else "inference",
        "group": {"key": model.family, "label": model.family},
        "duration_estimate": model.speed_s,
    }
    entry: dict[str, Json] = {"endpoint_id": model.id, "metadata": metadata}
    return {**entry, "openapi": openapi_of(model)} if schemas else entry


def _past(order: Order, request: web.Request) -> Json:
    row: dict[str, Json] = {
        "request_id": order.id,
        "endpoint_id": order.endpoint,
        "sent_at": _iso(order.accepted_at),
        "started_at": _iso(order.started_at),
        "json_input": whole(order.arguments, request.app[SANDBOX].files),
    }
    if order.outcome is not None:
        row["ended_at"] = _iso(order.ended_at)
        row["status_code"] = order.error.status if order.error else 200
        row["duration"] = order.outcome.seconds
        row["json_output"] = addressed(order.outcome.output, origin(request))
    return row


def _outcome(order: Order) -> str:
    if order.error is not None:
        return "user_error" if order.error.status < 500 else "error"
    return "success" if order.ended else ""


def _number(amount: Decimal | None) -> Json:
    # JSON has only one kind of number; the shortest text of the float is the decimal's own.
    return None if amount is None else float(amount)


def _iso(moment: float | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")


def _moment(request: web.Request, name: str) -> float | None:
    text = request.query.get(name)
    try:
        return None if text is None else datetime.fromisoformat(text).timestamp()
    except ValueError as error:
        raise platform(400, "validation_error", f"{name} is not an ISO 8601 time") from error
