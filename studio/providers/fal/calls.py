"""Questions to fal and their answers, with every foreign failure made into one of the domain's."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx

from studio.domain.errors import Broken, ProviderError, RateLimited, TimedOut, Unavailable
from studio.providers.fal.answers import TRANSIENT, Answer, error_of
from studio.providers.fal.follow import NotServed
from studio.providers.fal.hosts import Route
from studio.providers.fal.patience import Backoff, Patience
from studio.providers.fal.sse import Events
from studio.providers.fal.transport import Secret, read, reason


class Calls:
    """Everything but the submit: questions that may be asked as often as one likes."""

    def __init__(self, client: httpx.AsyncClient, route: Route, secret: Secret, patience: Patience) -> None:
        self._client, self._secret = client, secret
        self.route = route
        self.patience = patience

    async def ask(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        content: bytes | None = None,
    ) -> Answer:
        """One exchange, whatever its status. Raises Unavailable or TimedOut when there was no answer."""
        with_query = httpx.URL(url).copy_merge_params(params) if params else url
        async with self._no_answer():
            request = self._client.build_request(method, with_query, headers=headers, json=json, content=content)
            response = await self._client.send(request, stream=True)
            return await read(response, self._secret)

    async def settle(self, method: str, url: str, **how: Any) -> Answer:
        """An exchange that is repeated a few times while its failure may pass. Gives a 2xx, raises anything else."""
        backoff = Backoff()
        for left in reversed(range(self.patience.asks)):
            try:
                answer = await self.ask(method, url, **how)
                if answer.ok:
                    return answer
                raise error_of(answer)
            except TRANSIENT as error:
                asked = error.retry_after if isinstance(error, RateLimited) else None
                if not left or (asked or 0) > self.patience.retry_after:
                    raise
                await self.patience.sleep(asked or backoff.next())
        raise AssertionError("unreachable: the last try returns or raises")

    async def events(self, url: str) -> AsyncGenerator[bytes, None]:
        """The data of every event of a stream, until the server closes it.

        Raises NotServed when there is no stream at that address, Unavailable or TimedOut when it breaks.
        """
        patience = self.patience
        timeout = httpx.Timeout(patience.connect, read=patience.stream, write=patience.answer, pool=None)
        async with self._no_answer():
            request = self._client.build_request("GET", url, headers={"Accept": "text/event-stream"}, timeout=timeout)
            response = await self._client.send(request, stream=True)
            try:
                kind = response.headers.get("content-type", "")
                if response.status_code != 200 or not kind.startswith("text/event-stream"):
                    raise NotServed(await read(response, self._secret))
                events = Events()
                async for chunk in response.aiter_bytes():
                    for data in events.feed(chunk):
                        yield self._secret.cut_from(data)
            finally:
                await response.aclose()

    @asynccontextmanager
    async def _no_answer(self) -> AsyncIterator[None]:
        try:
            yield
        except (ProviderError, NotServed):
            raise
        except httpx.ConnectTimeout as error:
            raise Unavailable(f"fal cannot be reached ({reason(error)}).") from None
        except httpx.TimeoutException as error:
            raise TimedOut(f"fal did not answer in time ({reason(error)}).") from None
        except httpx.InvalidURL as error:
            raise Broken(f"fal gave an address that is none ({reason(error)}).") from None
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            raise Unavailable(f"The connection to fal failed ({reason(error)}).") from None
