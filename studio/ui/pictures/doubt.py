"""Whether files still hold what was prepared from them: looked up in a thread, many at once, soon after they are shown.

What is shown from memory costs the event loop nothing but the question.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from studio.ui.pictures.sidecar import content_of
from studio.ui.pictures.source import PictureSource

SOON = 0.05
"""Seconds in which doubts are gathered: a page of a grid is one look at the disk."""


class Doubts:
    """Knows what each file held when it was prepared. To be used from the event loop, but for `noted`."""

    def __init__(self, threads: Callable[[], Executor], forget: Callable[[PictureSource], None]) -> None:
        """`threads` gives the pool that looks at the disk; `forget` is called with what is stale."""
        self._threads = threads
        self._forget = forget
        self._held: dict[PictureSource, str] = {}
        self._open: dict[PictureSource, list[Callable[[], None]]] = {}
        self._look: asyncio.Task[None] | None = None

    def noted(self, source: PictureSource) -> None:
        """It is about to be prepared from what its file holds now. Called in a worker thread."""
        self._held[source] = _content(source)

    def about(self, source: PictureSource, changed: Callable[[], None]) -> None:
        """It was shown from the cache: look soon, and call `changed` when its file holds something else by now."""
        self._open.setdefault(source, []).append(changed)
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._looked())

    def close(self) -> None:
        """Nobody wants to know any more."""
        if self._look is not None:
            self._look.cancel()
        self._open.clear()

    async def _looked(self) -> None:
        while self._open:
            await asyncio.sleep(SOON)
            asked, self._open = self._open, {}
            found = await asyncio.get_running_loop().run_in_executor(self._threads(), _contents, tuple(asked))
            for source, content in found.items():
                if self._held.get(source, content) != content:
                    self._forget(source)
                    for changed in asked[source]:
                        changed()


def _contents(sources: Sequence[PictureSource]) -> dict[PictureSource, str]:
    return {source: _content(source) for source in sources}


def _content(source: PictureSource) -> str:
    try:
        return content_of(source.path)
    except OSError:
        return ""
