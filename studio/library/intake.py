"""How a downloaded picture becomes a take: checked, given its recipe, put in place once, and only then counted."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import Broken, ProjectError
from studio.domain.job import Job
from studio.domain.request import Json
from studio.domain.take import Take
from studio.domain.text import plain, slug
from studio.engine.ports import Download
from studio.library import take_rows
from studio.library.aside import file_stem, keep_aside
from studio.library.database import Database
from studio.library.disk import Disk, folders, move_new, named_trouble, write_new
from studio.library.metadata import LARGEST, job_in, picture_kind, with_recipe
from studio.library.picture_check import Picture, checked
from studio.library.png import BrokenFile
from studio.library.take_rows import ENDINGS, trash_path

TRIES = 10
"""How often a place is looked for when other programs keep taking the name."""


@dataclass(frozen=True, slots=True)
class Place:
    """The id and the path of a take that is being stored; `filled` when its file lies there already."""

    take: str
    path: Path
    filled: bool


class Intake:
    """Stores pictures in one project folder. Everything may stop at any step: storing again ends the same way."""

    def __init__(self, project: Path, database: Database, disk: Disk) -> None:
        self._project = project
        self._database = database
        self._disk = disk
        self._placing = threading.Lock()

    def inbox(self, job: Job) -> Path:
        """The temporary path of a job's download, beside the takes so that they share a file system."""
        with named_trouble("a new picture could not be kept", self._project):
            return folders(self._disk, self._project, "takes", ".incoming") / f"{file_stem(job)}.part"

    def left(self, job: Job) -> Take | Download | None:
        """See Shelf.left."""
        if (take := take_rows.of_job(self._database, job.id)) is not None:
            incoming = self._project / "takes" / ".incoming"
            for ending in ("part", "ready"):
                with suppress(OSError):  # the take stands; what lies about costs room and nothing else
                    self._disk.unlink(incoming / f"{file_stem(job)}.{ending}")
            return take
        inbox = self.inbox(job)
        with named_trouble("an earlier download could not be read", self._project):
            if not self._disk.exists(inbox):
                return None
            kind = picture_kind(self._disk.read(inbox, 64)) or "unknown"
            return Download(inbox, inbox.stat().st_size, f"image/{kind}")

    def store(self, job: Job, download: Download, result: Json) -> Take:
        """See Shelf.store."""
        with named_trouble("the picture could not be stored", self._project):
            if (take := take_rows.of_job(self._database, job.id)) is not None:
                self._disk.unlink(download.path)
                return take
            data = self._disk.read(download.path, LARGEST + 1)
            try:
                picture = checked(data)
                with self._placing:
                    return self._place(job, data, picture, result, download.path)
            except BrokenFile as error:
                kept = keep_aside(self._disk, self._project, job, result, download.path, str(error))
                raise Broken(
                    f"The picture of {plain(job.pose)} that came from fal cannot be used: {error}.",
                    f"It is kept in {kept} with its address; studio rescue fetches it again.",
                ) from error

    def _place(self, job: Job, data: bytes, picture: Picture, result: Json, download: Path) -> Take:
        ready = folders(self._disk, self._project, "takes", ".incoming") / f"{file_stem(job)}.ready"
        folders(self._disk, self._project, "takes", slug(job.pose))
        for _ in range(TRIES):
            place = self._reserve(job, picture, result)
            if not place.filled:
                self._disk.unlink(ready)
                size = (picture.width, picture.height)
                write_new(self._disk, ready, with_recipe(data, job, result, place.take, size))
                try:
                    move_new(self._disk, ready, place.path)
                except FileExistsError:  # another program took the name in this moment
                    continue
            with self._database.transaction() as connection:
                connection.execute("UPDATE take SET placed = 1 WHERE job = ?", (job.id,))
            self._disk.unlink(ready)
            self._disk.unlink(download)
            return _stored(take_rows.of_job(self._database, job.id))
        raise ProjectError(
            f"Another program keeps making files in {plain(str(self._project / 'takes'))}.", "Stop it and try again."
        )

    def _reserve(self, job: Job, picture: Picture, result: Json) -> Place:
        columns = take_rows.columns_of(job, picture, result)
        stem = str(columns["slug"])
        with self._database.transaction() as connection:
            held = connection.execute("SELECT id, number, path FROM take WHERE job = ?", (job.id,)).fetchone()
            if held is not None and (place := self._usable(held, job, picture)) is not None:
                return place
            number = self._free_number(connection, stem)
            take = f"{stem}-{number:03d}"
            path = f"takes/{stem}/{take}.{picture.kind}"
            columns |= {"id": take, "number": number, "path": path}
            names = ", ".join(columns)
            connection.execute("DELETE FROM take WHERE job = ? AND NOT placed", (job.id,))
            connection.execute(
                f"INSERT INTO take ({names}) VALUES ({', '.join('?' * len(columns))})",
                tuple(columns.values()),
            )
        return Place(take, self._project / path, filled=False)

    def _usable(self, held: sqlite3.Row, job: Job, picture: Picture) -> Place | None:
        path = self._project / held["path"]
        if not self._disk.exists(path):
            right = path.suffix == f".{picture.kind}" and self._is_free(path.parent, held["id"])
            return Place(held["id"], path, filled=False) if right else None
        ours = not path.is_symlink() and job_in(self._disk.read(path, LARGEST)) == job.id
        return Place(held["id"], path, filled=True) if ours else None

    def _free_number(self, connection: sqlite3.Connection, stem: str) -> int:
        (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM take WHERE slug = ?", (stem,)).fetchone()
        number = int(last) + 1
        # The folder may hold takes of a journal that was lost.
        while not self._is_free(self._project / "takes" / stem, f"{stem}-{number:03d}"):
            number += 1
        return number

    def _is_free(self, folder: Path, take: str) -> bool:
        names = [folder / f"{take}.{ending}" for ending in ENDINGS]
        names += [self._project / trash_path(name.name) for name in names]
        return not any(self._disk.exists(name) for name in names)


def _stored(take: Take | None) -> Take:
    if take is None:
        raise ProjectError("The take was taken out of the journal while it was stored.", "Start the studio again.")
    return take
