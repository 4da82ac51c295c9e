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
    """A sentence that stands there, and between which moments."""

    text: str
    severity: Severity
    title: str
    since: float
    until: float


class Toasts:
    """Shows sentences; one that still stands there is not shown a second time."""

    def __init__(self, notify: Notify, clear: Callable[[], None]) -> None:
        self._notify = notify
        self._clear = clear
        self._said: dict[str, _Said] = {}

    def say(self, text: str, severity: Severity = "information", title: str = "") -> None:
        """Show a sentence without reading any markup in it."""
        now = time.monotonic()
        self._said = {said: one for said, one in self._said.items() if one.until > now}
        if text in self._said:
            return
        self._said[text] = one = _Said(text, severity, title, now, now + STAYS[severity])
        self._show(one, STAYS[severity])

    def step_aside(self, now: float | None = None) -> None:
        """Another screen opens: what had its time to be read leaves, so that it covers nothing there.

        What was said a moment ago belongs to the new screen and stays.
        """
        at = time.monotonic() if now is None else now
        stay = {said: one for said, one in self._said.items() if at < min(one.until, one.since + READ[one.severity])}
        if len(stay) == len(self._said):
            return
        self._said = stay
        self._clear()
        for one in stay.values():
            self._show(one, one.until - at)

    def _show(self, one: _Said, seconds: float) -> None:
        self._notify(one.text, title=one.title, severity=one.severity, timeout=seconds, markup=False)
