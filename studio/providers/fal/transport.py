"""The one way out: every byte to fal passes through here. Importing it imports httpx."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator
from typing import cast
from urllib.request import getproxies

import httpx

from studio.config.secrets import INSTEAD, forms
from studio.domain.errors import ProviderError, Unavailable, Unknown
from studio.domain.text import plain
from studio.providers.fal.answers import Answer, complaint, error_of
from studio.providers.fal.hosts import QUEUE, Route, is_address, is_fal

JOBS_PER_POOL = 4
"""Busy connections in one pool: httpx walks its whole pool for every request, so many small ones are cheaper."""

LONGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer that are read; only a result with pictures inside it comes near."""

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
"""What httpx raises before a request has left."""

NO_RUNNER = "runner_scheduling_failure"
"""The one failure of fal's own servers that says that nothing was begun (fal's table of request errors)."""


class NotSent(Unavailable):
    """The request surely did not leave; it may be tried again."""


class Secret:
    """A key that does not show itself in a repr, a log or a traceback's locals."""

    __slots__ = ("_forms", "_value")

    def __init__(self, value: str) -> None:
        self._value = value
        self._forms = sorted((form.encode() for form in forms(value)), key=len, reverse=True)

    def __repr__(self) -> str:
        return "Secret(…)"

    def header(self) -> str:
        """The `Authorization` value fal takes."""
        return f"Key {self._value}"

    def cut_from(self, data: bytes) -> bytes:
        """`data` without the key, should a server repeat it, however it wrote it."""
        if self._value:
            for form in self._forms:
                data = data.replace(form, INSTEAD.encode())
        return data


class _Counted(httpx.AsyncByteStream):
    """A body that tells its pool when it is done with."""

    def __init__(self, body: httpx.AsyncByteStream, pool: _Pool) -> None:
        self._body, self._pool = body, pool
        pool.busy += 1

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._body:
            yield chunk

    async def aclose(self) -> None:
        pool, self._pool = self._pool, _Pool(None)
        pool.busy -= 1
        await self._body.aclose()


class _Pool:
    __slots__ = ("busy", "way")

    def __init__(self, way: httpx.AsyncHTTPTransport | httpx.AsyncClient | None) -> None:
        self.way, self.busy = way, 0

    async def send(self, request: httpx.Request) -> httpx.Response:
        match self.way:
            case httpx.AsyncHTTPTransport() as transport:
                return await transport.handle_async_request(request)
            case httpx.AsyncClient() as client:
                return await client.send(request, stream=True)
            case _:
                raise RuntimeError("this pool is closed")


class Lane(httpx.AsyncBaseTransport):
    """Connections, as many as are needed, in pools of a few: nothing ever waits for a connection.

    Environment proxies are honoured unless `local` says that everything stays on this machine.
    """

    def __init__(self, context: ssl.SSLContext, *, local: bool) -> None:
        self._context, self._local = context, local
        self._pools: list[_Pool] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it through the first pool that has room."""
        pool = next((pool for pool in self._pools if pool.busy < JOBS_PER_POOL), None) or self._another()
        pool.busy += 1
        try:
            response = await pool.send(request)
        finally:
            pool.busy -= 1
        response.stream = _Counted(cast("httpx.AsyncByteStream", response.stream), pool)
        return response

    async def aclose(self) -> None:
        """Close every connection."""
        pools, self._pools = self._pools, []
        for pool in pools:
            if pool.way is not None:
                await pool.way.aclose()

    def _another(self) -> _Pool:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=JOBS_PER_POOL)
        # Only a client knows which proxy is for which host; without proxies it costs time for nothing.
        if self._local or not getproxies():
            pool = _Pool(httpx.AsyncHTTPTransport(verify=self._context, limits=limits, trust_env=False))
        else:
            try:
                pool = _Pool(httpx.AsyncClient(verify=self._context, limits=limits))
            except (ImportError, ValueError, httpx.InvalidURL) as error:
                raise NotSent(f"The proxy of the environment cannot be used ({reason(error)}).") from None
        self._pools.append(pool)
        return pool


class FalTransport(httpx.AsyncBaseTransport):
    """Sends a request where the route says, with the key when its destination may have it and never otherwise.

    Without a `secret` no request carries an Authorization header, whatever the caller put in.
    """

    def __init__(self, lane: Lane, route: Route, secret: Secret | None) -> None:
        self._lane, self._route, self._secret = lane, route, secret

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Dial `request`."""
        url = httpx.URL(self._route.dialled(str(request.url)))
        headers = request.headers.copy()
        headers["Host"] = url.netloc.decode("ascii")
        if self._secret is None or not self._route.may_carry_key(str(url)):
            headers.pop("Authorization", None)
        elif "Authorization" not in headers:
            headers["Authorization"] = self._secret.header()
        dialled = httpx.Request(
            request.method, url, headers=headers, stream=request.stream, extensions=dict(request.extensions)
        )
        return await self._lane.handle_async_request(dialled)

    async def aclose(self) -> None:
        """Close the lane."""
        await self._lane.aclose()


