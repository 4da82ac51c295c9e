"""Which lines of a job's log are new, whatever way the server repeats the old ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum

from studio.domain.text import plain
from studio.engine.ports import LogLine

Key = tuple[str, str, str]
"""Message, level and timestamp of a line, as the server sent them."""


class _Way(Enum):
    WHOLE = "every event repeats the log so far"
    NEW = "every event has only new lines"


def keys(logs: object) -> list[Key] | None:
    """The lines of a status; None when it carries no list of them. Anything that is no line is left out."""
    if not isinstance(logs, list):
        return None
    return [
        (_text(entry.get("message")), _text(entry.get("level")), _text(entry.get("timestamp")))
        for entry in logs
        if isinstance(entry, dict)
    ]


class LogTail:
    """Gives each line of one job's log once, over any number of streams and polls.

    A poll carries the whole log. A stream may repeat the whole log with every event or send new lines only; which of
    the two is judged from what it sends. As long as that is open (two equal events without timestamps), the lines in
    doubt are held back, and given out when the server turns out to send new lines only.
    """

    def __init__(self) -> None:
        self._given: Counter[Key] = Counter()
        self._count = 0
        self._last: list[Key] = []
        self._held: list[Key] = []
        self._way: _Way | None = None

    def connected(self) -> None:
        """A new stream begins: its first event may tell everything once more, and its way is judged anew."""
        self._last, self._held, self._way = [], [], None

    def polled(self, logs: object) -> tuple[LogLine, ...]:
        """The new lines of a polled status."""
        batch = keys(logs)
        return () if batch is None else self._give(self._unseen(batch))

    def streamed(self, logs: object) -> tuple[LogLine, ...]:
        """The new lines of a streamed status."""
        batch = keys(logs)
        if batch is None:
            return ()
        if not self._last:
            self._last = batch
            return self._give(self._unseen(batch))
        if self._way is None:
            self._judge(batch)
        new = batch if self._way is _Way.NEW else self._since_last(batch)
        if self._way is _Way.NEW:
            new, self._held = self._held + new, []
        if batch:
            self._last = batch
        return self._give(new)

    def _judge(self, batch: list[Key]) -> None:
        if batch == self._last:
            if not all(stamp for _, _, stamp in batch):
                self._held += batch
            return
        repeats = not (Counter(self._last) - Counter(batch))
        window = any(key[2] and key in self._given for key in batch)
        self._way = _Way.WHOLE if repeats or window else _Way.NEW
        if self._way is _Way.WHOLE:
            self._held = []

    def _since_last(self, batch: list[Key]) -> list[Key]:
        known = len(self._last)
        # Comparing two lists costs far less than counting them, and a log that only grows needs no more.
        plainly_longer = known == self._count and batch[:known] == self._last
        return batch[known:] if plainly_longer else self._unseen(batch)

    def _unseen(self, batch: list[Key]) -> list[Key]:
        new: list[Key] = []
        seen: Counter[Key] = Counter()
        for key in batch:
            seen[key] += 1
            if seen[key] > self._given[key]:
                new.append(key)
        return new

    def _give(self, new: Sequence[Key]) -> tuple[LogLine, ...]:
        self._given.update(new)
        self._count += len(new)
        return tuple(LogLine(plain(message), plain(level, limit=20), plain(at, limit=64)) for message, level, at in new)


def _text(value: object) -> str:
    return "" if value is None else str(value)
