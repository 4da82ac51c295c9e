"""fal's file storage: give it a file, get a public address."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from studio.domain.errors import Broken, ProjectError
from studio.domain.text import slug
from studio.providers.fal.answers import Answer
from studio.providers.fal.calls import Calls
from studio.providers.fal.hosts import FILES, REST, is_address

ONE_PIECE = 100 * 1024 * 1024
PART = 10 * 1024 * 1024
"""Bytes; both are fal_client's own limits (client.py, MULTIPART_*)."""

_EARLY = 30.0
"""Seconds before its end at which a token is taken for spent."""


@dataclass(frozen=True, slots=True)
class _Token:
    authorization: str
    base: str
    until: float

    def __repr__(self) -> str:
        return "_Token(…)"


class Storage:
    """Uploads, with the short-lived token fal asks for. Files there are public for anyone who has the address."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._token: _Token | None = None

    async def upload(
        self, path: Path, content_type: str, lifetime: int | None = None, sent: Callable[[int], None] | None = None
    ) -> str:
        """Store a file for `lifetime` seconds (as long as the account says when None) and give its address.

        `sent` hears after every part how many bytes have left. Raises ProjectError when it cannot be read.
        """
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise ProjectError(f"{path} cannot be read ({error.strerror}).", "Choose another file.") from None
        token = await self._fresh()
        headers = {
            "Authorization": token.authorization,
            "Content-Type": content_type,
            "X-Fal-File-Name": slug(path.stem).encode("ascii", "ignore").decode() + path.suffix.lower(),
            **_lifecycle(lifetime),
        }
        if len(data) > ONE_PIECE:
            return await self._in_parts(data, token, headers, sent or (lambda size: None))
        answer = await self._calls.settle("POST", f"{FILES}/files/upload", headers=headers, content=data)
        return self._calls.route.canonical(_address(answer, "access_url"))

    async def _in_parts(self, data: bytes, token: _Token, headers: dict[str, str], sent: Callable[[int], None]) -> str:
        begun = await self._calls.settle("POST", f"{token.base}/files/upload/multipart", headers=headers)
        address = _address(begun, "access_url")
        upload = f"{address}/multipart/{_field(begun, 'uploadId')}"
        headers = {"Authorization": token.authorization, "Content-Type": headers["Content-Type"]}
        parts: list[dict[str, Any]] = []
        for number, start in enumerate(range(0, len(data), PART), 1):
            piece = data[start : start + PART]
            answer = await self._calls.settle("PUT", f"{upload}/{number}", headers=headers, content=piece)
            parts.append({"partNumber": number, "etag": answer.headers.get("etag", "")})
            sent(start + len(piece))
        headers = {"Authorization": token.authorization}
        await self._calls.settle("POST", f"{upload}/complete", headers=headers, json={"parts": parts})
        return self._calls.route.canonical(address)

    async def _fresh(self) -> _Token:
        if self._token is None or self._token.until - _EARLY < time.time():
            url = f"{REST}/storage/auth/token?storage_type=fal-cdn-v3"
            answer = await self._calls.settle("POST", url, json={})
            authorization = f"{_field(answer, 'token_type')} {_field(answer, 'token')}"
            base = self._calls.route.canonical(_address(answer, "base_url")).rstrip("/")
            self._token = _Token(authorization, base, _until(answer))
        return self._token


def _lifecycle(lifetime: int | None) -> dict[str, str]:
    if lifetime is None:
        return {}
    wish = json.dumps({"expiration_duration_seconds": lifetime})
    # fal_client sends both names (client.py, _object_lifecycle_headers).
    return {"X-Fal-Object-Lifecycle": wish, "X-Fal-Object-Lifecycle-Preference": wish}


def _field(answer: Answer, name: str) -> str:
    value = answer.object().get(name)
    if not isinstance(value, str) or not value:
        raise Broken(f"fal's storage gave no {name}.")
    return value


def _address(answer: Answer, name: str) -> str:
    value = _field(answer, name)
    if not is_address(value):
        raise Broken(f"fal's storage gave a {name} that is no address.")
    return value


def _until(answer: Answer) -> float:
    try:
        moment = datetime.fromisoformat(_field(answer, "expires_at"))
    except ValueError:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