class PostOnce(httpx.AsyncBaseTransport):
    """What fal_client submits through. A POST leaves once; everything but a readable acceptance becomes an error of
    the domain here, below fal_client's retry loop, which catches httpx's errors and error answers and nothing else.
    """

    def __init__(self, way: httpx.AsyncBaseTransport, secret: Secret, timeout: httpx.Timeout) -> None:
        self._way, self._secret, self._timeout = way, secret, timeout

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """POST it. Raises NotSent, Unknown, or what fal's clear refusal means."""
        if not is_fal(request.url.host):
            raise Unavailable(
                f"fal_client would send this to {plain(request.url.host)}, which is not fal; nothing was sent.",
                "Unset FAL_RUN_HOST and FAL_QUEUE_RUN_HOST; STUDIO_FAL_URL is how the studio reaches another server.",
            )
        # fal_client knows one number for connecting, sending and waiting alike.
        request.extensions["timeout"] = self._timeout.as_dict()
        try:
            response = await self._way.handle_async_request(request)
            answer = await read(response, self._secret)
        except NotSent:
            raise
        except NOT_SENT as error:
            raise NotSent(f"fal cannot be reached ({reason(error)}); the request did not leave.") from None
        except ProviderError as error:
            raise Unknown(f"The request left, but its answer cannot be read: {error.happened}") from None
        except Exception as error:
            # Whatever went wrong, the request may have arrived: no failure may look like one that is safe to repeat.
            raise Unknown(f"The request left and no answer came back ({reason(error)}).") from None
        if not answer.ok:
            raise _refusal(answer)
        return httpx.Response(200, json=_accepted(answer, request.url.path), request=request)

    async def aclose(self) -> None:
        """Close the way beneath."""
        await self._way.aclose()


async def read(response: httpx.Response, secret: Secret | None, limit: int = LONGEST_ANSWER) -> Answer:
    """The whole answer, closed afterwards. Raises Unavailable when it is larger than `limit` bytes."""
    body = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > limit:
                raise Unavailable(f"fal's answer is larger than {limit // 1_000_000} MB.")
    finally:
        await response.aclose()
    data = secret.cut_from(bytes(body)) if secret is not None else bytes(body)
    return Answer(response.status_code, data, dict(response.headers))


def reason(error: BaseException) -> str:
    """What a foreign exception says, harmless, on one line."""
    words = plain(error, limit=200).strip()
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _refusal(answer: Answer) -> ProviderError:
    """What an error answer to a submit means for the money."""
    if 400 <= answer.status < 500 and answer.status not in {408, 409, 499}:
        return error_of(answer)
    if complaint(answer).type == NO_RUNNER:
        return error_of(answer)
    return Unknown(f"The request left and fal answered with HTTP {answer.status}: {complaint(answer).reason}")


def _accepted(answer: Answer, path: str) -> dict[str, str]:
    """The handle in an acceptance. Raises Unknown when there is none to be read."""
    try:
        body = json.loads(answer.body)
        request_id = body["request_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unknown(f"fal took the request, but its answer cannot be read: {answer.excerpt()}") from None
    if not isinstance(request_id, str) or not request_id.strip() or plain(request_id, limit=200) != request_id:
        raise Unknown(f"fal took the request, but named no usable request id: {answer.excerpt()}")
    # The addresses of the answer are the contract; this is how fal_client makes them when it has only the id.
    parts = path.strip("/").split("/")
    app = "/".join(parts[: 3 if parts[0] in {"workflows", "comfy"} else 2])
    ours = f"{QUEUE}/{app}/requests/{request_id}"
    made = {"response_url": ours, "status_url": f"{ours}/status", "cancel_url": f"{ours}/cancel"}
    given = {name: body[name] for name in made if is_address(body.get(name))}
    return {"request_id": request_id, **made, **given}
