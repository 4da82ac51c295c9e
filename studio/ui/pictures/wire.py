"""The terminal of a running app, as the line of pictures sees it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.message import Message

from studio.ui.pictures.line import FENCE
from studio.ui.terminal_ask import cell_pixels

LAST_WAIT = 1.0
"""Seconds given to answers that are still travelling when the app ends."""


class SparingFilter(LineFilter):
    """Another filter that leaves out the segments with a certain character."""

    def __init__(self, inner: LineFilter, character: str) -> None:
        super().__init__(inner.enabled)
        self._inner = inner
        self._character = character

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """What the other filter makes of the rest."""
        if not any(self._character in segment.text for segment in segments):
            return self._inner.apply(segments, background)
        changed = (
            [segment] if self._character in segment.text else self._inner.apply([segment], background)
            for segment in segments
        )
        return [segment for part in changed for segment in part]


class AppWire:
    """Writes through Textual's driver and hears the answers before the app does."""

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self._spared = False
        self._asked = self._heard = 0

    @property
    def backlog(self) -> int:
        """Writes that Textual's writer has not come to."""
        writer = getattr(self.app._driver, "_writer_thread", None)
        return writer._queue.qsize() if writer is not None else 0

    @property
    def answers(self) -> bool:
        """There is a terminal, not a test."""
        return self.app._driver is not None and not self.app.is_headless

    @property
    def cell(self) -> tuple[int, int] | None:
        """Width and height of a cell in pixels as the system knows them now; None when it does not."""
        number = getattr(self.app._driver, "fileno", None)
        return cell_pixels(number) if isinstance(number, int) else None

    def write(self, text: str) -> None:
        """Write in order with what Textual draws."""
        if text and self.app._driver is not None:
            self._asked += text.count(FENCE)
            self.app._driver.write(text)

    def spare(self, character: str) -> None:
        """Keep the filters for NO_COLOR and the like off everything that holds this character, once and for all.
        Under a modal screen what is behind is filtered again, after its strips were taken apart.
        """
        if not self._spared:
            self._spared = True
            self.app._filters = [
                one if isinstance(one, ANSIToTruecolor) else SparingFilter(one, character) for one in self.app._filters
            ]

    def listen(self, answered: Callable[[float], None], leaving: Callable[[], str]) -> None:
        """Take the cursor positions, which Textual itself only asks for in its inline mode, out of the input: timed
        where they arrive, because on the event loop a busy moment would look like a slow line. And before the app gives
        the terminal away, at its end, in a crash or with ctrl+z, write the last words and hear the answers that are
        still travelling: the shell would take them for typing.
        """
        driver = self.app._driver
        if driver is None:
            return
        loop, handed_on, stopped = asyncio.get_running_loop(), driver.process_message, driver.stop_application_mode

        def process_message(message: Message) -> None:
            if isinstance(message, events.CursorPosition):
                self._heard += 1
                loop.call_soon_threadsafe(answered, time.monotonic())
            else:
                handed_on(message)

        def stop_application_mode() -> None:
            self.write(leaving())
            until = time.monotonic() + LAST_WAIT
            while self._heard < self._asked and time.monotonic() < until:
                time.sleep(0.005)
            self._asked = self._heard
            stopped()

        vars(driver).update(process_message=process_message, stop_application_mode=stop_application_mode)
