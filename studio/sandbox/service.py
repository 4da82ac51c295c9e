"""The sandbox as one thing: catalogue, queue, record, files and faults, and what they do together."""

from __future__ import annotations

import asyncio
import importlib
import os
import random
import sys
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import ClientSession, web

from studio.config.catalogue import Catalogue
from studio.domain.model import Model
from studio.domain.request import Json
from studio.sandbox.answers import flat, listed
from studio.sandbox.fault_effects import doom, policy_refusal
from studio.sandbox.faults import Action, Fault, Faults
from studio.sandbox.files import Files, Product
from studio.sandbox.inputs import Fetcher, gather
from studio.sandbox.logs import Script, script
from studio.sandbox.order import Order, Outcome
from studio.sandbox.queue import Pace, Queue
from studio.sandbox.record import Record
from studio.sandbox.results import billed_units, output
from studio.sandbox.shelving import shelved
from studio.sandbox.validation import unknown_arguments, violations, with_defaults
from studio.sandbox.work import Task, produce

REFUSE_WORD = "sandbox-refuse"
"""In a prompt: the content policy refuses the picture when the work is done."""

WORKERS = 2
"""Threads that draw. Pillow and numpy let go of the interpreter while they work, so status answers stay quick."""

POLITENESS = 5
"""Nice value of the drawing threads."""

SEEDS = 2**31


class Sandbox:
    """A fal of one's own. `open` before the first question, `close` after the last."""

    def __init__(self, catalogue: Catalogue, faults: Faults, state: Path | None, pace: Pace, concurrency: int) -> None:
        self.catalogue = catalogue
        self.faults = faults
        self.files = Files(state)
        self.record = Record(state)
        self.queue = Queue(self._work, self._script, self.record, pace, concurrency)
        self.orders: dict[str, Order] = {}
        self.refused = 0
        """Submits that were answered with an error and not accepted."""
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="draw", initializer=_stand_back)
        self._session: ClientSession | None = None

    async def open(self) -> None:
        """Take up the record: what had not ended goes back into the queue."""
        self._session = ClientSession(auto_decompress=True)
        self._pool.submit(_warm)
        for order in self.record.read():
            self.orders[order.id] = order
            if not order.ended:
                self.queue.add(order)

    async def close(self) -> None:
        """Stop working and let go of threads and connections."""
        await self.queue.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._session is not None:
            await self._session.close()

    def model(self, endpoint: str) -> Model:
        """The model of an endpoint; raises fal's 404 when there is none."""
        model = self.catalogue.model(endpoint)
        if model is None or model.deprecated:
            application = endpoint.partition("/")[2] or endpoint
            raise flat(404, f"Application '{application}' not found")
        return model

    async def accept(self, endpoint: str, arguments: dict[str, Json], struck: Sequence[Fault] = ()) -> Order:
        """Check a call and take it into the queue. Raises the error fal would answer; then nothing was accepted."""
        model = self.model(endpoint)
        if found := violations(model, arguments):
            raise listed(422, *found)
        order = Order(
            id=str(uuid.uuid4()),
            endpoint=endpoint,
            arguments=shelved(arguments, self.files),
            seed=_seed(model, arguments),
            accepted_at=time.time(),
        )
        order.doom = doom(struck) or (policy_refusal() if REFUSE_WORD in order.prompt else None)
        order.dropped = any(fault.do is Action.DROP_REQUEST for fault in struck)
        await self.record.accepted(order)
        self.orders[order.id] = order
        self.queue.add(order)
        return order

    def order(self, app: str, request_id: str) -> Order | None:
        """The order of that id and application; None for an unknown one, and for one a fault dropped."""
        order = self.orders.get(request_id)
        return order if order is not None and order.app == app and not order.dropped else None

    async def product(self, order_id: str, name: str) -> Product | None:
        """A file an order produced, made again when it is no longer at hand; None when there is none of that name."""
        product = self.files.product(order_id, name)
        order = self.orders.get(order_id)
        if product is None and order is not None and order.outcome is not None and order.outcome.output is not None:
            _, _, products = await self._made(order)
            product = next((made for made in products if made.name == name), None)
        return product

    def _script(self, order: Order) -> Script:
        model = self.model(order.endpoint)
        arguments = with_defaults(model, order.arguments)
        return script(model, arguments, unknown_arguments(model, order.arguments))

    async def _work(self, order: Order) -> Outcome:
        if order.doom is not None:
            return Outcome(output=None, error=order.doom)
        task, pixels, products = await self._made(order)
        units = billed_units(task.model, order.arguments, pixels, self._script(order).seconds)
        return Outcome(output=output(task, order.id, products), units=units)

    async def _made(self, order: Order) -> tuple[Task, list[int], list[Product]]:

        model = self.model(order.endpoint)
        inputs = await gather(model, order.arguments, self._fetcher())
        task = Task(model, with_defaults(model, order.arguments), order.seed, inputs)
        products, pixels = await asyncio.get_running_loop().run_in_executor(self._pool, produce, task)
        self.files.keep(order.id, products)
        return task, pixels, products

    def _fetcher(self) -> Fetcher:
        if self._session is None:
            raise RuntimeError("the sandbox is not open")
        return Fetcher(self._session, self.files, self.product)


def _stand_back() -> None:
    """Let a drawing thread give way to the interface, which may share the machine's few cores with it."""
    if sys.platform == "linux":  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITENESS)


def _warm() -> None:
    """Load what draws before the first request needs it."""
    importlib.import_module("studio.sandbox.drawing")


def _seed(model: Model, arguments: Mapping[str, Json]) -> int:
    param = model.role("seed")
    given = arguments.get(param.name) if param else None
    return given if isinstance(given, int) else random.SystemRandom().randrange(SEEDS)


SANDBOX = web.AppKey("sandbox", Sandbox)
"""Where the handlers find the sandbox they serve."""
