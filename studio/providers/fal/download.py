"""Fetching result files to disk, without the key. Importing it imports httpx."""

from __future__ import annotations

import asyncio
import base64
import binascii
import errno
import glob
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

import httpx

from studio.domain.errors import Broken, NotFound, ProjectError, ProviderError, TimedOut, Unavailable
from studio.domain.text import plain
from studio.engine.ports import Download
from studio.providers.fal.answers import Answer, error_of
from studio.providers.fal.content_type import ENOUGH, content_type
from studio.providers.fal.hosts import Route, is_loopback
from studio.providers.fal.patience import Patience
from studio.providers.fal.transport import reason

MOST_REDIRECTS = 5
_WRITE_AT = 1024 * 1024
"""Bytes gathered before a thread is asked to write them."""


class Downloads:
    """Streams files to disk. The client it is given must not know the key."""

    def __init__(self, client: httpx.AsyncClient, route: Route, patience: Patience) -> None:
        self._client, self._route, self._patience = client, route, patience

    async def fetch(self, url: str, to: Path, limit: int) -> Download:
        """Write the file at `url` to `to`, which is complete afterwards or was never there.

        Raises Broken when it is larger than `limit` bytes, shorter than announced or empty, NotFound when it is gone,
        Unavailable or TimedOut when the network fails or is too slow for its size, ProjectError when the disk does.
        """
        partial: Path | None = None
        try:
            await asyncio.to_thread(_clear, to)
            handle, name = await asyncio.to_thread(tempfile.mkstemp, ".part", f".{to.name}.", to.parent)
            partial = Path(name)
            with os.fdopen(handle, "wb") as file:
                size, head = await self._write(url, file, limit)
            await asyncio.to_thread(partial.replace, to)
            partial = None
        except OSError as error:
            why = f"The file cannot be written to {to.parent} ({error.strerror or type(error).__name__})."
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            happened = f"The disk is full: the file has no room in {to.parent}." if full else why
            raise ProjectError(happened, "Make room or mend the folder; studio rescue fetches it again.") from None
        finally:
            if partial is not None:
                partial.unlink(missing_ok=True)
        return Download(to, size, content_type(head))

    async def _write(self, url: str, file: BinaryIO, limit: int) -> tuple[int, bytes]:
        size, head, waiting = 0, b"", bytearray()
        async for chunk in _inline(url) if url.startswith("data:") else self._chunks(url):
            size += len(chunk)
            if size > limit:
                raise Broken(f"The file is larger than {limit / 1_000_000:.3g} MB; it was not kept.", lasting=True)
            head = head + chunk[: ENOUGH - len(head)] if len(head) < ENOUGH else head
            waiting += chunk
            if len(waiting) >= _WRITE_AT:
                await asyncio.to_thread(file.write, bytes(waiting))
                waiting.clear()
        if not size:
            raise Broken("The file at fal is empty.")
        await asyncio.to_thread(file.write, bytes(waiting))
        await asyncio.to_thread(file.flush)
        return size, head

    async def _chunks(self, url: str) -> AsyncIterator[bytes]:
        async with _told(), self._opened(url) as response:
            announced = response.headers.get("content-length", "")
            begun = time.monotonic()
            async for chunk in response.aiter_bytes(65_536):
                self._check_pace(response.num_bytes_downloaded, time.monotonic() - begun)
                yield chunk
            if announced.isdigit() and response.num_bytes_downloaded != int(announced):
                raise Broken(f"The file ended after {response.num_bytes_downloaded} of {announced} bytes.")

    @asynccontextmanager
    async def _opened(self, url: str) -> AsyncIterator[httpx.Response]:
        """The answer that has the file, after at most MOST_REDIRECTS."""
        for _ in range(MOST_REDIRECTS + 1):
            self._check(url)
            # Compressed, a body could be neither measured against its announced length nor trusted to stay small.
            request = self._client.build_request("GET", url, headers={"Accept-Encoding": "identity"})
            response = await self._client.send(request, stream=True)
            try:
                if response.is_success:
                    yield response
                    return
                if not response.has_redirect_location:
                    raise _gone(response)
                url = str(httpx.URL(url).join(response.headers["location"]))
            finally:
                await response.aclose()
        raise Broken(f"The file's address leads on more than {MOST_REDIRECTS} times.")

    def _check_pace(self, received: int, seconds: float) -> None:
        """No file takes for ever: beyond the grace, what has come must be worth the time it took."""
        if seconds > self._patience.file + received / self._patience.slowest:
            raise TimedOut(
                f"The download is too slow: {received / 1000:.3g} kB in {seconds:.0f} s.", "It is tried again."
            )

    def _check(self, url: str) -> None:
        scheme = httpx.URL(url).scheme
        local = self._route.local and is_loopback(url)
        if scheme != "https" and not (scheme == "http" and (local or self._route.under_base(url))):
            raise Broken(f"The file's address is not safe to follow: {plain(url, limit=120)}", lasting=True)


def _clear(to: Path) -> None:
    """Take away what downloads of the same file left when their process was killed."""
    for stale in to.parent.glob(f".{glob.escape(to.name)}.*.part"):
        stale.unlink(missing_ok=True)


def _gone(response: httpx.Response) -> ProviderError:
    if response.status_code in {404, 410}:
        return NotFound("fal no longer has this file.", "Run the pose again with the same seed.")
    if response.status_code in {401, 403}:
        return Unavailable(f"fal does not hand out this file (HTTP {response.status_code}).")
    return error_of(Answer(response.status_code, b"", dict(response.headers)))


@asynccontextmanager
async def _told() -> AsyncIterator[None]:
    """Foreign failures of a download as the domain's."""
    try:
        yield
    except httpx.InvalidURL as error:
        raise Broken(f"The file's address is none ({reason(error)}).", lasting=True) from None
    except httpx.TimeoutException as error:
        raise TimedOut(f"The download stood still ({reason(error)}).", "It is tried again.") from None
    except httpx.RemoteProtocolError as error:
        raise Broken(f"The file ended too early ({reason(error)}).") from None
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise Unavailable(f"The download failed ({reason(error)}).", "It is tried again.") from None


async def _inline(url: str) -> AsyncIterator[bytes]:
    """The content of a data URI, which fal gives when it was asked for `sync_mode`."""
    head, comma, body = url.partition(",")
    if not comma or not head.endswith(";base64"):
        raise Broken("fal's inline file cannot be read.", lasting=True)
    try:
        yield await asyncio.to_thread(base64.b64decode, body, None, True)
    except (binascii.Error, ValueError):
        raise Broken("fal's inline file cannot be read.", lasting=True) from None
