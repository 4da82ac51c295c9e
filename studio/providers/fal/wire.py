"""Everything that is open between the studio and fal: one TLS context, one lane with the key and one without.

Importing it imports httpx and fal_client, a tenth of a second: do both `import` and `open_wire` in a thread.
"""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from studio.providers.fal.calls import Calls
from studio.providers.fal.download import Downloads
from studio.providers.fal.hosts import Route
from studio.providers.fal.patience import Patience
from studio.providers.fal.storage import Storage
from studio.providers.fal.submit import Submitter
from studio.providers.fal.transport import FalTransport, Lane, PostOnce, Secret


@dataclass(frozen=True, slots=True)
class Wire:
    """The open lanes. A job's stream takes the connection its submit has just left, its result the stream's."""

    submitter: Submitter
    calls: Calls
    downloads: Downloads
    storage: Storage
    clients: tuple[httpx.AsyncClient, ...]

    async def close(self) -> None:
        """Close every connection."""
        await self.submitter.close()
        for client in self.clients:
            await client.aclose()


def open_wire(key: str, route: Route, patience: Patience) -> Wire:
    """Make the clients; nothing is dialled yet. Takes 40 to 90 ms for the TLS context."""
    context = httpx.create_ssl_context()
    secret = Secret(key)
    timeout = httpx.Timeout(patience.answer, connect=patience.connect, pool=None)

    lane = Lane(context, local=route.local)
    with_key = FalTransport(lane, route, secret if key else None)
    without_key = FalTransport(Lane(context, local=route.local), route, None)
    asking = httpx.AsyncClient(transport=with_key, timeout=timeout, follow_redirects=False)
    files = httpx.AsyncClient(transport=without_key, timeout=timeout, follow_redirects=False)
    calls = Calls(asking, route, secret, patience)
    return Wire(
        submitter=Submitter(PostOnce(with_key, secret, timeout), route, patience),
        calls=calls,
        downloads=Downloads(files, route, patience),
        storage=Storage(calls),
        clients=(asking, files),
    )
