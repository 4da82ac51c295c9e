"""fal as the engine's Provider. Importing it is cheap: fal_client and httpx are loaded in a thread on first use."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.errors import KeyRefused, MissingKey, Unavailable
from studio.domain.job import Handle
from studio.domain.request import Request
from studio.domain.text import plain
from studio.engine.ports import CancelAnswer, Completed, Download, Listing, PastRequest, Progress
from studio.providers.fal.cancel import cancel
from studio.providers.fal.hosts import Route
from studio.providers.fal.listing import schemas, search
from studio.providers.fal.patience import Patience
from studio.providers.fal.platform import prices, recent
from studio.providers.fal.result import fetch_result
from studio.providers.fal.run_iterator import run_iterator

if TYPE_CHECKING:
    from studio.providers.fal.wire import Wire

SANDBOX_KEY = "sandbox-has-no-key:nothing-is-charged-here"
"""What the sandbox is shown; an artist's own key never reaches it."""


class FalProvider:
    """The one implementation of `engine.ports.Provider`: fal itself, or whatever speaks like it at `base_url`.

    `key` is used and nothing else: neither the environment nor a logged-in fal command line is looked at. Without a
    key every method that needs one raises MissingKey. Raises ValueError when `base_url` is no address, or when the
    sandbox has none.
    """

    def __init__(
        self,
        *,
        key: str | None = None,
        base_url: str | None = None,
        sandbox: bool = False,
        patience: Patience | None = None,
    ) -> None:
        if sandbox and base_url is None:
            raise ValueError("the sandbox needs the address it is served at")
        self._key = SANDBOX_KEY if sandbox else (key or "").strip()
        self._route = Route(base_url)
        self._sandbox = sandbox
        self._patience = patience or Patience()
        self._opening = asyncio.Lock()
        self._wire: Wire | None = None

    def __repr__(self) -> str:
        return f"FalProvider(base_url={self._route.base!r}, sandbox={self._sandbox})"

    @property
    def sandbox(self) -> bool:
        """True when nothing is charged."""
        return self._sandbox

    async def submit(self, request: Request) -> Handle:
        """POST the request once. Raises Unknown when it left and no readable answer came."""
        return await (await self._open()).submitter.submit(request)

    async def watch(self, handle: Handle) -> AsyncGenerator[Progress, None]:
        """Follow a job until it is completed, see `run_iterator`."""
        async with aclosing(run_iterator((await self._open()).calls, handle)) as steps:
            async for step in steps:
                yield step

    async def collect(self, handle: Handle) -> Completed:
        """The result of a job that is already completed."""
        return await fetch_result((await self._open()).calls, handle, patient=False)

    async def cancel(self, handle: Handle) -> CancelAnswer:
        """Ask fal to cancel a job."""
        return await cancel((await self._open()).calls, handle)

    async def download(self, url: str, to: Path, limit: int) -> Download:
        """Fetch a file, at most `limit` bytes, without the key. `to` is complete or absent afterwards."""
        return await (await self._open(with_key=False)).downloads.fetch(url, to, limit)

    async def recent(self, endpoint: str, since: float) -> Sequence[PastRequest]:
        """The account's requests of one endpoint since a moment (seconds since the epoch), newest first."""
        return await recent((await self._open()).calls, endpoint, since)

    async def prices(self, endpoints: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
        """Unit price in USD and unit, by endpoint, of those fal prices."""
        return await prices((await self._open()).calls, endpoints)

    async def schemas(self, endpoints: Sequence[str]) -> dict[str, Listing]:
        """What fal lists of these endpoints, each with its schema; those it does not know are left out. No key."""
        return await schemas((await self._open(with_key=bool(self._key))).calls, endpoints)

    async def search(self, words: str) -> Sequence[Listing]:
        """The endpoints fal finds for some words, without schemas, best first. No key."""
        return await search((await self._open(with_key=bool(self._key))).calls, words)

    async def upload(
        self, path: Path, content_type: str, lifetime: int | None = None, sent: Callable[[int], None] | None = None
    ) -> str:
        """Store a file at fal for `lifetime` seconds and give its public URL."""
        return await (await self._open()).storage.upload(path, content_type, lifetime, sent)

    async def close(self) -> None:
        """Let go of every connection. Using the provider again opens new ones."""
        async with self._opening:
            wire, self._wire = self._wire, None
            if wire is not None:
                await wire.close()

    async def _open(self, *, with_key: bool = True) -> Wire:
        if with_key:
            self._check_key()
        async with self._opening:
            if self._wire is None:
                self._wire = await asyncio.to_thread(self._load)
            return self._wire

    def _load(self) -> Wire:
        try:
            wire: Wire = importlib.import_module("studio.providers.fal.wire").open_wire(
                self._key, self._route, self._patience
            )
        except (ImportError, OSError) as error:
            happened = f"The connection to fal cannot be set up: {plain(error, limit=200)}."
            raise Unavailable(happened, "Check SSL_CERT_FILE, or install pose-studio again.") from error
        return wire

    def _check_key(self) -> None:
        if not self._key:
            raise MissingKey("No fal key is set.")
        if not (self._key.isascii() and self._key.isprintable()) or " " in self._key:
            raise KeyRefused("The fal key has characters in it that no key has.")
