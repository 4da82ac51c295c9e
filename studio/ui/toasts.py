"""Sentences in a corner: each once while it can still be read, and none over the newest lines of the log."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from studio.ui.host import Severity

STAYS = {"information": 4.0, "warning": 8.0, "error": 10.0}
"""Seconds a sentence stays, by how grave it is."""

READ = {"information": 1.0, "warning": 2.0, "error": 5.0}
"""Seconds after which one who opens another screen has read it."""


class Notify(Protocol):
    """Textual's way of showing one."""

    def __call__(
        self, message: str, *, title: str = "", severity: Severity = "information", timeout: float, markup: bool = True
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class _Said:
    """When a sentence will have been read, and when it is gone."""

    read: float
    gone: float


class Toasts:
    """Shows sentences; one that still stands there is not shown a second time."""

    def __init__(self, notify: Notify, clear: Callable[[], None]) -> None:
        self._notify = notify
        self._clear = clear
        self._said: dict[str, _Said] = {}

    def say(self, text: str, severity: Severity = "information", title: str = "") -> None:
        """Show a sentence without reading any markup in it."""
        now = time.monotonic()
        self._said = {said: one for said, one in self._said.items() if one.gone > now}
        if text in self._said:
            return
        self._said[text] = _Said(now + READ[severity], now + STAYS[severity])
        self._notify(text, title=title, severity=severity, timeout=STAYS[severity], markup=False)

    def step_aside(self, now: float | None = None) -> None:
        """Another screen opens: when everything said had its time to be read it leaves, and covers nothing there.

        What was said a moment ago belongs to the new screen: then all stay.
        """
        at = time.monotonic() if now is None else now
        if self._said and all(one.read <= at for one in self._said.values()):
            self._said.clear()
            self._clear()
