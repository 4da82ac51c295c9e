"""Pictures made of pictures for one look: a part at a scale, a difference. Made in a thread, kept as files that a
darkroom can show like any other, and gone when the look is over.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studio.imaging.view_crop import Backdrop
from studio.ui.pictures.source import PictureSource
from studio.ui.state.zoom import Window

if TYPE_CHECKING:
    from PIL.Image import Image

    from studio.imaging.difference import Difference

Result = TypeVar("Result")

MOST_BYTES = 160 * 1024 * 1024
"""Pixels of whole pictures that are kept, so that moving about does not decode again."""

MOST_FILES = 32
"""Cut pictures that are kept: more than are on their way to the terminal at any moment."""


class Unneeded(Exception):
    """By the time its turn came, nobody wanted this cut any more."""


class Cuts:
    """One thread and a folder of its own. To be used from the event loop; `close` when the look is over.

    Every coroutine raises OSError or ValueError when a picture cannot be read.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="cuts")
        self._folder: Path | None = None
        self._whole: OrderedDict[PictureSource, Image] = OrderedDict()
        self._made: OrderedDict[str, PictureSource] = OrderedDict()
        self._closed = False

    async def transparent(self, source: PictureSource) -> bool:
        """Whether parts of a picture are transparent."""
        return await self._run(lambda: self._open(source).mode == "RGBA")

    async def size(self, source: PictureSource) -> tuple[int, int]:
        """Width and height in pixels, as it is seen upright."""
        return await self._run(lambda: self._open(source).size)

    async def part(
        self, source: PictureSource, window: Window, backdrop: Backdrop, wanted: Callable[[], bool]
    ) -> PictureSource:
        """What a window shows. Raises Unneeded when `wanted` says no before the work begins."""
        key = f"{source.key}@{window.box}{window.size}{backdrop}{source.stamp}"

        def cut() -> Image:
            from studio.imaging.view_crop import view_crop

            return view_crop(self._open(source), window.box, window.size, backdrop)

        return await self._run(lambda: self._kept(key, cut, wanted))

    async def apart(self, first: PictureSource, second: PictureSource, gain: float) -> tuple[PictureSource, Difference]:
        """How two pictures differ, as a picture and in figures."""

        def work() -> tuple[PictureSource, Difference]:
            from studio.imaging.difference import difference

            found = difference(self._open(first), self._open(second), gain)
            key = f"{first.key}{first.stamp}-{second.key}{second.stamp}×{gain}"
            return self._kept(key, lambda: found.picture, lambda: True), found

        return await self._run(work)

    def close(self) -> None:
        """Let go of pictures and files; what is being made is thrown away."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._clear)
            self._thread.shutdown(wait=False)

    async def _run(self, work: Callable[[], Result]) -> Result:
        if self._closed:
            raise Unneeded
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self, source: PictureSource) -> Image:
        from studio.imaging.view_crop import open_whole

        if (picture := self._whole.get(source)) is None:
            picture = self._whole[source] = open_whole(source.path)
        self._whole.move_to_end(source)
        while len(self._whole) > 1 and sum(_bytes(one) for one in self._whole.values()) > MOST_BYTES:
            self._whole.popitem(last=False)
        return picture

    def _kept(self, key: str, make: Callable[[], Image], wanted: Callable[[], bool]) -> PictureSource:
        if (made := self._made.get(key)) is not None:
            self._made.move_to_end(key)
            return made
        if not wanted():
            raise Unneeded
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="pose-studio-look-"))
        # Nothing is packed: the file is read again in a moment, by the same machine.
        path = self._folder / f"{len(self._made)}-{abs(hash(key))}.ppm"
        make().save(path, format="PPM")
        made = self._made[key] = PictureSource(path, key)
        while len(self._made) > MOST_FILES:
            _, oldest = self._made.popitem(last=False)
            oldest.path.unlink(missing_ok=True)
        return made

    def _clear(self) -> None:
        self._whole.clear()
        self._made.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _bytes(picture: Image) -> int:
    return picture.width * picture.height * len(picture.getbands())
