"""Autosave: what the artist changed is written a moment after the last key, in a thread, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from studio.config.project import Project
from studio.domain.errors import StudioError

PAUSE = 0.6
"""Seconds of silence after the last edit before it is written."""


class Saver:
    """Knows the project as it lies on the disk and as the artist wants it, and brings the one to the other.

    `merged` hears of a project that was written (with what others changed in the files meanwhile), `failed` of what
    could not be; after a failure the next edit tries again.
    """

    def __init__(
        self, project: Project, merged: Callable[[Project, Project], None], failed: Callable[[StudioError], None]
    ) -> None:
        self._disk = project
        self._wanted = project
        self._merged = merged
        self._failed = failed
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> bool:
        """True while something is not on the disk yet."""
        return self._timer is not None or (self._task is not None and not self._task.done())

    def want(self, project: Project) -> None:
        """The project as it should be; written after a pause."""
        self._wanted = project
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(PAUSE, self._start)

    async def flush(self) -> None:
        """Write now what is waiting, and wait until it is done."""
        if self._timer is not None:
            self._timer.cancel()
            self._start()
        while self._task is not None and not self._task.done():
            await self._task

    def _start(self) -> None:
        self._timer = None
        before = self._task
        self._task = asyncio.get_running_loop().create_task(self._save_after(before))

    async def _save_after(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await before
        wanted = self._wanted
        try:
            self._disk = await asyncio.to_thread(save_parts, self._disk, wanted)
        except StudioError as error:
            self._failed(error)
        else:
            self._merged(wanted, self._disk)


def save_parts(disk: Project, wanted: Project) -> Project:
    """Write the parts of a project that differ from the disk. Raises StudioError; blocks."""
    # The writers rest on a library that is slow to import, so it comes with the first edit.
    from studio.config.project_edits import save_character, save_poses, save_settings

    if wanted.character != disk.character:
        disk = save_character(disk, wanted.character)
    if wanted.poses != disk.poses:
        disk = save_poses(disk, wanted.poses)
    if wanted.settings != disk.settings:
        disk = save_settings(disk, wanted.settings)
    return disk


def rebased(now: Project, wanted: Project, written: Project) -> Project:
    """The artist's project of this moment, with what others wrote into the files taken in where the artist has not
    edited since `wanted` was handed to the disk.
    """
    return replace(
        now,
        character=written.character if now.character is wanted.character else now.character,
        poses=written.poses if now.poses is wanted.poses else now.poses,
        settings=written.settings if now.settings is wanted.settings else now.settings,
    )
