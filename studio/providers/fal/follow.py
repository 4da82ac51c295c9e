"""Statuses of a queued job: what fal says about it, and the two ways of hearing it."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from studio.domain.errors import Broken, Cancelled, ProviderError
from studio.domain.request import Json
from studio.providers.fal.answers import Answer, job_error
from studio.providers.fal.hosts import Route
from studio.providers.fal.patience import Patience


class NotServed(Exception):
    """There is no event stream at this address; polling has to do. `answer` is what came instead."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"HTTP {answer.status}")
        self.answer = answer


class Asking(Protocol):
    """What following a job needs of the network; `calls.Calls` is it."""

    route: Route
    patience: Patience

    async def ask(self, method: str, url: str) -> Answer:
        """One exchange, whatever its status; raises Unavailable or TimedOut when there was no answer."""
        ...

    def events(self, url: str) -> AsyncGenerator[bytes, None]:
        """The data of every event of a stream; raises NotServed, Unavailable or TimedOut."""
        ...


class Stage(StrEnum):
    """Where fal says a job stands."""

    QUEUED = "IN_QUEUE"
    RUNNING = "IN_PROGRESS"
    DONE = "COMPLETED"


@dataclass(frozen=True, slots=True)
class Status:
    """One status of a job. Everything but the stage may be missing in fal's answer."""

    stage: Stage
    position: int | None = None
    logs: object = None
    seconds: float | None = None
    error: ProviderError | None = None
    """Why a completed job has no result: completed does not mean success."""


def parse_status(data: bytes) -> Status:
    """A status from JSON. Raises Broken when it is none we know."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Broken(f"fal's status cannot be read: {Answer(200, data).excerpt()}")
    match body.get("status"):
        case "IN_QUEUE":
            return Status(Stage.QUEUED, _position(body.get("queue_position")), body.get("logs"))
        case "IN_PROGRESS":
            return Status(Stage.RUNNING, None, body.get("logs"))
        case "COMPLETED":
            failed = body.get("error") or body.get("error_type")
            error = job_error(body.get("error"), body.get("error_type")) if failed else None
            return Status(Stage.DONE, None, body.get("logs"), _seconds(body.get("metrics")), error)
        case "CANCELLED" | "CANCELED":
            return Status(Stage.DONE, logs=body.get("logs"), error=Cancelled("The request was cancelled at fal."))
        case "FAILED" | "ERROR":
            failure = job_error(body.get("error") or body.get("detail"), body.get("error_type"))
            return Status(Stage.DONE, logs=body.get("logs"), error=failure)
        case _:
            raise Broken(f"fal's status cannot be read: {Answer(200, data).excerpt()}")


def with_logs(status_url: str, *, stream: bool) -> str:
    """The address of a job's status, or of its status stream, asking for log lines."""
    path, mark, query = status_url.partition("?")
    end = "/stream" if stream else ""
    return f"{path.rstrip('/')}{end}?{query + '&' if mark and query else ''}logs=1"


def _position(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _seconds(metrics: Json) -> float | None:
    value = metrics.get("inference_time") if isinstance(metrics, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
