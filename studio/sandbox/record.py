"""The sandbox's own durable record: what it accepted and how that ended, one JSON object a line.

A line has reached the disk (fsync) before the answer that depends on it leaves, so a restarted sandbox knows every
request it ever said yes to. A last line that a crash cut short was never answered for and is dropped.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

from studio.domain.errors import ProjectError
from studio.domain.request import Json
from studio.sandbox.answers import FalError
from studio.sandbox.order import Order, OrderState, Outcome

FILE_NAME = "orders.jsonl"


class Record:
    """The record in one folder, or none at all when there is no folder: then a restart forgets."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE_NAME if folder else None
        self._turn = asyncio.Lock()

    def read(self) -> list[Order]:
        """Every order of the record, oldest first, as it last stood. Raises ProjectError for a damaged file."""
        if self._path is None:
            return []
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not self._path.exists():
            return []
        raw = self._path.read_bytes()
        whole = raw[: raw.rfind(b"\n") + 1]
        if whole != raw:
            os.truncate(self._path, len(whole))
        orders: dict[str, Order] = {}
        for number, text in enumerate(whole.decode("utf-8").splitlines(), 1):
            try:
                _apply(orders, json.loads(text))
            except (ValueError, KeyError, TypeError) as error:
                raise ProjectError(f"{self._path}, line {number}: this is no line of a sandbox record") from error
        return list(orders.values())

    async def accepted(self, order: Order) -> None:
        """Write down a new order; back when it is on the disk."""
        arguments: Json = order.arguments
        await self._append(
            {
                "event": "accepted",
                "id": order.id,
                "endpoint": order.endpoint,
                "arguments": arguments,
                "seed": order.seed,
                "at": order.accepted_at,
                "doom": order.doom.record() if order.doom else None,
            }
        )

    async def ended(self, order: Order) -> None:
        """Write down how an order ended; back when it is on the disk."""
        outcome = order.outcome or Outcome(output=None)
        logs: list[Json] = list(order.logs)
        await self._append(
            {
                "event": "ended",
                "id": order.id,
                "state": order.state.value,
                "started": order.started_at,
                "at": order.ended_at,
                "output": outcome.output,
                "error": outcome.error.record() if outcome.error else None,
                "units": None if outcome.units is None else str(outcome.units),
                "seconds": outcome.seconds,
                "logs": logs,
            }
        )

    async def _append(self, entry: Mapping[str, Json]) -> None:
        if self._path is None:
            return
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        async with self._turn:
            await asyncio.to_thread(_write, self._path, line.encode("utf-8"))


def _write(path: Path, line: bytes) -> None:
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _apply(orders: dict[str, Order], entry: dict[str, Json]) -> None:
    if entry["event"] == "accepted":
        order = Order(
            id=str(entry["id"]),
            endpoint=str(entry["endpoint"]),
            arguments=cast("dict[str, Json]", entry["arguments"]),
            seed=cast(int, entry["seed"]),
            accepted_at=cast(float, entry["at"]),
        )
        order.doom = _error(entry["doom"])
        orders[order.id] = order
        return
    order = orders[str(entry["id"])]
    units = entry["units"]
    order.state = OrderState(str(entry["state"]))
    order.started_at = cast("float | None", entry["started"])
    order.ended_at = cast("float | None", entry["at"])
    order.logs = cast("list[dict[str, Json]]", entry["logs"])
    order.outcome = Outcome(
        output=cast("dict[str, Json] | None", entry["output"]),
        error=_error(entry["error"]),
        units=None if units is None else Decimal(str(units)),
        seconds=cast(float, entry["seconds"]),
    )


def _error(entry: Json) -> FalError | None:
    return FalError.from_record(entry) if isinstance(entry, dict) else None
