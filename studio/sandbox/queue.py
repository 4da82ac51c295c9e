"""The queue: orders wait their turn, a few are worked on at once, each says its log lines and ends."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from studio.sandbox.answers import FalError, flat
from studio.sandbox.logs import Script, line
from studio.sandbox.order import Order, OrderState, Outcome
from studio.sandbox.record import Record


class Pace(Protocol):
    """How time passes for the work. Lets tests hold a job at a line of its log."""

    async def wait(self, seconds: float) -> None:
        """Let that many seconds of the script pass."""
        ...


class Tempo:
    """Real time multiplied by a factor: 1 is pleasant to watch, 0 as fast as the machine draws."""

    def __init__(self, factor: float) -> None:
        self._factor = factor

    async def wait(self, seconds: float) -> None:
        """Sleep `seconds` times the factor."""
        await asyncio.sleep(seconds * self._factor)


class Queue:
    """Orders in the order they came, at most `concurrency` of them worked on at once (two on a new fal account)."""

    def __init__(
        self,
        work: Callable[[Order], Awaitable[Outcome]],
        script: Callable[[Order], Script],
        record: Record,
        pace: Pace,
        concurrency: int,
    ) -> None:
        self._work = work
        self._script = script
        self._record = record
        self._pace = pace
        self._concurrency = max(1, concurrency)
        self._waiting: deque[Order] = deque()
        self._running: dict[str, asyncio.Task[None]] = {}

    @property
    def full(self) -> bool:
        """True when a new order would have to wait."""
        return len(self._running) >= self._concurrency

    def add(self, order: Order) -> None:
        """Take an order into the queue; it starts at once when there is room."""
        self._waiting.append(order)
        self._fill()

    def position(self, order: Order) -> int:
        """How many orders stand before this one; 0 is next."""
        return self._waiting.index(order) if order in self._waiting else 0

    async def cancel(self, order: Order) -> None:
        """Remove a waiting order for good, unbilled; a running one only hears of it and ends as it would have."""
        order.cancel_asked = True
        if order.state is not OrderState.QUEUED:
            return
        self._waiting.remove(order)
        order.state = OrderState.CANCELLED
        order.ended_at = time.time()
        order.outcome = Outcome(None, flat(499, "Request was cancelled by the client", "client_cancelled"))
        await self._record.ended(order)
        self._announce_all(order)

    async def ended(self, order: Order) -> None:
        """Back when nothing more will happen to the order."""
        while not order.ended:
            await order.change().wait()

    async def close(self) -> None:
        """Stop all work; what was accepted and has not ended goes on after a restart."""
        self._waiting.clear()
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _announce_all(self, order: Order) -> None:
        for one in (order, *self._waiting):
            one.announce()

    def _fill(self) -> None:
        while self._waiting and not self.full:
            order = self._waiting.popleft()
            order.state = OrderState.RUNNING
            order.started_at = time.time()
            self._running[order.id] = asyncio.create_task(self._serve(order), name=f"order {order.id}")
            self._announce_all(order)

    async def _serve(self, order: Order) -> None:
        begun = asyncio.ensure_future(self._work(order))
        try:
            script = self._script(order)
            said = 0.0
            for cue in script.cues:
                await self._pace.wait(cue.at - said)
                said = cue.at
                order.logs.append(line(cue.message, time.time()))
                order.announce()
            await self._pace.wait(script.seconds - said)
            outcome = await _outcome(begun)
            await self._end(order, replace(outcome, seconds=script.seconds))
        finally:
            begun.cancel()
            self._running.pop(order.id, None)
            self._fill()

    async def _end(self, order: Order, outcome: Outcome) -> None:
        if outcome.error is not None:
            order.logs.append(line(f"WARNING: {outcome.error.sentence}", time.time()))
        order.ended_at = time.time()
        order.outcome = outcome
        # The state turns only after the line is on the disk, or a restart could take a seen result back.
        await self._record.ended(replace(order, state=OrderState.COMPLETED))
        order.state = OrderState.COMPLETED
        order.announce()


async def _outcome(begun: asyncio.Future[Outcome]) -> Outcome:
    try:
        return await begun
    except FalError as error:
        return Outcome(output=None, error=error)
    except Exception as error:
        # Whatever goes wrong in drawing is a runner's crash to the client, as it would be at fal.
        detail = f"{type(error).__name__}: {error}"
        return Outcome(output=None, error=flat(500, detail, "runner_server_error"))
