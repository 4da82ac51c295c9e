"""Answers of the terminal that come after nobody waits for them any more: they must not become key presses."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

OWED_FOR = 60.0
"""Seconds after the start in which an answer may still come; the slowest lines take a few."""

HELD = 0.15
"""Seconds for which the beginning of an answer is kept back; its parts travel together, and so long a key can wait."""

LONGEST = 4096
"""Characters an answer may have; what is longer is none."""

_ANSWER = re.compile(
    "\x1b\\[\\?[\\d;]*c"  # device attributes
    "|\x1b\\[[468];\\d+;\\d+t"  # sizes
    "|\x1b[P_\\]][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # DCS, APC, OSC up to their end
)
_BEGUN = re.compile("\x1b(?:\\[(?:\\?[\\d;]*|[468](?:;\\d*){0,2})?|[P_\\]][^\x07\x1b]*\x1b?)?$")


class LateAnswers:
    """Takes answers out of what comes in, whole or in parts. Times are seconds of `clock`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends = clock() + OWED_FOR
        self._kept = ""
        self._kept_since = 0.0

    def rest_of(self, data: str) -> str:
        """What of the input is no answer. A beginning that may become one is kept back for a moment."""
        data, self._kept = self._kept + data, ""
        if self._clock() > self._ends:
            return data
        rest = _ANSWER.sub("", data)
        begun = _BEGUN.search(rest)
        if begun is None or len(begun[0]) > LONGEST:
            return rest
        self._kept, self._kept_since = begun[0], self._clock()
        return rest[: begun.start()]

    def overdue(self) -> str:
        """What was kept back for too long and is typing after all; empty most of the time."""
        if not self._kept or self._clock() - self._kept_since < HELD:
            return ""
        kept, self._kept = self._kept, ""
        return kept
