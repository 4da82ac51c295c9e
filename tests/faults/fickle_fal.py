"""A fal whose truth is one thing and whose answers are another, as a script of moods decides."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from pathlib import Path

from studio.domain import errors
from studio.domain.job import Handle
from studio.domain.request import Request
from studio.engine.ports import CancelAnswer, Completed, Download, Listing, PastRequest, Progress, Queued, Running
from tests.fakes.picture import tiny_png


class Mood(Enum):
    """What becomes of one call."""

    GOOD = auto()
    UNREACHABLE = auto()
    """It never left."""
    ANSWER_LOST = auto()
    """fal did what it was asked, and the answer did not arrive."""
    LOST = auto()
    """It left and never arrived; nobody here can tell."""
    REFUSED = auto()
    FORGETFUL = auto()
    """404 for what is there."""
    KEY_REFUSED = auto()
    GIBBERISH = auto()


@dataclass
class Order:
    """One accepted request; what it ends in is fixed from the start."""

    request: Request
    request_id: str
    at: float
    fails: bool
    cancelled: bool = False


class FickleFal:
    """A Provider. `orders` is the truth: everything it accepted, and so bills unless it fails."""

    sandbox = False

    def __init__(self, moods: Iterator[Mood], fates: Iterator[bool]) -> None:
        self._moods, self._fates = moods, fates
        self.orders: list[Order] = []
        self.now = 0.0

    def calm(self) -> None:
        """From now on every answer is the truth."""
        self._moods = iter(())

    def _mood(self) -> Mood:
        return next(self._moods, Mood.GOOD)

    def _trouble(self, mood: Mood) -> None:
        match mood:
            case Mood.UNREACHABLE | Mood.REFUSED:
                raise errors.RateLimited("Too many questions.")
            case Mood.ANSWER_LOST | Mood.LOST:
                raise errors.Unknown("No answer came.")
            case Mood.FORGETFUL:
                raise errors.NotFound("No such thing.")
            case Mood.KEY_REFUSED:
                raise errors.KeyRefused("Who are you?")
            case Mood.GIBBERISH:
                raise errors.Broken("@#!")
            case Mood.GOOD:
                pass

    def _order(self, handle: Handle) -> Order:
        return next(order for order in self.orders if order.request_id == handle.request_id)

    async def submit(self, request: Request) -> Handle:
        mood = self._mood()
        if mood is Mood.UNREACHABLE:
            raise errors.Unavailable("No route.")
        if mood in {Mood.REFUSED, Mood.KEY_REFUSED, Mood.FORGETFUL}:
            raise errors.BadInput("Not like this.")
        if mood is Mood.LOST:
            raise errors.Unknown("No answer came.")
        order = Order(request, f"r{len(self.orders)}", self.now, next(self._fates, False))
        self.orders.append(order)
        if mood in {Mood.ANSWER_LOST, Mood.GIBBERISH}:
            raise errors.Unknown("No answer came.")
        at = f"https://queue.fal.run/fal-ai/flux/requests/{order.request_id}"
        return Handle(order.request_id, f"{at}/status", at, f"{at}/cancel")

    async def watch(self, handle: Handle) -> AsyncIterator[Progress]:
        self._trouble(self._mood())
        order = self._order(handle)
        yield Queued(0)
        self._trouble(self._mood())
        if order.cancelled:
            raise errors.Cancelled("Cancelled.")
        yield Running(())
        self._trouble(self._mood())
        if order.fails:
            raise errors.Refused("The policy says no.")
        yield self._result(order)

    def _result(self, order: Order) -> Completed:
        return Completed({"images": [{"url": f"https://v3.fal.media/files/b/{order.request_id}.png"}]}, Decimal(1))

    async def collect(self, handle: Handle) -> Completed:
        self._trouble(self._mood())
        return self._result(self._order(handle))

    async def cancel(self, handle: Handle) -> CancelAnswer:
        self._trouble(self._mood())
        return CancelAnswer.TOO_LATE

    async def download(self, url: str, to: Path, limit: int) -> Download:
        self._trouble(self._mood())
        to.write_bytes(tiny_png())
        return Download(to, to.stat().st_size, "image/png")

    async def recent(self, endpoint: str, since: float) -> Sequence[PastRequest]:
        self._trouble(self._mood())
        listed = [order for order in self.orders if order.request.endpoint == endpoint and order.at >= since]
        return [PastRequest(one.request_id, endpoint, one.at, one.request.arguments, True) for one in listed]

    async def prices(self, endpoints: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
        return {}

    async def schemas(self, endpoints: Sequence[str]) -> dict[str, Listing]:
        return {}

    async def search(self, words: str) -> Sequence[Listing]:
        return ()

    async def upload(
        self, path: Path, content_type: str, lifetime: int | None = None, sent: Callable[[int], None] | None = None
    ) -> str:
        return ""

    async def close(self) -> None:
        return None
