"""From a dataset to a training: one archive, one Job, its price known before anything is sent."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from studio.domain.dataset import FOLDER, DatasetItem
from studio.domain.errors import ProjectError, UsageError
from studio.domain.job import Provenance
from studio.domain.lora import Training, Weights
from studio.domain.price import Estimate, estimate
from studio.domain.request import Json, Request
from studio.domain.text import plain
from studio.domain.upload import placeholder
from studio.workflows.doctor import Diagnosis, Patient, examine, look_at
from studio.workflows.durable import write_with
from studio.workflows.local_files import LocalFile, keep
from studio.workflows.lora_trainers import TrainingWish, trainer_of, training_arguments
from studio.workflows.plan import Plan, PlanContext, priced_job
from studio.workflows.studio import Studio

ARCHIVES = (".studio", "training")
"""Folder of the archives that were sent, each under its own hash; they can be made again from the set."""

ZIP = "application/zip"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP can name: the same set gives the same bytes on every day."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A set as a trainer takes it."""

    path: Path
    sha256: str
    size: int
    """Bytes."""
    pictures: int


def training_price(wish: TrainingWish) -> Estimate:
    """What a training costs in USD. Pure: the set is not looked at. Raises UsageError for values out of range."""
    return estimate(wish.trainer, training_arguments(wish, placeholder("0" * 64)))


def diagnosis_of(folder: Path, items: Sequence[DatasetItem], wish: TrainingWish) -> Diagnosis:
    """What the doctor says about the set in `dataset/` for this training. Blocks: it looks at every picture."""
    used = tuple(item for item in items if not item.left_out)
    default = wish.values.get("default_caption")
    patient = Patient(used, look_at(folder, used), wish.trainer, wish.trigger, str(default or ""))
    return examine(patient)


def refuse_broken(diagnosis: Diagnosis) -> None:
    """Raise UsageError with every reason when a set must not be trained on."""
    if diagnosis.broken:
        reasons = " ".join(remark.text for remark in diagnosis.broken)
        raise UsageError(f"This set is not trained on. {reasons}", "studio dataset DIR shows everything.")


def pack_archive(folder: Path, items: Sequence[DatasetItem]) -> Archive:
    """The pictures and captions of the set in one ZIP, the same bytes for the same set. Blocks.

    Raises ProjectError when a file cannot be read or written.
    """
    used = [item for item in items if not item.left_out]
    place = folder.joinpath(*ARCHIVES) / "set.zip"
    write_with(place, lambda file: _write(file, folder / FOLDER, used))
    digest, size = sha256(), 0
    with place.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    named = place.with_name(f"{digest.hexdigest()[:16]}.zip")
    try:
        place.replace(named)
    except OSError as error:
        raise ProjectError(f"{named.name} cannot be written: {error.strerror}.", "Make the folder writable.") from error
    return Archive(named, digest.hexdigest(), size, len(used))


def training_plan(wish: TrainingWish, archive: Archive, character: str, context: PlanContext) -> Plan:
    """One Job that trains on an archive, priced; the archive is uploaded when it is sent. Raises UsageError."""
    keep(LocalFile(archive.path.absolute(), archive.sha256, archive.size, ZIP))
    arguments: dict[str, Json] = training_arguments(wish, placeholder(archive.sha256))
    training = Training(wish.trigger, trainer_of(wish.trainer).family, archive.sha256, archive.pictures, wish.steps)
    provenance = Provenance(character=character, pose=f"LoRA {wish.trigger}", training=training.pairs())
    job = priced_job(wish.trainer, Request.make(wish.trainer.id, arguments), provenance, context)
    unsure = estimate(wish.trainer, arguments).unsure
    return Plan((job,), unsure)


async def trained_before(studio: Studio, plan: Plan) -> Weights | None:
    """The weights of an identical training that are still there; None when it would be new."""
    desk = studio.engine.desk
    for form in await studio.uploads.forms(plan):
        job = await desk.pen(desk.journal.duplicate, form.jobs[0].request.digest)
        if job is None or (job.sandbox and not plan.jobs[0].sandbox):
            continue
        if (weights := await desk.hands(desk.shelf.weights, job)) is not None:
            return weights
    return None


def _write(target: BinaryIO, place: Path, items: Sequence[DatasetItem]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for item in sorted(items, key=lambda one: one.file):
            path = place / item.file
            try:
                picture = path.read_bytes()
            except OSError as error:
                raise ProjectError(f"{plain(item.file)} cannot be read: {error.strerror}.", "Put it back.") from error
            _add(archive, item.file, picture)
            if item.caption:
                _add(archive, f"{item.stem}.txt", item.caption.encode())


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    archive.writestr(entry, data)
