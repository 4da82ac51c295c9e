"""queue.fal.run and fal.run: submit, status, result, cancel, and the synchronous call."""

from __future__ import annotations

from aiohttp import web

from studio.domain import money
from studio.domain.request import Json
from studio.sandbox.answers import FalError, flat, json_object, origin, refusal, reply
from studio.sandbox.fault_effects import STRIKING_LATE
from studio.sandbox.faults import Place
from studio.sandbox.gate import need_key
from studio.sandbox.order import Order, OrderState
from studio.sandbox.results import addressed
from studio.sandbox.service import SANDBOX

HOST = "queue.fal.run"


async def submit(request: web.Request) -> web.Response:
    """POST {endpoint}: check, accept, and say where to look."""
    order = await _accepted(request)
    position = request.app[SANDBOX].queue.position(order)
    body: dict[str, Json] = {"status": "IN_QUEUE", "request_id": order.id, "queue_position": position}
    return reply({**body, **addresses(request, order)}, headers={"x-fal-request-id": order.id})


async def run(request: web.Request) -> web.Response:
    """POST fal.run/{endpoint}: the same without a queue, answered with the result; 429 when no runner is free."""
    sandbox = request.app[SANDBOX]
    if sandbox.queue.full:
        words = "Too many concurrent requests"
        raise flat(429, words, "concurrent_requests_limit", X_Fal_needs_retry="1")
    order = await _accepted(request)
    await sandbox.queue.ended(order)
    return _result(request, order)


async def status(request: web.Request) -> web.Response:
    """GET …/status: 202 while it waits or runs, 200 when it has ended; the log so far with `logs=1`."""
    order = asked_for(request)
    code = 200 if order.ended else 202
    body = status_body(request, order, order.logs if wants_logs(request) else None)
    return reply(body, code, {"x-fal-request-id": order.id})


async def result(request: web.Request) -> web.Response:
    """GET the response address: the output with what was billed in a header, or the error it ended in."""
    order = asked_for(request)
    if not order.ended:
        raise flat(400, "Request is still in progress", "bad_request")
    return _result(request, order)


async def cancel(request: web.Request) -> web.Response:
    """PUT …/cancel: 202 when it was asked for, 400 too late, 404 unknown."""
    need_key(request, _app(request))
    sandbox = request.app[SANDBOX]
    order = sandbox.order(_app(request), request.match_info["id"])
    if order is None:
        return reply({"status": "NOT_FOUND"}, 404)
    if order.ended:
        return reply({"status": "ALREADY_COMPLETED"}, 400)
    await sandbox.queue.cancel(order)
    return reply({"status": "CANCELLATION_REQUESTED"}, 202)


def asked_for(request: web.Request) -> Order:
    """The order a request's address names; raises 401, 403 or 404."""
    need_key(request, _app(request))
    order = request.app[SANDBOX].order(_app(request), request.match_info["id"])
    if order is None:
        raise flat(404, "Request not found")
    return order


def wants_logs(request: web.Request) -> bool:
    """Whether the client asked for the log."""
    return request.query.get("logs", "").lower() in ("1", "true")


def status_body(request: web.Request, order: Order, logs: list[dict[str, Json]] | None) -> dict[str, Json]:
    """The status object of an order, with these log lines."""
    lines: Json = None if logs is None else [*logs]
    state = OrderState.COMPLETED if order.ended else order.state
    body: dict[str, Json] = {"status": state.value, "request_id": order.id, **addresses(request, order)}
    match order.state:
        case OrderState.QUEUED:
            return {**body, "queue_position": request.app[SANDBOX].queue.position(order)}
        case OrderState.RUNNING:
            return {**body, "logs": lines}
        case _:
            seconds = order.outcome.seconds if order.outcome and order.error is None else None
            body = {**body, "logs": lines, "metrics": {"inference_time": seconds}}
            error = order.error
            return body if error is None else {**body, "error": error.sentence, "error_type": error.error_type}


def addresses(request: web.Request, order: Order) -> dict[str, Json]:
    """The three addresses of an order. They carry owner and application only, as fal's do."""
    base = f"{origin(request)}/{HOST}/{order.app}/requests/{order.id}"
    return {"response_url": base, "status_url": f"{base}/status", "cancel_url": f"{base}/cancel"}


def _app(request: web.Request) -> str:
    return f"{request.match_info['owner']}/{request.match_info['app']}"


async def _accepted(request: web.Request) -> Order:
    sandbox, endpoint = request.app[SANDBOX], request.match_info["endpoint"]
    try:
        need_key(request, endpoint)
        sandbox.model(endpoint)
        arguments = await json_object(request)
        struck = sandbox.faults.strike(Place.ACCEPTED, f"{endpoint}\n{arguments.get('prompt', '')}")
        order = await sandbox.accept(endpoint, arguments, struck)
    except FalError:
        sandbox.refused += 1
        raise
    STRIKING_LATE.set(struck)
    return order


def _result(request: web.Request, order: Order) -> web.Response:
    outcome = order.outcome
    if outcome is None:
        raise flat(500, "The result is gone", "internal_error")
    headers = {"x-fal-request-id": order.id, "x-fal-served-from": "sandbox"}
    if outcome.error is not None or outcome.output is None:
        answer = refusal(outcome.error or flat(500, "No output", "internal_error"))
        answer.headers.update(headers)
        return answer
    units = money.text(outcome.units)
    if units is not None:
        headers["x-fal-billable-units"] = units
    return reply(addressed(outcome.output, origin(request)), headers=headers)
