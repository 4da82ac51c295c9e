"""Jobs and pictures that the library's tests are made of."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

from PIL import Image

from studio.domain.job import Handle, Job, JobState, Provenance
from studio.domain.request import Json, Request
from studio.engine.ports import Download
from studio.library.shelf import FolderShelf

RESULT: dict[str, Json] = {
    "images": [{"url": "https://v3.fal.media/files/a/b.png", "width": 24, "height": 32}],
    "seed": 184467,
    "timings": {"inference": 3.25},
    "has_nsfw_concepts": [False],
}
ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


def written(job_id: str = "job-1", pose: str = "hero stance", seed: int = 184467, sandbox: bool = False) -> Job:
    """A job as it is before it is sent."""
    arguments: dict[str, Json] = {
        "prompt": f"Glitch, a girl with a visor. {pose}.",
        "guidance_scale": 5.5,
        "num_inference_steps": 35,
        "seed": seed,
        "image_size": "portrait_4_3",
    }
    return Job(
        id=job_id,
        request=Request.make("fal-ai/flux-2-flex", arguments, seed),
        provenance=Provenance(character="Glitch", pose=pose, pose_text="stands tall", style="animated film"),
        created=1_700_000_000.0,
        session="s-1",
        sandbox=sandbox,
        estimate=Decimal("0.05"),
        unit_price=Decimal("0.05"),
    )


def moves(job: Job) -> list[Job]:
    """The job in every state on its way from written to completed."""
    handle = Handle(f"req-{job.id}", "https://q/s", "https://q/r", "https://q/c")
    sent = job.move(JobState.SENT, job.created + 1)
    queued = sent.move(JobState.QUEUED, job.created + 2, handle=handle, position=3)
    running = queued.move(JobState.RUNNING, job.created + 3, position=None)
    done = running.move(JobState.COMPLETED, job.created + 4, result="{}", units=Decimal(1), billed=Decimal("0.05"))
    return [job, sent, queued, running, done]


def completed(job_id: str = "job-1", pose: str = "hero stance", seed: int = 184467, sandbox: bool = False) -> Job:
    """A job whose result has come."""
    return moves(written(job_id, pose, seed, sandbox))[-1]


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (24, 32), seed: int = 1) -> bytes:
    """A small picture with some variety in it, so that it compresses to more than a few bytes."""
    noise = bytes((index * 37 * seed + index // 7) % 256 for index in range(size[0] * size[1] * len(mode)))
    out = io.BytesIO()
    image = Image.frombytes(mode, size, noise)
    if kind == "WEBP":
        image.save(out, format=kind, lossless=mode == "RGBA")
    else:
        image.save(out, format=kind)
    return out.getvalue()


def downloaded(shelf: FolderShelf, job: Job, data: bytes | None = None) -> Download:
    """The job's picture in the shelf's inbox, as the provider leaves it."""
    path = shelf.inbox(job)
    data = picture() if data is None else data
    path.write_bytes(data)
    return Download(path=path, size=len(data), content_type="image/png")


def visible_files(folder: Path) -> list[str]:
    """Every file under a folder that an artist would see, relative and sorted."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(name.as_posix() for name in names if not any(part.startswith(".") for part in name.parts))
