"""The history behind a log view: bounded, filtered. Knows no screen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

HISTORY = 5_000
"""Lines that are kept; the journal has the rest."""


class Level(StrEnum):
    """How a line wants to be seen."""

    INFO = "info"
    QUIET = "quiet"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log. Pose and message may be foreign text: they are made harmless when they are drawn."""

    at: str
    """Clock time as it is shown."""
    pose: str
    message: str
    level: Level = Level.INFO


class LogLines:
    """The newest lines, and those of them that match the filter. Every word of the filter must occur somewhere in
    pose, message or level; case is forgiven.
    """

    def __init__(self, history: int = HISTORY) -> None:
        self._history = history
        self._all: deque[LogEntry] = deque()
        self._shown: deque[LogEntry] = deque()
        self._words: tuple[str, ...] = ()
        self.widest_pose = 0
        self.widest_message = 0

    @property
    def shown(self) -> deque[LogEntry]:
        """The lines that match, oldest first. Not to be changed."""
        return self._shown

    @property
    def filter_text(self) -> str:
        """The filter in use, empty when everything is shown."""
        return " ".join(self._words)

    def __len__(self) -> int:
        return len(self._all)

    def add(self, entries: Iterable[LogEntry]) -> tuple[int, int]:
        """Take lines in; returns how many shown lines came, and how many old shown ones had to go."""
        came = gone = 0
        for entry in entries:
            self._all.append(entry)
            self.widest_pose = max(self.widest_pose, len(entry.pose))
            self.widest_message = max(self.widest_message, len(entry.message))
            if self._matches(entry):
                self._shown.append(entry)
                came += 1
        while len(self._all) > self._history:
            oldest = self._all.popleft()
            if self._shown and self._shown[0] is oldest:
                self._shown.popleft()
                gone += 1
        return came, gone

    def use_filter(self, text: str) -> None:
        """Show only what matches the text; an empty text shows everything."""
        self._words = tuple(text.casefold().split())
        self._shown = deque(entry for entry in self._all if self._matches(entry))

    def clear(self) -> None:
        """Forget every line; the filter stays."""
        self._all.clear()
        self._shown.clear()
        self.widest_pose = self.widest_message = 0

    def _matches(self, entry: LogEntry) -> bool:
        if not self._words:
            return True
        text = f"{entry.pose} {entry.message} {entry.level}".casefold()
        return all(word in text for word in self._words)
