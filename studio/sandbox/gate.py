"""Who may come in. Any `Authorization: Key …` opens, except two keys that let people see what a bad day looks like:

`Key wrong` is answered with 401 like a mistyped key, `Key broke` with 403 like an account whose balance is exhausted.
A missing header is 401 too, as at fal.
"""

from __future__ import annotations

from aiohttp import web

from studio.sandbox.answers import FalError, flat, platform

WRONG, BROKE = "wrong", "broke"

LOCKED = "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."
"""fal's words for an empty account (facts, section 1.6)."""


def need_key(request: web.Request, app: str) -> None:
    """Raise fal's 401 or 403 unless the request carries a key that is good."""
    key = _key(request)
    if key is None or key == WRONG:
        words = "Authentication is required to access this application."
        raise flat(401, f"Cannot access application '{app}'. {words}")
    if key == BROKE:
        raise flat(403, LOCKED)


def need_platform_key(request: web.Request) -> None:
    """The same for api.fal.ai, which words its errors in its own way and answers a locked account."""
    if _key(request) in (None, WRONG):
        raise _unauthorised()


def _unauthorised() -> FalError:
    return platform(401, "authorization_error", "Invalid or missing API key")


def _key(request: web.Request) -> str | None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme == "Key" and key.strip() else None
