"""Tiny LoRA weights, and jobs that train them."""

from __future__ import annotations

import json
import struct
from decimal import Decimal

from studio.domain.job import Job, JobState, Provenance
from studio.domain.lora import Training
from studio.domain.request import Request

TRAINER = "fal-ai/flux-lora-fast-training"
TRAINING = Training("glchgrl", "flux1", "ab" * 32, 12, 1000)


def fake_safetensors(numbers: int = 8, *, name: str = "block.lora_A.weight") -> bytes:
    """A whole file with one tensor of half-precision numbers."""
    header: dict[str, object] = {
        "__metadata__": {"by": "a test"},
        name: {"dtype": "F16", "shape": [numbers, 1], "data_offsets": [0, numbers * 2]},
    }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + bytes(range(numbers * 2))


def training_job(job_id: str = "train1", *, state: JobState = JobState.COMPLETED, created: float = 1e9) -> Job:
    """A job that trains a LoRA of Glitch, completed unless told otherwise."""
    url = f"https://v3.fal.media/files/b/{job_id}.safetensors"
    return Job(
        id=job_id,
        request=Request.make(TRAINER, {"images_data_url": "https://v3.fal.media/set.zip", "steps": 1000}),
        provenance=Provenance("Glitch", "LoRA glchgrl", training=TRAINING.pairs()),
        created=created,
        moved=created,
        state=state,
        estimate=Decimal(2),
        unit_price=Decimal(2),
        result=json.dumps({"diffusers_lora_file": {"url": url}, "config_file": {"url": url}}),
    )
