"""How downloaded LoRA weights come into `loras/`: verified, recorded, put in place once, and only then counted."""

from __future__ import annotations

import os
import re
import stat
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from studio.domain.errors import Broken, ProjectError
from studio.domain.job import Job
from studio.domain.lora import FOLDER, Weights, training_of
from studio.domain.text import plain, slug
from studio.engine.ports import Download
from studio.library.disk import Disk, folders, move_new, named_trouble, write_new
from studio.library.png import BrokenFile
from studio.library.weights_check import Checked, checked_weights
from studio.library.weights_record import read_record, record_bytes, weights_of

TRIES = 10
"""How often a name is looked for when other programs keep taking it."""


class WeightsIntake:
    """Stores weights in one project folder. Everything may stop at any step: keeping again ends the same way."""

    def __init__(self, project: Path, disk: Disk) -> None:
        self._project = project
        self._disk = disk
        self._placing = threading.Lock()

    def inbox(self, job: Job) -> Path:
        """The temporary path of a job's download, beside the weights so that they share a file system."""
        with named_trouble("there is no room for new weights", self._project):
            return folders(self._disk, self._project, FOLDER, ".incoming") / f"{_stem(job)}.part"

    def left(self, job: Job) -> Weights | Download | None:
        """See Shelf.left."""
        inbox = self.inbox(job)
        if (weights := self.weights(job)) is not None:
            with suppress(OSError):  # the weights stand; what lies about costs room and nothing else
                self._disk.unlink(inbox)
            return weights
        with named_trouble("an earlier download could not be read", self._project):
            return Download(inbox, inbox.stat().st_size, "application/octet-stream") if inbox.exists() else None

    def weights(self, job: Job) -> Weights | None:
        """The weights of a job whose file is in place, or None."""
        return next((weights for _, weights in self._records(job) if self._in_place(weights)), None)

    def fresh(self) -> list[Weights]:
        """See Shelf.new_weights."""
        found = [kept for _, kept in self._read() if not kept[1] and self._in_place(kept[0])]
        return sorted((weights for weights, _ in found), key=lambda weights: weights.created)

    def took_up(self, weights: Weights) -> None:
        """See Shelf.took_up."""
        path = (self._project / weights.path).with_suffix(".json")
        with named_trouble("the record of the weights could not be written", self._project), self._placing:
            ready = folders(self._disk, self._project, FOLDER, ".incoming") / path.name
            self._disk.unlink(ready)
            write_new(self._disk, ready, record_bytes(weights, taken_up=True))
            self._disk.rename(ready, path)
            self._disk.fsync_folder(path.parent)

    def keep(self, job: Job, download: Download) -> Weights:
        """See Shelf.keep_weights."""
        with named_trouble("the weights could not be stored", self._project):
            if (weights := self.weights(job)) is not None:
                self._disk.unlink(download.path)
                return weights
            try:
                checked = checked_weights(download.path)
            except BrokenFile as error:
                self._disk.unlink(download.path)
                raise Broken(
                    f"The weights that came from fal cannot be used: {error}.",
                    "Their address is in the journal; studio rescue fetches them again.",
                ) from error
            self._sync(download.path)
            with self._placing:
                return self._place(job, checked, download.path)

    def _place(self, job: Job, checked: Checked, download: Path) -> Weights:
        folder = folders(self._disk, self._project, FOLDER)
        for _ in range(TRIES):
            for record, weights in self._records(job):
                if not self._in_place(weights):
                    self._disk.unlink(record)
            weights = weights_of(job, self._free_name(folder, job), checked)
            target = self._project / weights.path
            try:
                # The record first: weights that nobody knows anything about would be lost among the files.
                self._write_record(folder, weights, download)
                move_new(self._disk, download, target)
            except FileExistsError:  # another program took the name in this moment
                continue
            return weights
        raise ProjectError(f"Another program keeps making files in {plain(str(folder))}.", "Stop it and try again.")

    def _write_record(self, folder: Path, weights: Weights, download: Path) -> None:
        ready = folders(self._disk, folder, ".incoming") / f"{Path(weights.path).stem}.json"
        self._disk.unlink(ready)
        write_new(self._disk, ready, record_bytes(weights))
        # A download is its owner's alone; in place it is as open as every file of the project.
        download.chmod(stat.S_IMODE(ready.stat().st_mode))
        move_new(self._disk, ready, (self._project / weights.path).with_suffix(".json"))

    def _records(self, job: Job) -> list[tuple[Path, Weights]]:
        return [(path, weights) for path, (weights, _) in self._read() if weights.job == job.id]

    def _read(self) -> list[tuple[Path, tuple[Weights, bool]]]:
        paths = sorted((self._project / FOLDER).glob("*.json"))
        return [(path, kept) for path in paths if (kept := read_record(path)) is not None]

    def _in_place(self, weights: Weights) -> bool:
        path = self._project / weights.path
        with suppress(FileNotFoundError):
            return path.is_file() and not path.is_symlink() and path.stat().st_size == weights.size
        return False

    def _free_name(self, folder: Path, job: Job) -> str:
        stem = slug(training_of(job.provenance.training).trigger or job.provenance.character)
        number = 1
        while any(self._disk.exists(folder / f"{stem}-{number:03d}.{end}") for end in ("json", "safetensors")):
            number += 1
        return f"{stem}-{number:03d}"

    def _sync(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self._disk.fsync(descriptor)
        finally:
            self._disk.close(descriptor)


def _stem(job: Job) -> str:
    return job.id if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", job.id) else sha256(job.id.encode()).hexdigest()
