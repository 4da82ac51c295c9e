"""A provider without a network: it plays what it is told and remembers what it was asked."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from decimal import Decimal
from pathlib import Path

from studio.domain.errors import Broken, NotFound, ProviderError
from studio.domain.job import Handle
from studio.domain.request import Json, Request
from studio.engine.ports import (
    CancelAnswer,
    Completed,
    Download,
    LogLine,
    PastRequest,
    Progress,
    Queued,
    Running,
)
from studio.providers.fal.content_type import content_type
from tests.fakes.listing import FakeListing
from tests.fakes.picture import tiny_png

Step = Progress | ProviderError


class FakeProvider(FakeListing):
    """Every job runs at once to a picture, unless `hold` is true or steps were pushed for it.

    `push(handle, …)` adds steps to a job, an error among them is raised; `fail_with("submit", error, …)` makes the
    next calls of a method raise. What was asked stands in `submitted`, `cancelled`, `downloaded` and `uploaded`.
    """

    def __init__(self, *, sandbox: bool = False, hold: bool = False) -> None:
        self._sandbox, self.hold = sandbox, hold
        self.submitted: list[Request] = []
        self.cancelled: list[Handle] = []
        self.downloaded: list[str] = []
        self.uploaded: list[Path] = []
        self.past: list[PastRequest] = []
        self.files: dict[str, bytes] = {}
        self.priced: dict[str, tuple[Decimal, str]] = {"fal-ai/flux-2-flex": (Decimal("0.05"), "megapixels")}
        self.cancel_answer = CancelAnswer.ASKED
        self.closed = False
        self._failures: dict[str, list[ProviderError]] = {}
        self._steps: dict[str, asyncio.Queue[Step]] = {}
        self._results: dict[str, Completed] = {}
        self._finished: set[str] = set()
        self._numbers = itertools.count(1)

    @property
    def sandbox(self) -> bool:
        return self._sandbox

    def push(self, handle: Handle | str, *steps: Step) -> None:
        """Let a job, named by its handle or its request id, go through these steps next."""
        request_id = handle if isinstance(handle, str) else handle.request_id
        for step in steps:
            if isinstance(step, Completed):
                self._results[request_id] = step
            self._steps.setdefault(request_id, asyncio.Queue()).put_nowait(step)

    def fail_with(self, method: str, *errors: ProviderError) -> None:
        """Let the next calls of a method raise these, one each."""
        self._failures.setdefault(method, []).extend(errors)

    def completed(self, request_id: str, *lines: LogLine) -> Completed:
        """A result with one picture that can be downloaded."""
        url = f"https://v3.fal.media/files/b/{request_id}.png"
        self.files[url] = tiny_png(blue=len(self.files) % 256)
        result: dict[str, Json] = {"images": [{"url": url, "width": 1, "height": 1}], "seed": 1}
        return Completed(result, Decimal(1), lines, 0.5)

    async def submit(self, request: Request) -> Handle:
        self.submitted.append(request)
        self._fail("submit")
        request_id = f"fake-{next(self._numbers)}"
        at = f"https://queue.fal.run/{request.endpoint}/requests/{request_id}"
        if not self.hold and request_id not in self._steps:
            lines = (LogLine("step 1", "INFO"), LogLine("step 1", "INFO"))
            self.push(request_id, Queued(0), Running(lines), self.completed(request_id))
        self.past.insert(0, PastRequest(request_id, request.endpoint, 1e9 + len(self.past), request.arguments, None))
        return Handle(request_id, f"{at}/status", at, f"{at}/cancel")

    async def watch(self, handle: Handle) -> AsyncIterator[Progress]:
        steps = self._steps.setdefault(handle.request_id, asyncio.Queue())
        while True:
            self._fail("watch")
            step = await steps.get()
            if isinstance(step, ProviderError):
                raise step
            if isinstance(step, Completed):
                self._finished.add(handle.request_id)
            yield step
            if isinstance(step, Completed):
                return

    async def collect(self, handle: Handle) -> Completed:
        self._fail("collect")
        if handle.request_id not in self._results:
            raise NotFound("fal does not know this request.")
        return self._results[handle.request_id]

    async def cancel(self, handle: Handle) -> CancelAnswer:
        self.cancelled.append(handle)
        self._fail("cancel")
        if handle.request_id not in self._steps:
            return CancelAnswer.NOT_FOUND
        return CancelAnswer.TOO_LATE if handle.request_id in self._finished else self.cancel_answer

    async def download(self, url: str, to: Path, limit: int) -> Download:
        self.downloaded.append(url)
        self._fail("download")
        data = self.files.get(url)
        if data is None:
            raise NotFound("fal no longer has this file.")
        if len(data) > limit:
            raise Broken("The file is too large.")
        to.write_bytes(data)
        return Download(to, len(data), content_type(data[:64]))

    async def recent(self, endpoint: str, since: float) -> Sequence[PastRequest]:
        self._fail("recent")
        return [past for past in self.past if past.endpoint == endpoint and past.sent_at >= since]

    async def prices(self, endpoints: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
        self._fail("prices")
        return {endpoint: self.priced[endpoint] for endpoint in endpoints if endpoint in self.priced}

    async def upload(
        self, path: Path, content_type: str, lifetime: int | None = None, sent: Callable[[int], None] | None = None
    ) -> str:
        self.uploaded.append(path)
        self._fail("upload")
        url = f"https://v3.fal.media/files/b/{path.name}"
        self.files[url] = path.read_bytes()
        return url

    async def close(self) -> None:
        self.closed = True

    def _fail(self, method: str) -> None:
        if waiting := self._failures.get(method):
            raise waiting.pop(0)
