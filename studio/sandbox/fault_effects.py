"""What a fault does to an answer on its way out: instead of it, or to its bytes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import Sequence
from contextvars import ContextVar

from aiohttp import web

from studio.domain.request import Json
from studio.sandbox.answers import FalError, Violation, flat, listed, refusal
from studio.sandbox.faults import Action, Fault, Place

STRIKING: ContextVar[Sequence[Fault]] = ContextVar("striking", default=())
"""The faults that strike the request being handled, set before its handler begins."""

STRIKING_LATE: ContextVar[Sequence[Fault]] = ContextVar("striking late", default=())
"""Those of the place `accepted`, known only once a submit has been accepted."""

GARBAGE = b"<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>\n"

DROPS = 20
"""Pieces a slow answer is sent in."""

_FLAT: dict[int, tuple[str, str]] = {
    400: ("Bad request", "bad_request"),
    429: ("Too many concurrent requests", "concurrent_requests_limit"),
    499: ("Client disconnected", "client_disconnected"),
    500: ("Internal server error", "internal_error"),
    502: ("Runner sent an incomplete response", "runner_incomplete_response"),
    503: ("No runner could be scheduled", "runner_scheduling_failure"),
    504: ("Request timed out", "request_timeout"),
}
"""fal's flat errors by status (facts, section 1.6)."""


def policy_refusal() -> FalError:
    """fal's answer when the content policy says no."""
    words = "The content could not be processed because it was flagged by a content checker."
    return listed(422, Violation(("body", "prompt"), "content_policy_violation", words))


def doom(faults: Sequence[Fault]) -> FalError | None:
    """The error that a fault at `accepted` lets the order end in, if one does."""
    for fault in faults:
        match fault.do:
            case Action.REFUSE:
                return policy_refusal()
            case Action.FAIL:
                return _failure(fault)
            case _:
                continue
    return None


async def instead(faults: Sequence[Fault], request: web.Request) -> web.StreamResponse | None:
    """Wait where a fault says so, and give the answer that takes the place of the real one, if there is one."""
    for fault in faults:
        match fault.do:
            case Action.LATENCY:
                await asyncio.sleep(fault.lasting(1.0))
            case Action.STATUS:
                return _status(fault)
            case Action.REFUSE if fault.at is not Place.ACCEPTED:
                return refusal(policy_refusal())
            case Action.FAIL if fault.at is not Place.ACCEPTED:
                return refusal(_failure(fault))
            case Action.TIMEOUT:
                await asyncio.sleep(fault.lasting(60.0))
                return broken(request)
            case Action.RESET if fault.bytes is None:
                return broken(request)
            case _:
                continue
    return None


async def spoiled(faults: Sequence[Fault], request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """The answer after the faults have been at its bytes. A stream that has been sent already stays as it is."""
    for fault in faults:
        if not isinstance(response, web.Response) or not isinstance(response.body, bytes):
            return response
        body = response.body
        match fault.do:
            case Action.NULL_FIELDS | Action.MISSING_FIELDS:
                response = _like(response, without_fields(fault, body))
            case Action.TRUNCATE:
                response = _like(response, body[: len(body) // 2 if fault.bytes is None else fault.bytes])
            case Action.CORRUPT:
                response = _like(response, corrupted(fault, body))
            case Action.GARBAGE:
                response = _like(response, GARBAGE)
            case Action.SLOW:
                return await _dripped(fault, request, response, body)
            case Action.RESET if fault.bytes is not None:
                return await _cut(fault.bytes, request, response, body)
            case _:
                continue
    return response


def corrupted(fault: Fault, body: bytes) -> bytes:
    """The body with 64 bytes turned over, from the fault's `bytes` on or in the middle."""
    begin = len(body) // 2 if fault.bytes is None else fault.bytes
    return body[:begin] + bytes(byte ^ 0xA5 for byte in body[begin : begin + 64]) + body[begin + 64 :]


def without_fields(fault: Fault, body: bytes) -> bytes:
    """The JSON body with the fault's fields null or gone, in each of its items when it is a listing."""
    value = json.loads(body)
    listing = value.get("items") if isinstance(value, dict) else None
    for entry in listing if isinstance(listing, list) else [value]:
        for name in fault.fields:
            if isinstance(entry, dict) and name in entry:
                if fault.do is Action.NULL_FIELDS:
                    entry[name] = None
                else:
                    del entry[name]
    return json.dumps(value).encode("utf-8")


def broken(request: web.Request) -> web.StreamResponse:
    """Break the client's connection the hard way; what comes back reaches nobody."""
    transport = request.transport
    if transport is not None:
        wire = transport.get_extra_info("socket")
        if wire is not None:
            # A linger time of zero makes the kernel send RST where an ordinary close sends FIN.
            with contextlib.suppress(OSError):
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


def _failure(fault: Fault) -> FalError:
    kind = fault.error_type or "runner_server_error"
    return flat(fault.code, "The runner failed while it worked on the request", kind)


def _status(fault: Fault) -> web.Response:
    if fault.body is None:
        detail, kind = _FLAT.get(fault.code, (f"Error {fault.code}", fault.error_type))
        answer = refusal(flat(fault.code, detail, fault.error_type or kind))
        answer.headers.update(fault.headers)
        return answer
    if isinstance(fault.body, str):
        kind = "text/html" if fault.body.lstrip().startswith("<") else "text/plain"
        return web.Response(text=fault.body, status=fault.code, headers=fault.headers, content_type=kind)
    body: Json = fault.body
    text = json.dumps(body)
    return web.Response(text=text, status=fault.code, headers=fault.headers, content_type="application/json")


def _like(response: web.Response, body: bytes) -> web.Response:
    headers = {name: value for name, value in response.headers.items() if name.lower() != "content-length"}
    return web.Response(body=body, status=response.status, headers=headers)


async def _dripped(fault: Fault, request: web.Request, response: web.Response, body: bytes) -> web.StreamResponse:
    out = web.StreamResponse(status=response.status, headers=response.headers)
    out.content_length = len(body)
    await out.prepare(request)
    piece = max(1, -(-len(body) // DROPS))
    for begin in range(0, len(body), piece):
        await out.write(body[begin : begin + piece])
        await asyncio.sleep(fault.lasting(2.0) / DROPS)
    await out.write_eof()
    return out


async def _cut(length: int, request: web.Request, response: web.Response, body: bytes) -> web.StreamResponse:
    out = web.StreamResponse(status=response.status, headers=response.headers)
    out.content_length = len(body)
    await out.prepare(request)
    await out.write(body[:length])
    # What was written must reach the client before the connection breaks under it.
    await asyncio.sleep(0)
    broken(request)
    return out
