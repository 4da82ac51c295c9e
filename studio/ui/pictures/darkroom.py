"""Pictures are prepared here, two at a time, away from the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.ui.pictures.backend import BrokenPicture, PictureBackend, Prepared, Room, Unwanted, Wanted
from studio.ui.pictures.cache import LIMIT, PictureCache, Plate
from studio.ui.pictures.doubt import Doubts
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier

if TYPE_CHECKING:
    from textual.app import App

    from studio.ui.pictures.wire import AppWire

THREADS = 2
"""More would take the processor from the event loop and from the jobs."""

PATIENCE = 10
"""How far the thread for small pictures steps back on a busy machine, in steps of nice(2): they are for later."""


@dataclass(slots=True)
class _Bath:
    """One preparation under way, and everybody who waits for it."""

    task: asyncio.Future[Prepared]
    waiting: list[Wanted]


def _keep(source: PictureSource) -> None:
    from studio.ui.pictures.sidecar import keep

    with contextlib.suppress(OSError, ValueError, SyntaxError):
        keep(source)


def _prune(folder: Path) -> None:
    from studio.ui.pictures.sidecar import prune

    prune(folder)


def _give_way() -> None:
    # Linux gives every thread its own priority; elsewhere it would be the whole program's.
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), PATIENCE)


class Darkroom:
    """One per app, shared by all its views. To be used from the event loop only."""

    def __init__(self, backend: PictureBackend, *, limit: int = LIMIT) -> None:
        """`limit` is the size of the cache in bytes."""
        self.backend = backend
        self.cache = PictureCache(limit)
        self.doubts = Doubts(self._threads, self.cache.drop_all)
        """For what is shown from the cache."""
        self._pool: ThreadPoolExecutor | None = None
        self._keeper: ThreadPoolExecutor | None = None
        self._under_way: dict[Plate, _Bath] = {}
        self._ahead: asyncio.Task[None] | None = None
        self._generation = 0
        self._wire: AppWire | None = None
        self._cell: tuple[int, int] | None = None
        self._warm = False
        self._views: dict[object, Callable[[], None]] = {}

    def wire_to(self, app: App[Any]) -> AppWire:
        """The way to the terminal of an app."""
        if self._wire is None or self._wire.app is not app:
            from studio.ui.pictures.wire import AppWire

            self._wire = AppWire(app)
        return self._wire

    def words(self) -> str:
        """How pictures come to the terminal, for the status line: `kitty (direct), lean, 240 KB/s`."""
        tiers, line = self.backend.tiers(), self.backend.line
        lean = "lean" if tiers == (Tier.LEAN,) else "lean, then full" if Tier.LEAN in tiers else ""
        return ", ".join(part for part in (self.backend.name, lean, line.words() if line else "") if part)

    def wish(self, tier: Tier | None) -> None:
        """End with this tier from now on, whatever the line; None leaves it to the speed."""
        if self.backend.line is not None:
            self.backend.line.wish = tier

    def seen_words(self, tier: Tier) -> str:
        """How a picture of this tier came, for the line below it: `lean, 240 KB/s`. Empty where there is nothing to
        choose, and nothing to wait for.
        """
        line = self.backend.line
        if line is None or not (speed := line.words()):
            return ""
        return f"{tier}{' on request' if line.wish is tier else ''}, {speed}"

    def ready(self, source: PictureSource, room: Room) -> Prepared | None:
        """The picture if it can be shown at once, in the finest way that needs no waiting."""
        tiers = self.backend.tiers()
        for tier in reversed(tiers):
            prepared = self.cache.get(Plate(source, room, tier))
            if prepared is not None and (tier is tiers[0] or self.backend.holds(prepared)):
                return prepared
        return None

    def finer(self, prepared: Prepared) -> Tier | None:
        """The tier that should follow this picture when it is looked at for a while."""
        finest = self.backend.tiers()[-1]
        return Tier.FULL if prepared.tier is Tier.LEAN and finest is Tier.FULL else None

    async def develop(self, source: PictureSource, room: Room, wanted: Wanted, tier: Tier | None = None) -> Prepared:
        """The picture, from the cache or freshly prepared; without a `tier`, the one to show first. Raises
        `BrokenPicture`, or `Unwanted` when `wanted` turns False on the way. Two callers who want the same picture wait
        for one preparation.
        """
        plate = Plate(source, room, tier or self.backend.tiers()[0])
        while True:
            if (prepared := self.cache.get(plate)) is not None:
                return prepared
            try:
                return await asyncio.shield(self._joined(plate, wanted))
            except Unwanted:
                if not wanted():
                    raise
                # Somebody else had given the picture up in the moment this caller joined.

    def prefetch(self, sources: Iterable[PictureSource], room: Room) -> None:
        """Prepare pictures that will probably be wanted next, one after the other, until the next call."""
        self._generation += 1
        if self._ahead is not None:
            self._ahead.cancel()
        self._ahead = asyncio.get_running_loop().create_task(self._fetch_ahead(tuple(sources), room))

    def keep_small(self, source: PictureSource) -> None:
        """A picture has landed: make the small ones that previews and grids are drawn from, one after the other, in a
        thread that lets all others pass. A failure is no loss, as they are made again or done without.
        """
        self._patient().submit(_keep, source)

    def tidy(self, folder: Path) -> None:
        """Hold the small pictures in a folder to their limit, in the same thread."""
        self._patient().submit(_prune, folder)

    def warm_up(self) -> None:
        """Load what the first picture needs, in a thread, once. For the moment after the first frame is out."""
        if not self._warm:
            self._warm = True
            self._threads().submit(self.backend.warm_up)

    def refit(self, app: App[Any]) -> None:
        """The window of the app has another size, or its font: its cells may have other pixels."""
        self.measure(self.wire_to(app).cell)

    def measure(self, cell: tuple[int, int] | None) -> None:
        """A cell has this many pixels now, as far as the system knows. What was made for other cells is forgotten when
        that changes, because the font was zoomed.
        """
        before, self._cell = self._cell, cell or self._cell
        if cell is not None and before is not None and cell != before:
            self.backend.use_cell(cell)
            self.cache.clear()
            for again in list(self._views.values()):
                again()

    def join(self, view: object, again: Callable[[], None]) -> None:
        """A view is there; `again` makes it show its picture anew, for other cells."""
        self._views[view] = again

    def leave(self, view: object) -> None:
        """The view is gone."""
        self._views.pop(view, None)

    def close(self) -> None:
        """Stop everything that waits; what runs is finished and thrown away."""
        self._generation += 1
        self.doubts.close()
        if self._ahead is not None:
            self._ahead.cancel()
        for bath in self._under_way.values():
            bath.waiting.clear()
        for pool in (self._pool, self._keeper):
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._keeper = None
        self.cache.clear()

    def _joined(self, plate: Plate, wanted: Wanted) -> asyncio.Future[Prepared]:
        bath = self._under_way.get(plate)
        if bath is not None:
            bath.waiting.append(wanted)
            return bath.task
        waiting = [wanted]
        task = asyncio.ensure_future(self._prepare(plate, lambda: any(wanted() for wanted in waiting)))
        task.add_done_callback(lambda task: task.cancelled() or task.exception())
        self._under_way[plate] = _Bath(task, waiting)
        return task

    async def _prepare(self, plate: Plate, wanted: Wanted) -> Prepared:
        loop, cell = asyncio.get_running_loop(), self._cell
        try:
            prepared = await loop.run_in_executor(self._threads(), self._prepared, plate, wanted)
        finally:
            del self._under_way[plate]
        if cell == self._cell:
            self.cache.put(plate, prepared)
        return prepared

    def _prepared(self, plate: Plate, wanted: Wanted) -> Prepared:
        self.doubts.noted(plate.source)
        return self.backend.prepare(plate.source, plate.room, plate.tier, wanted)

    def _threads(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="darkroom")
        return self._pool

    def _patient(self) -> ThreadPoolExecutor:
        if self._keeper is None:
            self._keeper = ThreadPoolExecutor(1, thread_name_prefix="keeper", initializer=_give_way)
        return self._keeper

    async def _fetch_ahead(self, sources: tuple[PictureSource, ...], room: Room) -> None:
        generation = self._generation
        for source in sources:
            try:
                await self.develop(source, room, lambda: generation == self._generation)
            except (BrokenPicture, Unwanted):
                continue  # the view says so when the artist really goes there
