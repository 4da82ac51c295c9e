"""Ctrl+C, SIGTERM and SIGHUP while jobs run: one clean way out instead of a torn-off process."""

from __future__ import annotations

import asyncio
import signal
from types import TracebackType

from studio.cli.exit_codes import Exit

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopSignals:
    """While the block runs, the first of the signals sets `stopped`; a second Ctrl+C ends the program at once."""

    def __init__(self) -> None:
        self.stopped = asyncio.Event()
        self._came: signal.Signals | None = None
        self._watched: list[signal.Signals] = []

    def __enter__(self) -> StopSignals:
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            try:
                loop.add_signal_handler(number, self._on, number)
            except (NotImplementedError, RuntimeError, ValueError):
                continue  # not in the main thread: whoever runs us there watches the signals
            self._watched.append(number)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._forget()

    @property
    def exit(self) -> int:
        """The exit code of the signal that came: 130 for Ctrl+C, 128 and its number for the others."""
        return 128 + self._came if self._came is not None else int(Exit.INTERRUPTED)

    def _on(self, number: signal.Signals) -> None:
        self._came = number
        self._forget()
        self.stopped.set()

    def _forget(self) -> None:
        for number in self._watched:
            asyncio.get_running_loop().remove_signal_handler(number)
        self._watched.clear()
