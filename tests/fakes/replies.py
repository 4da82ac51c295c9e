"""What came in at a scripted server, and what it answers, good or bad."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Cut(Enum):
    """How a connection ends, when not in peace."""

    BEFORE_READING = "reset before the body of the request is read"
    AFTER_READING = "reset after the request was taken"
    AFTER_BODY = "closed when the body given so far has left, whatever was announced"
    RESET_AFTER_BODY = "reset when the body given so far has left"
    SILENCE = "nothing more is ever said"


@dataclass(frozen=True, slots=True)
class Call:
    """One request that came in. `path` begins with the original host: `queue.fal.run/fal-ai/…`."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered. A body that is no bytes is sent as JSON; a list of `chunks` is sent one by one."""

    status: int = 200
    body: Any = b""
    headers: dict[str, str] = field(default_factory=dict)
    chunks: tuple[bytes, ...] | AsyncIterator[bytes] | None = None
    announced: int | None = None
    cut: Cut | None = None


def events(*statuses: Any, cut: Cut | None = None) -> Reply:
    """A status stream that sends these, each as one event."""
    chunks = tuple(b"data: " + json.dumps(status).encode() + b"\n\n" for status in statuses)
    return Reply(headers={"Content-Type": "text/event-stream"}, chunks=chunks, cut=cut)
