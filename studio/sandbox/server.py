"""The sandbox as a running server, alone or in the hands of the studio."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from studio.config.catalogue import load_catalogue
from studio.domain.errors import UsageError
from studio.sandbox.app import make_app
from studio.sandbox.faults import Faults, read_faults
from studio.sandbox.own_models import with_own_models
from studio.sandbox.queue import Pace, Tempo
from studio.sandbox.service import Sandbox

CONCURRENCY = 2
"""Requests worked on at once: what a new fal account has (facts, section 1.8)."""


@asynccontextmanager
async def running(
    port: int = 0,
    host: str = "127.0.0.1",
    *,
    faults: Faults | None = None,
    state: Path | None = None,
    concurrency: int = CONCURRENCY,
    pace: Pace | None = None,
) -> AsyncIterator[str]:
    """A sandbox that serves while the block runs; gives its address, such as `http://127.0.0.1:8799`.

    Port 0 takes any free one. Raises UsageError when the port is taken.
    """
    catalogue = await asyncio.to_thread(lambda: with_own_models(load_catalogue()))
    sandbox = Sandbox(catalogue, faults or Faults(), state, pace or Tempo(1.0), concurrency)
    runner = web.AppRunner(make_app(sandbox), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            words = f"The sandbox cannot listen on {host}:{port}: {error.strerror or error}."
            raise UsageError(words, "Choose another --port.") from error
        bound = runner.addresses[0][1]
        yield f"http://{host}:{bound}"
    finally:
        await runner.cleanup()


async def serve(
    port: int,
    host: str = "127.0.0.1",
    faults: Path | None = None,
    state: Path | None = None,
    ready: Callable[[str], None] | None = None,
    concurrency: int = CONCURRENCY,
    pace: float = 1.0,
    follow_parent: bool = False,
) -> None:
    """Serve until SIGINT or SIGTERM, or with `follow_parent` until standard input ends.

    `ready` is called with the address once the port is open. Raises ProjectError for a faults file that is none,
    UsageError for a port that is taken.
    """
    script = read_faults(faults)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    if follow_parent:
        _when_input_ends(loop, stop)
    async with running(port, host, faults=script, state=state, concurrency=concurrency, pace=Tempo(pace)) as address:
        if ready is not None:
            ready(address)
        await stop.wait()


def run(
    port: int,
    host: str = "127.0.0.1",
    faults: Path | None = None,
    state: Path | None = None,
    ready: Callable[[str], None] | None = None,
    concurrency: int = CONCURRENCY,
    pace: float = 1.0,
    follow_parent: bool = False,
) -> None:
    """`serve`, for callers without an event loop. Blocks until the sandbox is stopped."""
    asyncio.run(serve(port, host, faults, state, ready, concurrency, pace, follow_parent))


def _when_input_ends(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    def read() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        with contextlib.suppress(RuntimeError):  # the loop may be closed already
            loop.call_soon_threadsafe(stop.set)

    # A daemon thread, so that a read that never returns cannot keep the process alive.
    threading.Thread(target=read, name="follow-parent", daemon=True).start()
