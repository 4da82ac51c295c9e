"""A project with takes on its shelf before the screen opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from studio.domain.take import Take
from studio.library.shelf import FolderShelf
from tests.fakes.studio import fake_studio
from tests.library.samples import RESULT, downloaded, moves, picture, written


async def shelve(folder: Path, poses: Sequence[str]) -> list[Take]:
    """A take of each of these poses in this order, of one project in this folder."""
    studio = fake_studio(folder)
    desk = studio.engine.desk
    assert isinstance(desk.shelf, FolderShelf)
    takes = []
    for number, pose in enumerate(poses):
        job = replace(written(f"shelved-{number}", pose, seed=1000 + number, sandbox=True), created=1e9 + number * 60)
        desk.journal.write([job])
        for done in moves(job)[1:]:
            desk.journal.save(done)
        takes.append(desk.shelf.store(done, downloaded(desk.shelf, done, picture(seed=number % 30 + 1)), RESULT))
    await studio.close()
    return takes
