"""`run_iterator`: one job followed to its end, as typed events, each log line once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from studio.domain.errors import Broken, KeyRefused, NotFound, OutOfCredit, ProviderError, TimedOut, Unavailable
from studio.domain.job import Handle
from studio.engine.ports import LogLine, Progress, Queued, Running
from studio.providers.fal.answers import Answer, error_of, retry_after
from studio.providers.fal.follow import Asking, NotServed, Stage, Status, parse_status, with_logs
from studio.providers.fal.log_tail import LogTail
from studio.providers.fal.patience import Backoff
from studio.providers.fal.result import fetch_result

_PASSING = frozenset({408, 425, 429})
_SURE_LOST = 3
"""Refused questions in a row before they are believed."""
_SURE_BROKEN = 20
"""Unreadable statuses in a row before they are told, about two minutes: a hotel's login page may go away."""

Heard = tuple[Status, tuple[LogLine, ...]]


async def run_iterator(calls: Asking, handle: Handle) -> AsyncGenerator[Progress, None]:
    """Follow a job until it is completed: `Queued` when its place changes, `Running` when it begins and with every new
    log line, and last its `Completed`.

    A lost connection is waited out for as long as it takes. Raises only on definite answers: what a failed job failed
    of (Refused, BadInput, TimedOut, Unavailable), Cancelled, NotFound when fal does not know the job, KeyRefused,
    Broken when fal's answers stay unreadable.
    """
    told: Progress | None = None
    waiting: tuple[LogLine, ...] = ()
    async with aclosing(_Following(calls, handle).statuses()) as statuses:
        async for status, lines in statuses:
            waiting += lines
            match status.stage:
                case Stage.QUEUED:
                    step: Progress = Queued(status.position)
                    if step != told:
                        yield (told := step)
                    continue
                case Stage.RUNNING:
                    if waiting or not isinstance(told, Running):
                        yield (told := Running(waiting))
                case Stage.DONE:
                    if waiting:
                        yield Running(waiting)
                    if status.error is not None:
                        raise status.error
                    result = await fetch_result(calls, handle, patient=True)
                    yield replace(result, seconds=status.seconds)
                    return
            waiting = ()


@dataclass(slots=True)
class _Following:
    """Hears the statuses of one job, over the event stream where there is one and by polling where there is none."""

    calls: Asking
    handle: Handle
    tail: LogTail = field(default_factory=LogTail)
    streams: bool = True
    lost: int = 0
    unreadable: int = 0
    stage: Stage | None = None
    polls: Backoff = field(default_factory=lambda: Backoff(0.5, 2.0, 1.5))
    trouble: Backoff = field(default_factory=Backoff)

    @property
    def done(self) -> bool:
        """True once a status in stage DONE was heard."""
        return self.stage is Stage.DONE

    async def statuses(self) -> AsyncGenerator[Heard, None]:
        """Every status heard, the last one in stage DONE."""
        while not self.done:
            if self.streams:
                async with aclosing(self._stream()) as stream:
                    async for heard in stream:
                        yield heard
            if not self.done:
                status, wait = await self._poll()
                if status is not None:
                    yield status, self.tail.polled(status.logs)
                if not self.done:
                    await self.calls.patience.sleep(wait)

    async def _stream(self) -> AsyncGenerator[Heard, None]:
        """The statuses of one stream, until it is closed or breaks, for whatever reason: a poll tells which."""
        events = self.calls.events(with_logs(self.handle.status_url, stream=True))
        self.tail.connected()
        try:
            async with aclosing(events):
                async for data in events:
                    status = self._heard(parse_status(data))
                    yield status, self.tail.streamed(status.logs)
                    if status.stage is Stage.DONE:
                        return
        except NotServed as error:
            self.streams = _may_pass(error.answer)
        except (Unavailable, TimedOut, Broken):
            # The poll that follows asks the same question in a simpler way, and its failures are counted.
            return

    async def _poll(self) -> tuple[Status | None, float]:
        """One look at the status, and how long to wait before the next. Raises what is definite."""
        try:
            answer = await self.calls.ask("GET", with_logs(self.handle.status_url, stream=False))
        except (Unavailable, TimedOut):
            return None, self.trouble.next()
        if answer.ok:
            return self._read(answer)
        if _may_pass(answer):
            return None, max(self.trouble.next(), min(retry_after(answer) or 0.0, self.calls.patience.retry_after))
        failure = error_of(answer)
        if isinstance(failure, KeyRefused | OutOfCredit):
            raise failure
        self.lost += 1
        if self.lost < _SURE_LOST:
            return None, self.trouble.next()
        # A question about a job that is refused says nothing about the job, least of all that it was not paid.
        raise (
            failure
            if isinstance(failure, NotFound)
            else Broken(f"fal does not tell how the job is: {failure.happened}")
        )

    def _read(self, answer: Answer) -> tuple[Status | None, float]:
        try:
            status = parse_status(answer.body)
        except ProviderError:
            self.unreadable += 1
            if self.unreadable >= _SURE_BROKEN:
                raise
            return None, self.trouble.next()
        if status.stage is not self.stage:
            self.polls.reset()
        return self._heard(status), self.polls.next()

    def _heard(self, status: Status) -> Status:
        self.lost = self.unreadable = 0
        self.trouble.reset()
        self.stage = status.stage
        return status


def _may_pass(answer: Answer) -> bool:
    """True when the same question may have another answer later."""
    return answer.status in _PASSING or answer.status >= 500 or 300 <= answer.status < 400
