"""Sentences in a corner: each once while it can still be read, and none over the newest lines of the log."""

from __future__ import annotations

import time
from typing import Protocol

from studio.ui.host import Severity

STAYS = {"information": 4.0, "warning": 8.0, "error": 10.0}
"""Seconds a sentence stays, by how grave it is."""


class Notify(Protocol):
    """Textual's way of showing one."""

    def __call__(
        self, message: str, *, title: str = "", severity: Severity = "information", timeout: float, markup: bool = True
    ) -> None: ...


class Toasts:
    """Shows sentences; one that still stands there is not shown a second time."""

    def __init__(self, notify: Notify) -> None:
        self._notify = notify
        self._gone_at: dict[str, float] = {}

    def say(self, text: str, severity: Severity = "information", title: str = "") -> None:
        """Show a sentence without reading any markup in it."""
        now = time.monotonic()
        self._gone_at = {said: end for said, end in self._gone_at.items() if end > now}
        if text in self._gone_at:
            return
        self._gone_at[text] = now + STAYS[severity]
        self._notify(text, title=title, severity=severity, timeout=STAYS[severity], markup=False)
