"""Leaving because of a signal: politely when there is time, and in any case."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

PATIENCE = 5.0
"""Seconds from the signal to the end of the process, however the screen is stuck.

Textual writes to a terminal that has gone away through a queue of bounded length, so a dead line can stop the event
loop for good. The journal has every job: a hard end loses nothing, where a process that stays keeps the project from
the next studio.
"""

SHELL = 128
"""A process that a signal ended exits with this and the signal's number, by the shell's convention."""


def leave_on_signals(leave: Callable[[], None], patience: float = PATIENCE) -> None:
    """Let SIGTERM and SIGHUP run `leave` on the event loop, and end the process when it has not ended in time.

    Called on the running loop, in the main thread. Python's own handlers are used, because asyncio's run on the loop
    alone and a stuck loop would never hear them.
    """
    loop = asyncio.get_running_loop()

    def heard(number: int, _: FrameType | None) -> None:
        end = threading.Timer(patience, os._exit, (SHELL + number,))
        end.daemon = True
        end.start()
        loop.call_soon_threadsafe(leave)

    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, heard)
