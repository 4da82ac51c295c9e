"""The shelf: the takes of one project, their rows in the journal's database and their files in the project folder."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.errors import ProjectError, UsageError
from studio.domain.job import Job
from studio.domain.request import Json
from studio.domain.take import Take, Verdict
from studio.engine.ports import Download
from studio.library import take_rows
from studio.library.decisions import REMEMBERED, Decision, Decisions
from studio.library.disk import Disk, named_trouble
from studio.library.journal import SqliteJournal
from studio.library.take_rows import Counts

if TYPE_CHECKING:
    from studio.domain.lora import Weights
    from studio.library.intake import Intake
    from studio.library.weights_intake import WeightsIntake


class FolderShelf:
    """The Shelf of one project folder. Methods block on the disk and may be called from any thread.

    Raises ProjectError when the folder or the journal cannot be used, UsageError for a take that does not exist.
    """

    def __init__(self, project: Path, journal: SqliteJournal, disk: Disk | None = None) -> None:
        self._project = project.absolute()
        self._database = journal.database
        self._disk = disk or Disk()
        self._opening = threading.Lock()
        self._opened: Intake | None = None
        self._weights: WeightsIntake | None = None
        self._decisions = Decisions(self._project, self._database, self._disk)
        self.unfinished: list[ProjectError] = self._decisions.finish()
        """Decisions of an earlier run whose files still cannot follow; empty nearly always."""

    def check(self) -> None:
        """Raise ProjectError where new pictures could not be kept: before anything is bought for a folder that is gone
        or cannot be written to.
        """
        takes = self._project / "takes"
        with named_trouble("nothing was sent, because new pictures could not be kept", self._project):
            if not self._project.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self._project))
            if not os.access(takes if takes.is_dir() else self._project, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def inbox(self, job: Job) -> Path:
        """Where to download a job's file: a temporary path on the project's own file system."""
        return self._weights_intake().inbox(job) if job.trains else self._intake().inbox(job)

    def left(self, job: Job) -> Take | Weights | Download | None:
        """What an earlier try brought to disk for a job: its take or weights, or a whole download not stored yet."""
        return self._weights_intake().left(job) if job.trains else self._intake().left(job)

    def store(self, job: Job, download: Download, result: Json) -> Take:
        """Check a downloaded picture, write its recipe into it without touching its pixels, and put it in place.

        Raises `Broken` when the file is no whole picture of an allowed type and size, and keeps it aside;
        raises `ProjectError` when the folder cannot be written to. Storing the same job again gives the same take.
        """
        return self._intake().store(job, download, result)

    def keep_weights(self, job: Job, download: Download) -> Weights:
        """Verify downloaded weights, write the record of their making, and put them into `loras/`.

        Raises `Broken` when they are no whole safetensors file, ProjectError when the folder cannot be written to.
        Keeping the same job's again gives the same weights.
        """
        return self._weights_intake().keep(job, download)

    def weights(self, job: Job) -> Weights | None:
        """What a training brought home, or None while it is not in place."""
        return self._weights_intake().weights(job)

    def new_weights(self) -> list[Weights]:
        """Weights in place that `character.toml` was never told of, oldest first."""
        return self._weights_intake().fresh() if (self._project / "loras").is_dir() else []

    def took_up(self, weights: Weights) -> None:
        """These weights stand in `character.toml`; taken out of there later they stay out."""
        self._weights_intake().took_up(weights)

    def note_address(self, job: Job, why: str) -> str:
        """Write down where the file of a completed job lies that is not fetched any more, and why. Gives the path of
        the note in the project. Raises ProjectError when the folder cannot be written to.
        """
        from studio.library.aside import note_address

        return note_address(self._disk, self._project, job, why)

    def take_in(self) -> list[Take]:
        """Make the project's takes known that its journal does not know, from the recipes in their files: those of a
        copied project. Gives them, oldest first; their money is not counted again. A run looks into a few thousand.
        """
        from studio.library.strays import Strays

        return Strays(self._project, self._database, self._disk).take_in()

    def take(self, take_id: str) -> Take | None:
        """One take, or None."""
        return take_rows.one(self._database, take_id)

    def takes(self, pose: str | None = None, *, trashed: bool = False) -> list[Take]:
        """The takes of a pose (case and spaces forgiven), or all, oldest first."""
        return take_rows.listed(self._database, pose, trashed)

    def page(self, pose: str | None = None, *, limit: int = 60, offset: int = 0) -> list[Take]:
        """Some takes outside the trash, newest first."""
        return take_rows.page(self._database, pose, limit, offset)

    def counts(self) -> dict[str, Counts]:
        """How many takes each pose has, and how many are picked and rejected, by the slug of the pose's name."""
        return take_rows.counts(self._database)

    def decide(self, take_id: str, verdict: Verdict) -> Take:
        """Set a verdict; picking links the file into `picks/`, anything else takes that link away."""
        return self._decisions.change(take_id, verdict)

    def rate(self, take_id: str, stars: int) -> Take:
        """Give 0 to 5 stars. Raises UsageError for any other number."""
        if not 0 <= stars <= 5:
            raise UsageError(f"{stars} is no number of stars.", "Give 0 to 5.")
        return self._decisions.change(take_id, stars=stars)

    def trash(self, take_id: str, *, trashed: bool) -> Take:
        """Move a take's file to the project's trash, or back; its name in `picks/` goes and comes with it."""
        return self._decisions.change(take_id, trashed=trashed)

    def empty_trash(self, take_ids: Sequence[str]) -> None:
        """Delete the pictures of trashed takes for good; no undo brings them back, and no number is given again.

        Raises UsageError when one of them is not in the trash, and then nothing has gone.
        """
        from studio.library.emptying import empty_trash  # a start empties nothing

        empty_trash(self._project, self._database, self._disk, take_ids)

    def undo(self) -> Take | None:
        """Take back the last decision (verdict, stars or trash); None when there is nothing to take back."""
        return self._decisions.undo()

    def redo(self) -> Take | None:
        """Do again what was taken back; None when there is nothing."""
        return self._decisions.redo()

    def last_decisions(self, limit: int = REMEMBERED) -> list[Decision]:
        """What was decided, newest first."""
        return self._decisions.last(limit)

    def _intake(self) -> Intake:
        # The first frame waits for no module that only a new picture needs.
        with self._opening:
            if self._opened is None:
                from studio.library.intake import Intake

                self._opened = Intake(self._project, self._database, self._disk)
            return self._opened

    def _weights_intake(self) -> WeightsIntake:
        with self._opening:
            if self._weights is None:
                from studio.library.weights_intake import WeightsIntake

                self._weights = WeightsIntake(self._project, self._disk)
            return self._weights
