"""The way of pictures to the terminal: never far ahead of it, so that keys are answered on a slow line too."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from studio.ui.pictures.tier import SLOW, Tier, tiers_for

BATCH, LARGE_BATCH = 8 * 1024, 64 * 1024
"""Characters that are sent before the terminal is asked how far it is: on a slow line, and on a fast one, where every
answer costs more than the characters.
"""

BATCH_TIME = 0.005
"""Seconds of sending between two questions, within these bounds."""

SLACK = 0.03
"""Seconds of picture a key may have to wait for."""

LEAST, MOST = int(3.5 * BATCH), 1024 * 1024
"""Characters on their way at least, so that a fast line is full before it is known, and at most."""

QUEUED = 6
"""Writes left to Textual's writer; it holds thirty, and then it stops the event loop."""

TELLING = 48 * 1024
"""Characters without a pause that tell how fast the line is: of less, most of the time goes into the way and back."""

VERY_FAST = 20_000_000
"""Bytes a second from which the exact figure says more about the processor than about the line."""

GROWTH = 1.5
"""By how much the next round trip may carry more than the last."""

SILENCE = 5.0
"""Seconds after which a terminal that says nothing is not asked any more."""

FENCE = "\x1b[6n"
"""Where is the cursor? Answered when everything before it has been taken in (ECMA-48, DSR)."""


class Wire(Protocol):
    """The terminal, as far as sending pictures needs it."""

    @property
    def backlog(self) -> int:
        """Writes that are waiting."""

    @property
    def answers(self) -> bool:
        """Somebody is there to answer questions."""

    def write(self, text: str) -> None:
        """Write, in order with everything Textual draws."""

    def spare(self, character: str) -> None:
        """Let no filter of the app change the colours of this character."""

    def listen(self, answered: Callable[[float], None], leaving: Callable[[], str]) -> None:
        """Call `answered`, on the event loop, with the monotonic time of every answer to a fence. Write what `leaving`
        gives before the terminal is given away for a while or for good.
        """


@dataclass(frozen=True, slots=True)
class Parcel:
    """One picture on its way."""

    texts: Callable[[], Sequence[str]]
    """Commands, none of which is ever torn apart; asked for when its turn has come."""
    wanted: Callable[[], bool]
    """Asked between batches; False ends it."""
    done: Callable[[], None]
    """Called when everything is written."""
    abandoned: str = ""
    """Ends what was begun."""


