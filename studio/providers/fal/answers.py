"""What an HTTP answer of fal means: both of its error shapes, and anything else, as errors of the domain."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.domain.errors import (
    BadInput,
    Broken,
    Cancelled,
    KeyRefused,
    NotFound,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    TimedOut,
    Unavailable,
)
from studio.domain.text import plain

_REFUSED = frozenset({"content_policy_violation", "no_media_generated"})
_CANCELLED = frozenset({"client_cancelled", "client_disconnected"})
_TIMED_OUT = frozenset({"request_timeout", "startup_timeout", "generation_timeout"})
_RATE_LIMITED = frozenset({"concurrent_requests_limit", "rate_limited"})
_UNAVAILABLE = frozenset(
    {
        "runner_scheduling_failure",
        "runner_connection_timeout",
        "runner_disconnected",
        "runner_connection_refused",
        "runner_connection_error",
        "runner_incomplete_response",
        "runner_server_error",
        "internal_error",
        "internal_server_error",
        "downstream_service_error",
        "downstream_service_unavailable",
        "server_error",
    }
)
_STATUS: dict[int, tuple[type[ProviderError], str]] = {
    401: (KeyRefused, "fal does not accept the key"),
    402: (OutOfCredit, "The account cannot pay"),
    403: (KeyRefused, "The key may not do this"),
    404: (NotFound, "fal does not know this address"),
    405: (NotFound, "fal does not know this address"),
    408: (TimedOut, "fal gave up waiting"),
    410: (NotFound, "fal no longer has this"),
    499: (Cancelled, "The request was cancelled at fal"),
    504: (TimedOut, "fal gave up waiting"),
}
TRANSIENT = (Unavailable, TimedOut, RateLimited)
"""Failures of a harmless question that may be gone when it is asked again."""

_MONEY = re.compile(r"balance|locked|budget|payment|billing|credit", re.IGNORECASE)
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, read whole, with the key cut out of it. Header names are lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """True for every 2xx."""
        return 200 <= self.status < 300

    def json(self, **options: Any) -> Any:
        """The body as JSON. Raises Broken when it is none."""
        try:
            return json.loads(self.body, **options)
        except (ValueError, RecursionError):
            raise Broken(f"fal's answer (HTTP {self.status}) is not JSON: {self.excerpt()}") from None

    def object(self, **options: Any) -> dict[str, Any]:
        """The body as a JSON object. Raises Broken when it is none."""
        value = self.json(**options)
        if not isinstance(value, dict):
            raise Broken(f"fal's answer (HTTP {self.status}) is not a JSON object: {self.excerpt()}")
        return value

    def excerpt(self) -> str:
        """The beginning of the body, harmless and on one line."""
        if b"<html" in self.body[:500].lower():
            return "an HTML page"
        return plain(self.body[:_LONGEST_REASON].decode("utf-8", "replace"), limit=_LONGEST_REASON).strip() or "nothing"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an error body says: the reason in words, fal's type for it, and the argument it is about."""

    reason: str
    type: str = ""
    field: str = ""
    model: bool = False
    """True when it has the shape in which models complain about their own work; fal's platform uses another."""

    @property
    def known(self) -> bool:
        """True when fal itself named the kind of error, so that no proxy on the way made the answer up."""
        return self.type in _REFUSED | _CANCELLED | _TIMED_OUT | _RATE_LIMITED | _UNAVAILABLE


def complaint(answer: Answer) -> Complaint:
    """Read an error body: `detail` as text or as a list, the Platform API's `error`, or any text at all."""
    header = answer.headers.get("x-fal-error-type", "")
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return Complaint(answer.excerpt(), plain(header))
    if not isinstance(body, dict):
        return Complaint(answer.excerpt(), plain(header))
    kind = body.get("error_type") or header
    match body.get("detail", body.get("error", body.get("message"))):
        case [{**first}, *_]:
            return Complaint(
                _words(first.get("msg")), _words(first.get("type") or kind), _where(first.get("loc")), True
            )
        case {"message": reason, **rest}:
            return Complaint(_words(reason), _words(rest.get("type") or kind))
        case str(reason):
            return Complaint(_words(reason), _words(kind))
        case _:
            return Complaint(answer.excerpt(), _words(kind))


def error_of(answer: Answer) -> ProviderError:
    """The domain's error for an answer that is not what was asked for."""
    told = complaint(answer)
    if (named := _by_type(told, answer)) is not None:
        return named
    return _by_status(told, answer)


def job_error(error: object, error_type: object) -> ProviderError:
    """The domain's error for a job that fal calls completed although it failed."""
    if isinstance(error, dict | list):
        told = complaint(Answer(422, json.dumps({"detail": error, "error_type": error_type}).encode()))
    else:
        told = Complaint(_words(error) if error else "fal gave no reason", _words(error_type or ""))
    named = _by_type(told, Answer(500, b""))
    return named if named is not None else BadInput(f"The request failed at fal: {told.reason}", None, told.field)


def retry_after(answer: Answer) -> float | None:
    """Seconds the server asked us to wait: `Retry-After` as a number or as a date; None when it did not say."""
    value = answer.headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isdigit():
        return float(value[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _by_type(told: Complaint, answer: Answer) -> ProviderError | None:
    if told.type in _REFUSED:
        return Refused(f"fal refused the request or its picture: {told.reason}")
    if told.type in _CANCELLED:
        return Cancelled("The request was cancelled at fal.")
    if told.type in _TIMED_OUT:
        return TimedOut(f"fal gave up waiting: {told.reason}")
    if told.type in _RATE_LIMITED:
        return RateLimited(f"fal asks for a slower pace: {told.reason}", retry_after=retry_after(answer))
    if told.type in _UNAVAILABLE:
        return Unavailable(f"fal could not do the work: {told.reason}")
    return None


def _by_status(told: Complaint, answer: Answer) -> ProviderError:
    status = answer.status
    if status == 429:
        return RateLimited(f"fal asks for a slower pace: {told.reason}", retry_after=retry_after(answer))
    if status == 403 and _MONEY.search(told.reason):
        status = 402
    if status in _STATUS:
        kind, words = _STATUS[status]
        return kind(f"{words} (HTTP {answer.status}): {told.reason}")
    if answer.ok:
        return Broken(f"fal's answer (HTTP {status}) cannot be read: {answer.excerpt()}")
    if 400 <= status < 500:
        about = f"the argument {told.field}" if told.field else "the request"
        return BadInput(f"fal does not take {about}: {told.reason}", None, told.field)
    return Unavailable(f"fal cannot answer now (HTTP {status}): {told.reason}")


def _words(value: object) -> str:
    return plain(value if value is not None else "no reason given", limit=_LONGEST_REASON).strip()


def _where(loc: object) -> str:
    """`["body", "loras", 0, "path"]` as `loras.0.path`."""
    if not isinstance(loc, list):
        return ""
    parts = [str(part) for part in loc]
    return plain(".".join(parts[1:] if parts[:1] in (["body"], ["query"]) else parts), limit=120)
