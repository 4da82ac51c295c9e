"""The record beside the weights: `loras/NAME.json`, everything that is known of their making."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from studio.domain import money
from studio.domain.job import Job
from studio.domain.lora import FOLDER, Training, Weights, training_of
from studio.domain.request import Json
from studio.domain.text import plain
from studio.domain.version import VERSION
from studio.library.weights_check import Checked

SCHEMA = 1
LONGEST = 1_000_000
"""Bytes of a record that is read."""

LATEST = 253_402_300_800.0
"""Seconds since the epoch at which the year 10000 begins, which no date holds."""

_FILE = re.compile(rf"{FOLDER}/[^/\\\0]+\.safetensors")

TAKEN_UP = "in_character"
"""Key of a record: true once the weights stand in `character.toml`; taken out of there by hand they stay out."""


def weights_of(job: Job, name: str, checked: Checked) -> Weights:
    """The weights of a job under a name without ending, as they will lie in the project."""
    return Weights(
        path=f"{FOLDER}/{name}.safetensors",
        job=job.id,
        sha256=checked.sha256,
        size=checked.size,
        tensors=checked.tensors,
        trainer=job.request.endpoint,
        training=training_of(job.provenance.training),
        created=job.moved or job.created,
        request_id=job.request_id,
        character=job.provenance.character,
        price=job.billed if job.billed is not None else job.estimate,
        sandbox=job.sandbox,
    )


def record_of(weights: Weights, *, taken_up: bool = False) -> dict[str, Json]:
    """The record as JSON has it. Money is text in USD."""
    training = weights.training
    return {
        "schema": SCHEMA,
        "app": "Pose Studio",
        "version": VERSION,
        "path": weights.path,
        "job": weights.job,
        "sha256": weights.sha256,
        "size": weights.size,
        "tensors": weights.tensors,
        "trainer": weights.trainer,
        "family": training.family,
        "trigger": training.trigger,
        "steps": training.steps,
        "dataset": training.dataset,
        "pictures": training.pictures,
        "created": weights.created,
        "request_id": weights.request_id,
        "character": weights.character,
        "price": money.text(weights.price),
        "sandbox": weights.sandbox,
        TAKEN_UP: taken_up,
    }


def record_bytes(weights: Weights, *, taken_up: bool = False) -> bytes:
    """The record as it stands in its file."""
    return (json.dumps(record_of(weights, taken_up=taken_up), indent=2, ensure_ascii=False) + "\n").encode()


def read_record(path: Path) -> tuple[Weights, bool] | None:
    """The weights a record tells of, and whether they stand in `character.toml`; None when it is no record of ours."""
    try:
        with path.open("rb") as file:
            kept = json.loads(file.read(LONGEST).decode("utf-8"))
        return _weights(kept), kept.get(TAKEN_UP) is True
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _weights(kept: Mapping[str, Json]) -> Weights:
    path, price = kept["path"], kept.get("price")
    if not isinstance(path, str) or not _FILE.fullmatch(path):
        raise ValueError("it names no weights of the project")
    texts = {
        name: plain(kept.get(name) or "")
        for name in ("trigger", "family", "dataset", "request_id", "character", "trainer")
    }
    numbers = {name: int(str(kept.get(name) or 0)) for name in ("size", "tensors", "steps", "pictures")}
    created, usd = float(str(kept.get("created") or 0)), money.usd(price) if isinstance(price, str) else None
    # What is taken up goes into character.toml, which holds no such numbers.
    if min(numbers.values()) < 0 or not 0 <= created < LATEST or (usd is not None and not usd >= 0):
        raise ValueError("its numbers make no sense")
    return Weights(
        path=path,
        job=str(kept["job"]),
        sha256=str(kept["sha256"]),
        size=numbers["size"],
        tensors=numbers["tensors"],
        trainer=texts["trainer"],
        training=Training(texts["trigger"], texts["family"], texts["dataset"], numbers["pictures"], numbers["steps"]),
        created=created,
        request_id=texts["request_id"],
        character=texts["character"],
        price=usd,
        sandbox=kept.get("sandbox") is True,
    )
