"""Submitting through fal_client, each request once. Importing it imports fal_client."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import fal_client
import httpx

from studio.domain.errors import ProviderError, RateLimited, Unavailable, Unknown
from studio.domain.job import Handle
from studio.domain.request import Request
from studio.providers.fal.hosts import Route
from studio.providers.fal.patience import Backoff, Patience
from studio.providers.fal.transport import NotSent, PostOnce, reason

CACHE = "_client"
"""Where fal_client 1.0 keeps the httpx client of an AsyncClient: a private part, hence the upper bound on it."""


class _Ready:
    """An awaitable that has its value already, as often as it is awaited."""

    def __init__(self, value: httpx.AsyncClient) -> None:
        self._value = value

    def __await__(self) -> Generator[Any, None, httpx.AsyncClient]:
        yield from ()
        return self._value


class Submitter:
    """fal_client's own submit, over our transport."""

    def __init__(self, way: PostOnce, route: Route, patience: Patience) -> None:
        self._route, self._patience = route, patience
        self._http = httpx.AsyncClient(transport=way)
        # The key travels with our transport alone: fal_client never needs one, and so never looks for one either.
        self.client = fal_client.AsyncClient(key="", default_timeout=patience.answer)
        self.client.__dict__[CACHE] = _Ready(self._http)

    async def submit(self, request: Request) -> Handle:
        """POST `request` once. What surely did not leave, and a clear 429, are tried again a few times.

        Raises Unknown when it left and no readable answer came; Unavailable, RateLimited or what the refusal means
        when it was surely not accepted.
        """
        backoff = Backoff(first=0.5, longest=8.0, growth=2.0)
        for left in reversed(range(self._patience.sends)):
            try:
                return await self._once(request)
            except (NotSent, RateLimited) as error:
                asked = error.retry_after if isinstance(error, RateLimited) else None
                if not left or (asked or 0.0) > self._patience.retry_after:
                    raise
                await self._patience.sleep(max(asked or 0.0, backoff.next()))
        raise AssertionError("unreachable: the last try returns or raises")

    async def _once(self, request: Request) -> Handle:
        if await self.client._client is not self._http:
            raise Unavailable("This fal_client does not submit through the studio's transport; nothing was sent.")
        try:
            handle = await self.client.submit(request.endpoint, request.arguments)
        except ProviderError:
            raise
        except Exception as error:
            raise Unknown(f"The request left and no answer came back ({reason(error)}).") from None
        at = self._route.canonical
        return Handle(handle.request_id, at(handle.status_url), at(handle.response_url), at(handle.cancel_url))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
