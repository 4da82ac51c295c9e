"""The status event stream: every change of an order as one `data:` line, until it has ended."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from aiohttp import web

from studio.sandbox.fault_effects import GARBAGE, STRIKING, broken, without_fields
from studio.sandbox.faults import Action, Fault
from studio.sandbox.order import Order
from studio.sandbox.queue_routes import asked_for, status_body, wants_logs

KEEP_ALIVE = 15.0
"""Seconds of silence after which a comment line is sent (facts, section 1.3)."""


class _Broken(Exception):
    """A fault has ended the stream; nothing more may be written."""


async def stream(request: web.Request) -> web.StreamResponse:
    """GET …/status/stream: server-sent events, each log line once; ends after COMPLETED."""
    order = asked_for(request)
    faults = STRIKING.get()
    response = web.StreamResponse(headers={"Cache-Control": "no-cache", "x-fal-request-id": order.id})
    response.content_type = "text/event-stream"
    try:
        await response.prepare(request)
        await _follow(request, response, order, faults)
        await response.write_eof()
    except _Broken:
        pass
    except ConnectionError:
        pass  # The client left; the order does not mind.
    return response


async def _follow(request: web.Request, response: web.StreamResponse, order: Order, faults: Sequence[Fault]) -> None:
    sent, events, last = 0, 0, b""
    cumulative = any(fault.do is Action.CUMULATIVE for fault in faults)
    while True:
        change = order.change()
        fresh = order.logs if cumulative else order.logs[sent:]
        sent, ended = len(order.logs), order.ended
        body = status_body(request, order, list(fresh) if wants_logs(request) else None)
        data = json.dumps(body, ensure_ascii=False).encode("utf-8")
        if data != last or ended:
            await _write(request, response, data, events, faults)
            last, events = data, events + 1
        if ended:
            return
        while True:
            try:
                await asyncio.wait_for(change.wait(), KEEP_ALIVE)
                break
            except TimeoutError:
                await response.write(b": keep-alive\n\n")


async def _write(
    request: web.Request, response: web.StreamResponse, data: bytes, events: int, faults: Sequence[Fault]
) -> None:
    for fault in faults:
        if fault.do is Action.SLOW:
            await asyncio.sleep(fault.lasting(0.5))
        if events < fault.events:
            continue
        match fault.do:
            case Action.NULL_FIELDS | Action.MISSING_FIELDS:
                data = without_fields(fault, data)
            case Action.GARBAGE:
                await response.write(GARBAGE)
            case Action.CORRUPT:
                data = data[: len(data) // 2] + b"\xff\xfe}{" + data[len(data) // 2 :]
            case Action.TRUNCATE:
                await response.write(b"data: " + data[: len(data) // 2])
                await response.write_eof()
                raise _Broken
            case Action.CLOSE:
                await response.write_eof()
                raise _Broken
            case Action.RESET:
                broken(request)
                raise _Broken
            case _:
                continue
    await response.write(b"data: " + data + b"\n\n")
