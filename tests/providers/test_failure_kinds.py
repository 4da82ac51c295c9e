"""Every kind of failure comes out of both of fal's error shapes and of answers that are no JSON at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from studio.domain import errors
from studio.domain.errors import ProviderError
from studio.providers.fal.answers import Answer, error_of, job_error

HTML = b"<html><head><title>fal</title></head><body>\x1b[2Jsorry</body></html>"
SHAPES = ("flat", "list", "text", "page")

BY_TYPE: dict[str, type[ProviderError]] = {
    "content_policy_violation": errors.Refused,
    "no_media_generated": errors.Refused,
    "request_timeout": errors.TimedOut,
    "startup_timeout": errors.TimedOut,
    "generation_timeout": errors.TimedOut,
    "concurrent_requests_limit": errors.RateLimited,
    "client_cancelled": errors.Cancelled,
    "client_disconnected": errors.Cancelled,
    "runner_scheduling_failure": errors.Unavailable,
    "runner_disconnected": errors.Unavailable,
    "runner_server_error": errors.Unavailable,
    "downstream_service_error": errors.Unavailable,
    "internal_error": errors.Unavailable,
}
"""fal's own names of errors, in a body or in the header X-Fal-Error-Type."""

BY_STATUS: list[tuple[int, str, type[ProviderError]]] = [
    (401, "Authentication is required", errors.KeyRefused),
    (402, "Payment required", errors.OutOfCredit),
    (403, "User is locked. Reason: Exhausted balance.", errors.OutOfCredit),
    (403, "User budget is exceeded", errors.OutOfCredit),
    (403, "Not allowed for this application", errors.KeyRefused),
    (404, "Application not found", errors.NotFound),
    (405, "Method not allowed", errors.NotFound),
    (408, "Request timed out", errors.TimedOut),
    (410, "Gone", errors.NotFound),
    (400, "Bad request", errors.BadInput),
    (422, "Unprocessable", errors.BadInput),
    (413, "Too large", errors.BadInput),
    (429, "Slow down", errors.RateLimited),
    (499, "Client closed request", errors.Cancelled),
    (500, "Internal server error", errors.Unavailable),
    (502, "Bad gateway", errors.Unavailable),
    (503, "Service unavailable", errors.Unavailable),
    (504, "Gateway timeout", errors.TimedOut),
    (200, "All is well", errors.Broken),
]
"""Statuses with the reason fal gives for them, where nothing names the kind."""

BEFORE_AN_ANSWER = {errors.MissingKey, errors.Unknown}
"""Kinds that no answer has: there is no key to ask with, or no answer at all. `test_submit` brings them about."""


def answer(status: int, reason: str, shape: str, kind: str = "") -> Answer:
    """An answer in one of fal's shapes, or one of something between us and fal."""
    named = {"error_type": kind} if kind else {}
    entry = {"loc": ["body", "prompt"], "msg": reason, **({"type": kind} if kind else {})}
    bodies: dict[str, bytes] = {
        "flat": json.dumps({"detail": reason, **named}).encode(),
        "list": json.dumps({"detail": [entry]}).encode(),
        "text": reason.encode(),
        "page": HTML,
    }
    headers = {"x-fal-error-type": kind} if kind and shape in {"text", "page"} else {}
    return Answer(status, bodies[shape], headers)


def harmless(error: ProviderError) -> bool:
    """Whole sentences without anything that acts on a terminal."""
    return bool(error.happened.strip() and "\x1b" not in error.happened and (error.remedy or error.kind == "cancelled"))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", BY_TYPE)
def test_what_fal_names_is_told_by_that_name_in_every_shape(kind: str, shape: str) -> None:
    error = error_of(answer(422, "it happened", shape, kind))
    assert type(error) is BY_TYPE[kind]
    assert harmless(error)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("status", "reason", "kind"), BY_STATUS)
def test_without_a_name_the_status_and_the_reason_decide(
    status: int, reason: str, kind: type[ProviderError], shape: str
) -> None:
    # A page says nothing about money, so that a locked account behind one looks like a refused key.
    expected = errors.KeyRefused if shape == "page" and status == 403 else kind
    error = error_of(answer(status, reason, shape))
    assert type(error) is expected
    assert harmless(error)
    assert shape == "page" or reason in error.happened or status in {200, 499}


@pytest.mark.parametrize("kind", BY_TYPE)
def test_a_completed_job_with_an_error_is_a_failure_of_that_kind_in_both_shapes(kind: str) -> None:
    listed: Any = [{"loc": ["body", "prompt"], "msg": "it happened", "type": kind}]
    for error in (job_error("it happened", kind), job_error(listed, None), job_error(None, kind)):
        assert type(error) is BY_TYPE[kind]
        assert harmless(error)


@pytest.mark.parametrize("shape", ["flat", "list"])
def test_only_the_list_names_the_argument(shape: str) -> None:
    error = error_of(answer(422, "too long", shape))
    assert isinstance(error, errors.BadInput)
    assert error.field == ("prompt" if shape == "list" else "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"detail": []}',
        b'{"detail": null}',
        b'{"detail": [null]}',
        b'"no"',
        b"\xff\xfe\x00",
    ],
)
@pytest.mark.parametrize("status", [401, 422, 429, 500, 503])
def test_an_empty_or_odd_answer_still_has_a_kind_and_a_sentence(status: int, body: bytes) -> None:
    assert harmless(error_of(Answer(status, body)))


def test_no_kind_of_the_design_was_forgotten() -> None:
    met = {*BY_TYPE.values(), *(kind for _, _, kind in BY_STATUS), *BEFORE_AN_ANSWER}
    assert met == set(below(ProviderError))


def below(of: type[ProviderError]) -> Iterator[type[ProviderError]]:
    """Every kind of the domain under one."""
    for kind in of.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield kind
            yield from below(kind)
