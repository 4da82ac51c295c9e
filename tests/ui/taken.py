"""A stage with takes on it that are large enough to look into."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image

from studio.engine.ports import Completed, LogLine
from tests.fakes.provider import FakeProvider
from tests.ui.stage import Stage, stage

SIZE = (384, 512)
"""Pixels of every picture."""


class PaintingProvider(FakeProvider):
    """Every picture is a square of its own colour on another colour, or on nothing when `transparent` is set."""

    def __init__(self, *, transparent: bool = False) -> None:
        super().__init__(sandbox=True)
        self._transparent = transparent

    def completed(self, request_id: str, *lines: LogLine) -> Completed:
        done = super().completed(request_id, *lines)
        url = next(reversed(self.files))
        number = len(self.files)
        picture = Image.new("RGBA", SIZE, (30, 60, 90, 0 if self._transparent else 255))
        picture.paste((40 * number % 256, 200, 90, 255), (64, 64, SIZE[0] - 64, SIZE[1] - 64))
        memory = io.BytesIO()
        (picture if self._transparent else picture.convert("RGB")).save(memory, "PNG", compress_level=1)
        self.files[url] = memory.getvalue()
        return done


@asynccontextmanager
async def taken(
    folder: Path, takes: int, *, poses: int = 1, size: tuple[int, int] = (120, 36), transparent: bool = False
) -> AsyncIterator[Stage]:
    """So many takes of each of the first poses; the first take of the first pose is shown."""
    async with stage(folder, size, PaintingProvider(transparent=transparent)) as on:
        await on.press("A", "A")
        names = [pose.name for pose in on.session.project.poses[:poses]]
        for name in names:
            for _ in range(takes):
                await one_more(on, name)
        first = on.session.studio.takes.of_pose(names[0])[0]
        on.app.bench.poses.go_to(names[0])
        on.app.bench.takes.show(first.id)
        await on.pilot.pause()
        yield on


async def one_more(on: Stage, pose: str) -> None:
    """A take of a pose comes in, as if another window had asked for it."""
    studio = on.session.studio
    before = studio.takes.totals()[1]
    await studio.generate(studio.plan([studio.pose(pose)], on.session.recipe))
    await on.takes(before + 1)
