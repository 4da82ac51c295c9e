"""A sandbox on loopback that works as fast as it can, and one whose work waits to be let go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from studio.sandbox.faults import read_faults
from studio.sandbox.queue import Tempo
from studio.sandbox.server import running
from tests.sandbox.caller import Caller

Start = Callable[..., Awaitable[Caller]]


class HeldPace:
    """Lets work go on only after `release`."""

    def __init__(self) -> None:
        self._open = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Wait for the release."""
        await self._open.wait()

    def release(self) -> None:
        """Let all work run to its end."""
        self._open.set()


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts sandboxes that are closed when the test ends; `faults` is the text of a faults file."""
    async with AsyncExitStack() as stack:

        async def started(faults: str = "", **options: Any) -> Caller:
            script = tmp_path / "faults.toml"
            script.write_text(faults, encoding="utf-8")
            options = {"pace": Tempo(0), "faults": read_faults(script), **options}
            url = await stack.enter_async_context(running(**options))
            session = await stack.enter_async_context(aiohttp.ClientSession())
            return Caller(url, session)

        yield started


@pytest.fixture
async def caller(start: Start) -> Caller:
    """A client of a sandbox without faults or state."""
    return await start()
