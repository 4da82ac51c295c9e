"""Everything that is open between the studio and fal: one TLS context, one lane for each kind of traffic.

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
    """The open lanes. Streams, submits and downloads never wait for each other's connections."""

    submitter: Submitter
    following: Calls
    """Streams, statuses and results: a result takes the connection its stream has just left."""
    asking: Calls
    """Cancels, prices, history, uploads."""
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

    def client(with_key: Secret | None) -> httpx.AsyncClient:
        transport = FalTransport(Lane(context, local=route.local), route, with_key)
        return httpx.AsyncClient(transport=transport, timeout=timeout, follow_redirects=False)

    following, questions, files = client(secret), client(secret), client(None)
    asking = Calls(questions, route, secret, patience)
    submits = PostOnce(FalTransport(Lane(context, local=route.local), route, secret), secret, timeout)
    return Wire(
        submitter=Submitter(submits, route, patience),
        following=Calls(following, route, secret, patience),
        asking=asking,
        downloads=Downloads(files, route),
        storage=Storage(asking),
        clients=(following, questions, files),
    )
