"""An order: one request the sandbox has accepted, from its acceptance to its end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from studio.domain.request import Json
from studio.sandbox.answers import FalError


class OrderState(StrEnum):
    """fal's three words for a request's state, and ours for one that was cancelled while it waited."""

    QUEUED = "IN_QUEUE"
    RUNNING = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an order ended: fal's output, or the error it ended in, and what is billed for it."""

    output: dict[str, Json] | None
    """Addresses of files begin with `/<host>/`; the address the client knows us by is put before them."""
    error: FalError | None = None
    units: Decimal | None = None
    """Billing units, as in `x-fal-billable-units`; None where nothing is billed."""
    seconds: float = 0.0
    """Inference time that is reported."""


@dataclass(slots=True, eq=False)
class Order:
    """One accepted request and everything known about it. Times are seconds since the epoch."""

    id: str
    endpoint: str
    arguments: dict[str, Json]
    """As they came, unknown ones included, with references in place of long data URIs (see shelving)."""
    seed: int
    """The artist's, or the one chosen when the order was accepted."""
    accepted_at: float
    state: OrderState = OrderState.QUEUED
    started_at: float | None = None
    ended_at: float | None = None
    logs: list[dict[str, Json]] = field(default_factory=list)
    outcome: Outcome | None = None
    cancel_asked: bool = False
    dropped: bool = False
    """A fault made the sandbox forget it: every question about it is answered with 404."""
    doom: FalError | None = None
    """A fault or a word in the prompt lets it end in this error."""
    downloads: int = 0
    keys_shown: int = 0
    """Downloads that carried an Authorization header, which a client must never send to a file host."""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def app(self) -> str:
        """Owner and application, the first two segments of the endpoint: all that fal's request addresses carry."""
        return "/".join(self.endpoint.split("/")[:2])

    @property
    def prompt(self) -> str:
        """The prompt among the arguments, or an empty text."""
        prompt = self.arguments.get("prompt")
        return prompt if isinstance(prompt, str) else ""

    @property
    def ended(self) -> bool:
        """True when nothing more will happen to it."""
        return self.state in (OrderState.COMPLETED, OrderState.CANCELLED)

    @property
    def error(self) -> FalError | None:
        """The error it ended in, if it did."""
        return self.outcome.error if self.outcome else None

    def change(self) -> asyncio.Event:
        """An event that is set at the next change after this call."""
        return self._changed

    def announce(self) -> None:
        """Wake everybody who waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()
