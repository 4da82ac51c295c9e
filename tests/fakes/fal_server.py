"""A scripted HTTP server on loopback, for what a network can do to a request."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from collections.abc import AsyncIterator, Callable
from typing import Self
from urllib.parse import parse_qsl, unquote

from tests.fakes.replies import Call, Cut, Reply

Answerer = Reply | Callable[[Call], Reply]


class FakeFalServer:
    """Answers by a script: `on("POST", "queue.fal.run/.*", first, second)`; the last answer is repeated."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._routes: list[tuple[str, re.Pattern[str], list[Answerer]]] = []
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.url = ""

    def on(self, method: str, path: str, *answers: Answerer) -> None:
        self._routes.insert(0, (method, re.compile(path), list(answers)))

    def seen(self, method: str, path: str = ".*") -> list[Call]:
        return [call for call in self.calls if call.method == method and re.fullmatch(path, call.path)]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while await self._exchange(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        path, _, query = target.partition("?")
        call = Call(method, unquote(path.lstrip("/")), dict(parse_qsl(query)), headers, b"")
        answer = self._answer(call)
        length = int(headers.get("content-length", 0))
        if not (isinstance(answer, Reply) and answer.cut is Cut.BEFORE_READING) and length:
            call = Call(call.method, call.path, call.query, headers, await reader.readexactly(length))
        self.calls.append(call)
        return await _send(answer if isinstance(answer, Reply) else answer(call), writer)

    def _answer(self, call: Call) -> Answerer:
        for method, path, answers in self._routes:
            if method == call.method and path.fullmatch(call.path):
                return answers.pop(0) if len(answers) > 1 else answers[0]
        return Reply(404, {"detail": f"nothing is scripted for {call.method} {call.path}"})


async def _send(reply: Reply, writer: asyncio.StreamWriter) -> bool:
    """Send it; False when the connection ends with it."""
    if reply.cut in {Cut.BEFORE_READING, Cut.AFTER_READING}:
        _reset(writer)
        return False
    if reply.cut is Cut.SILENCE and reply.chunks is None:
        await asyncio.Event().wait()
    body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
    headers = {"Content-Type": "application/json", **reply.headers}
    length = len(body) if reply.announced is None else reply.announced
    headers |= {"Transfer-Encoding": "chunked"} if reply.chunks is not None else {"Content-Length": str(length)}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(
        f"HTTP/1.1 {reply.status} Scripted\r\n{head}\r\n".encode() + (b"" if reply.chunks is not None else body)
    )
    if reply.chunks is not None:
        async for chunk in _each(reply.chunks):
            writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
            await writer.drain()
        if reply.cut is None:
            writer.write(b"0\r\n\r\n")
    await writer.drain()
    if reply.cut is Cut.SILENCE:
        await asyncio.Event().wait()
    if reply.cut is Cut.RESET_AFTER_BODY:
        _reset(writer)
    return reply.cut is None


async def _each(chunks: tuple[bytes, ...] | AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if isinstance(chunks, tuple):
        for chunk in chunks:
            yield chunk
    else:
        async for chunk in chunks:
            yield chunk


def _reset(writer: asyncio.StreamWriter) -> None:
    sock: socket.socket = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
