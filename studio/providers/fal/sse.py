"""Server-sent events, taken apart as bytes arrive."""

from __future__ import annotations

from studio.domain.errors import Broken

LONGEST_EVENT = 16 * 1024 * 1024
"""Bytes of one event that are kept; a status with a whole training log is far below."""


class Events:
    """Feed it bytes as they come; it gives back the `data` of every event that is complete."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        """The events completed by `chunk`. Raises Broken when one grows beyond all measure."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self._size += len(chunk)
        done: list[bytes] = []
        for line in lines:
            line = line.removesuffix(b"\r")
            if line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
            elif not line:
                if self._data:
                    done.append(b"\n".join(self._data))
                self._data = []
                self._size = len(self._rest)
        if self._size > LONGEST_EVENT:
            raise Broken("fal's status stream sent an event without end.")
        return done
