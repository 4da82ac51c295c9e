"""fal's answers as values: the two shapes of its errors, JSON responses, and addresses as its hosts give them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from aiohttp import web

from studio.domain.request import Json

ERROR_PAGES = "https://docs.fal.ai/errors#"
"""Where fal's list errors point to, one anchor for each type (facts, section 1.6)."""

RETRYABLE = frozenset({"internal_server_error", "generation_timeout", "downstream_service_unavailable"})


@dataclass(frozen=True, slots=True)
class Violation:
    """One entry of a list error: where, what kind, in which words, with what limits."""

    loc: tuple[str | int, ...]
    type: str
    msg: str
    ctx: Mapping[str, Json] = field(default_factory=dict)
    input: Json = None

    def body(self) -> dict[str, Json]:
        """The entry as fal writes it. Long inputs, such as pictures in the text, are left out."""
        entry: dict[str, Json] = {"loc": list(self.loc), "msg": self.msg, "type": self.type}
        entry["url"] = ERROR_PAGES + self.type
        if self.ctx:
            entry["ctx"] = dict(self.ctx)
        if len(json.dumps(self.input)) <= 500:
            entry["input"] = self.input
        return entry


class FalError(Exception):
    """An answer that is an error: HTTP status, JSON body and headers, ready to be sent or kept."""

    def __init__(self, status: int, body: Json, headers: Mapping[str, str], error_type: str) -> None:
        super().__init__(error_type)
        self.status = status
        self.body = body
        self.headers = dict(headers)
        self.error_type = error_type

    @property
    def sentence(self) -> str:
        """The error in words: the flat detail, or the first message of the list."""
        detail = self.body.get("detail") if isinstance(self.body, dict) else self.body
        if isinstance(detail, list) and detail and isinstance(detail[0], dict):
            return str(detail[0].get("msg"))
        return str(detail)

    def record(self) -> dict[str, Json]:
        """The error as JSON, for the state file."""
        headers: dict[str, Json] = dict(self.headers)
        return {"status": self.status, "body": self.body, "headers": headers, "error_type": self.error_type}

    @classmethod
    def from_record(cls, record: Mapping[str, Json]) -> FalError:
        """The error that `record` was made from."""
        headers = cast("dict[str, str]", record["headers"])
        return cls(cast(int, record["status"]), record["body"], headers, str(record["error_type"]))


def flat(status: int, detail: str, error_type: str = "", **headers: str) -> FalError:
    """A platform error: `{"detail": text, "error_type": …}` and the same type in `X-Fal-Error-Type`."""
    body: dict[str, Json] = {"detail": detail}
    out = {name.replace("_", "-"): value for name, value in headers.items()}
    if error_type:
        body["error_type"] = error_type
        out["X-Fal-Error-Type"] = error_type
    return FalError(status, body, out, error_type)


def listed(status: int, *violations: Violation) -> FalError:
    """A model error: `{"detail": [{loc, msg, type, url, ctx, input}]}` with `X-Fal-Retryable`."""
    detail: list[Json] = [violation.body() for violation in violations]
    kind = violations[0].type
    retryable = "true" if kind in RETRYABLE else "false"
    return FalError(status, {"detail": detail}, {"X-Fal-Retryable": retryable}, kind)


def platform(status: int, kind: str, message: str) -> FalError:
    """An error of api.fal.ai: `{"error": {type, message}}`."""
    return FalError(status, {"error": {"type": kind, "message": message}}, {}, kind)


def reply(body: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """A JSON response."""
    return web.Response(
        text=json.dumps(body, ensure_ascii=False), status=status, headers=headers, content_type="application/json"
    )


def refusal(error: FalError) -> web.Response:
    """The response that says an error."""
    return reply(error.body, error.status, error.headers)


def origin(request: web.Request) -> str:
    """The address the client reached us by, to begin every address in our answers with."""
    return f"{request.scheme}://{request.host}"


async def json_object(request: web.Request) -> dict[str, Json]:
    """The request's body as a JSON object; raises fal's own 422 or 400 where it is none."""
    raw = await request.read()
    try:
        value = json.loads(raw or b"{}")
    except ValueError as error:
        raise listed(422, Violation(("body",), "json_invalid", "JSON decode error", {"error": str(error)})) from error
    if not isinstance(value, dict):
        kind = "model_attributes_type"
        raise listed(422, Violation(("body",), kind, "Input should be a valid dictionary", input=value))
    return value