class Line:
    """Sends one parcel after the other in batches. Each batch is closed by a question; the answers tell the rate of
    the line and the time of a round trip, and hold what is on its way to about `SLACK` seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds, the same as the wire's answers."""
        self.wish: Tier | None = None
        """The tier the artist wants to end with; None leaves it to the speed."""
        self._clock = clock
        self.rate: float | None = None
        """Bytes a second; None until enough was sent at once to tell a slow line from a short picture."""
        self._pace: float | None = None
        """The same by the last ten answers, however little was sent: never more than the line can take."""
        self._at_once = 0
        self._wire: Wire | None = None
        self._parcels: deque[Parcel] = deque()
        self._said: list[str] = []
        self._under_way: Parcel | None = None
        self._begun = False
        self._task: asyncio.Task[None] | None = None
        self._asked: deque[tuple[float, int, int]] = deque()
        self._flying = 0
        self._trip = 0.05
        self._delivered = 0
        self._alone: deque[float] = deque(maxlen=10)
        self._steady: deque[float] = deque(maxlen=10)
        self._answered_at = 0.0
        self._fences = True
        self._woken = asyncio.Event()

    def tiers(self, *, far: bool) -> tuple[Tier, ...]:
        """What to send one after the other; `far` decides before anything was measured."""
        return tiers_for(self.rate, far=far, wish=self.wish)

    def words(self) -> str:
        """How fast it is, `240 KB/s`; empty before anything was measured."""
        if self.rate is None:
            return ""
        if self.rate >= VERY_FAST:
            return f"over {VERY_FAST / 1e6:.0f} MB/s"
        return f"{self.rate / 1e6:.1f} MB/s" if self.rate >= 1e6 else f"{self.rate / 1e3:.0f} KB/s"

    def use(self, wire: Wire, leaving: Callable[[], str]) -> None:
        """Send through this wire from now on; `leaving` gives the last words before the terminal is given away."""
        if wire is not self._wire:
            self._wire = wire
            self._fences = wire.answers
            wire.listen(self._answered, lambda: self._cut() + leaving())

    def send(self, parcel: Parcel) -> None:
        """Send when the parcels before it are through, as long as it is wanted."""
        self._parcels.append(parcel)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    def say(self, text: str) -> None:
        """Write something short: at once, or after the parcel under way, which must not be interrupted."""
        self._said.append(text)
        if not self._begun:
            self._speak()

    def _cut(self) -> str:
        """End everything at once; gives what has to be written for it."""
        self._parcels.clear()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._under_way is not None and self._begun:
            self._said.insert(0, self._under_way.abandoned)
        self._under_way, self._begun = None, False
        words, self._flying = "".join(self._said), 0
        self._said.clear()
        self._asked.clear()
        return words

    async def _run(self) -> None:
        while self._parcels:
            parcel = self._parcels.popleft()
            if parcel.wanted():
                self._under_way = parcel
                whole = await self._deliver(parcel)
                self._under_way, self._begun = None, False
                if whole:
                    parcel.done()
            self._speak()

    async def _deliver(self, parcel: Parcel) -> bool:
        position, texts = 0, parcel.texts()
        while position < len(texts):
            await self._room()
            if not parcel.wanted():
                if self._begun:
                    self._said.insert(0, parcel.abandoned)
                return False
            batch: list[str] = []
            size, most = 0, self._batch() + 512
            while position < len(texts) and (not batch or size + len(texts[position]) <= most):
                batch.append(texts[position])
                size += len(texts[position])
                position += 1
            self._begun = True
            self._write("".join(batch), size)
            await asyncio.sleep(0)
        return True

    def _write(self, text: str, size: int) -> None:
        if self._wire is None:
            return
        if self._fences:
            self._asked.append((self._clock(), size, self._delivered))
            self._flying += size
            text += FENCE
        self._wire.write(text)

    def _speak(self) -> None:
        text = "".join(self._said)
        self._said.clear()
        if text and self._wire is not None:
            self._wire.write(text)

    async def _room(self) -> None:
        """Until the terminal has taken in enough of what was sent, and the writer too."""
        while self._fences and self._flying and self._flying + self._batch() > self._allowance():
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), SILENCE)
            except TimeoutError:
                self._fences, self._flying = False, 0
                self._asked.clear()
        while self._wire is not None and self._wire.backlog > QUEUED:
            await asyncio.sleep(0.004)

    def _batch(self) -> int:
        return int(min(max((self._pace or 0) * BATCH_TIME, BATCH), LARGE_BATCH))

    def _allowance(self) -> int:
        if self._pace is None:
            return LEAST
        return int(min(max(self._pace * (self._trip + SLACK), LEAST), MOST))

    def _answered(self, at: float) -> None:
        with contextlib.suppress(IndexError):
            sent, size, delivered = self._asked.popleft()
            self._flying -= size
            self._delivered += size
            took = max(at - sent, 1e-4)
            self._trip = took if self._pace is None else min(self._trip * 1.001, took)
            # The bytes over the time they had the line to themselves: right at once, too low when something else was
            # sent meanwhile, and far too high when answers were held up and come together. What was delivered in the
            # last round trip is never too high, but grows only as more is sent; half as much again lets it grow.
            self._alone.append(size / max(at - max(sent, self._answered_at), 1e-4))
            self._steady.append((self._delivered - delivered) / took)
            self._pace = min(max(self._alone), GROWTH * max(self._steady))
            self._at_once += size
            if self._at_once >= TELLING or self._pace >= SLOW:
                self.rate = self._pace
            if not self._flying:
                self._at_once = 0
            self._answered_at = at
            self._woken.set()
