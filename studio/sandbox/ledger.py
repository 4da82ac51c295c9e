"""The sandbox's own account: everything it accepted, how it ended, what it would have billed, who fetched it.

`GET <base>/_sandbox/ledger` answers it as JSON; the campaign compares a studio's books with it.
"""

from __future__ import annotations

from aiohttp import web

from studio.domain import money
from studio.domain.request import Json
from studio.sandbox.answers import reply
from studio.sandbox.order import Order
from studio.sandbox.service import SANDBOX, Sandbox


async def ledger(request: web.Request) -> web.Response:
    """GET /_sandbox/ledger: counts, and one row for each accepted request in the order they came."""
    sandbox = request.app[SANDBOX]
    rows = [_row(sandbox, order) for order in sandbox.orders.values()]
    billed = [order for order in sandbox.orders.values() if _billed(order)]
    requests: list[Json] = [*rows]
    tally: list[Json] = [*sandbox.faults.tally()]
    return reply(
        {
            "accepted": len(rows),
            "refused": sandbox.refused,
            "billed": len(billed),
            "downloads": sum(order.downloads for order in sandbox.orders.values()),
            "keys_at_file_host": sum(order.keys_shown for order in sandbox.orders.values()),
            "requests": requests,
            "faults": tally,
        }
    )


def _billed(order: Order) -> bool:
    return order.outcome is not None and order.outcome.output is not None


def _row(sandbox: Sandbox, order: Order) -> dict[str, Json]:
    model = sandbox.catalogue.model(order.endpoint)
    units = order.outcome.units if order.outcome else None
    return {
        "request_id": order.id,
        "endpoint": order.endpoint,
        "arguments": order.arguments,
        "seed": order.seed,
        "state": order.state.value,
        "accepted_at": order.accepted_at,
        "started_at": order.started_at,
        "ended_at": order.ended_at,
        "error_type": order.error.error_type if order.error else None,
        "cancel_asked": order.cancel_asked,
        "dropped": order.dropped,
        "billed": _billed(order),
        "units": money.text(units),
        "unit_price": money.text(model.price.amount) if model else None,
        "downloads": order.downloads,
    }
