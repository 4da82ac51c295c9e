"""A shelf in memory that can be told to fail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.domain.errors import Broken, ProjectError, StudioError
from studio.domain.job import Job
from studio.domain.lora import Weights, training_of
from studio.domain.request import Json
from studio.domain.take import Take, Verdict
from studio.domain.text import slug
from studio.engine.ports import Download


class FakeCounts:
    """How many takes a pose has."""

    def __init__(self, takes: list[Take], pose: str) -> None:
        ours = [take for take in takes if slug(take.pose) == pose]
        self.takes = len(ours)
        self.picked = sum(take.verdict is Verdict.PICKED for take in ours)


class FakeShelf:
    """`fail_with` holds errors that the next calls of `store` raise, one each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, Take] = {}
        self.brought: dict[str, Weights] = {}
        self.fail_with: list[StudioError] = []
        self.noted: list[tuple[str, str]] = []
        self.decided: list[tuple[str, Verdict]] = []

    def check(self) -> None:
        if not self.folder.is_dir():
            raise ProjectError("The folder is gone.")

    def inbox(self, job: Job) -> Path:
        return self.folder / f"{job.id}.part"

    def left(self, job: Job) -> Take | Download | None:
        inbox = self.inbox(job)
        kept = Download(inbox, inbox.stat().st_size, "image/png") if inbox.exists() else None
        return next((take for take in self.rows.values() if take.job == job.id), kept)

    def store(self, job: Job, download: Download, result: Json) -> Take:
        if self.fail_with:
            error = self.fail_with.pop(0)
            if isinstance(error, Broken):
                self.inbox(job).unlink(missing_ok=True)
            raise error
        self.inbox(job).unlink(missing_ok=True)
        take_id = f"{job.pose}-{len(self.rows) + 1:03}"
        take = Take(
            id=take_id,
            job=job.id,
            pose=job.pose,
            path=f"takes/{take_id}.png",
            width=8,
            height=8,
            created=job.created,
            endpoint=job.request.endpoint,
            seed=job.request.seed,
            request_id=job.request_id,
        )
        self.rows[take_id] = take
        return take

    def keep_weights(self, job: Job, download: Download) -> Weights:
        if self.fail_with:
            raise self.fail_with.pop(0)
        self.inbox(job).unlink(missing_ok=True)
        training = training_of(job.provenance.training)
        path = f"loras/{training.trigger}-{len(self.brought) + 1:03}.safetensors"
        self.brought[job.id] = Weights(path, job.id, "00", download.size, 1, job.request.endpoint, training, 0.0)
        return self.brought[job.id]

    def weights(self, job: Job) -> Weights | None:
        return self.brought.get(job.id)

    def new_weights(self) -> list[Weights]:
        return list(self.brought.values())

    def took_up(self, weights: Weights) -> None:
        self.brought.pop(weights.job, None)

    def note_address(self, job: Job, why: str) -> str:
        self.noted.append((job.id, why))
        return f".studio/broken/{job.id}.json"

    def take_in(self) -> list[Take]:
        return []

    def take(self, take_id: str) -> Take | None:
        return self.rows.get(take_id)

    def takes(self, pose: str | None = None, *, trashed: bool = False) -> list[Take]:
        return [
            take
            for take in self.rows.values()
            if (pose is None or slug(pose) == slug(take.pose)) and take.trashed is trashed
        ]

    def counts(self) -> dict[str, FakeCounts]:
        poses = {slug(take.pose) for take in self.takes()}
        return {pose: FakeCounts(self.takes(), pose) for pose in poses}

    def decide(self, take_id: str, verdict: Verdict) -> Take:
        self.decided.append((take_id, verdict))
        return self.rows[take_id]

    def rate(self, take_id: str, stars: int) -> Take:
        return self.rows[take_id]

    def trash(self, take_id: str, *, trashed: bool) -> Take:
        return self.rows[take_id]

    def empty_trash(self, take_ids: Sequence[str]) -> None:
        for take_id in take_ids:
            del self.rows[take_id]

    def undo(self) -> Take | None:
        return None

    def redo(self) -> Take | None:
        return None
