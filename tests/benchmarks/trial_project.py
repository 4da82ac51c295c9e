"""Projects to measure with: Glitch in a temporary folder, XDG folders of their own, and takes by the thousand."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from studio.config.paths import journal_file
from studio.config.presets import Presets
from studio.config.project import Project, load_project
from studio.config.project_files import create_project
from studio.domain.job import Handle, Job, JobState, Provenance
from studio.domain.request import Json, Request
from studio.domain.text import slug
from studio.library import job_rows, take_rows
from studio.library.database import Value
from studio.library.journal import SqliteJournal
from studio.library.picture_check import Picture

ROOT = Path(__file__).resolve().parents[2]
KEYS = ("FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET", "FAL_AI_API_KEY", "FAL_API_KEY", "STUDIO_FAL_URL")
PICTURE = (768, 1024)
"""Width and height of the one picture that all made-up takes share, in pixels."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A place where projects can be made and opened without touching anything of the user's."""

    folder: Path

    def glitch(self, name: str, settings: str = "") -> Project:
        """A new project of the sample character; `settings` are lines for the top of its `studio.toml`."""
        folder = self.folder / name
        create_project(folder, Presets().character("glitch"))
        path = folder / "studio.toml"
        names = [line.partition("=")[0].strip() for line in settings.splitlines()]
        kept = [line for line in path.read_text().splitlines() if line.partition("=")[0].strip() not in names]
        path.write_text(settings + "\n" + "\n".join(kept) + "\n")
        return load_project(folder)

    def command(self, project: Project) -> list[str]:
        """Opens a project."""
        return [sys.executable, "-m", "studio", str(project.folder)]


@contextmanager
def trial() -> Iterator[Trial]:
    """A place for projects; the environment of this process points into it until the block ends."""
    before = dict(os.environ)
    with TemporaryDirectory(prefix="pose-studio-") as name:
        folder = Path(name)
        os.environ["PYTHONPATH"] = str(ROOT)
        # Compiled once, as an installed program is, and never into the checkout.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "pycache")
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
        for key in KEYS:
            os.environ.pop(key, None)
        try:
            yield Trial(folder)
        finally:
            os.environ.clear()
            os.environ.update(before)


def tick(project: Project, count: int) -> None:
    """Tick the first poses of a project and no other."""
    path = project.folder / "poses.toml"
    entries = re.split(r"(?m)^(?=\[\[pose\]\])", re.sub(r"(?m)^ticked = .*\n", "", path.read_text()))
    for place in range(1, count + 1):
        entries[place] = entries[place].replace("[[pose]]\n", "[[pose]]\nticked = true\n")
    path.write_text("".join(entries))


def fill(project: Project, count: int) -> None:
    """Put made-up takes, spread over all poses, on the shelf of a project; their files are one picture."""
    from PIL import Image

    picture = project.folder / "picture.png"
    Image.linear_gradient("L").resize(PICTURE).convert("RGB").save(picture)
    path = journal_file(project.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    journal = SqliteJournal(path)
    jobs = [_written(project, number) for number in range(count)]
    journal.write(jobs)
    numbers: dict[str, int] = {}
    with journal.database.transaction() as connection:
        for job in jobs:
            stem = slug(job.pose)
            number = numbers[stem] = numbers.get(stem, 0) + 1
            done = _stored(job, f"{stem}-{number:03d}")
            file = f"takes/{stem}/{done.take}.png"
            (project.folder / file).parent.mkdir(parents=True, exist_ok=True)
            (project.folder / file).hardlink_to(picture)
            take: dict[str, Value] = take_rows.columns_of(done, Picture("png", *PICTURE), {})
            take |= {"id": done.take, "number": number, "path": file, "placed": 1}
            marks = ", ".join("?" * len(take))
            connection.execute(f"INSERT INTO take ({', '.join(take)}) VALUES ({marks})", tuple(take.values()))
            columns = job_rows.columns_of(done)
            changes = ", ".join(f"{name} = ?" for name in columns)
            connection.execute(f"UPDATE job SET {changes} WHERE id = ?", (*columns.values(), done.id))
    journal.close()


def _written(project: Project, number: int) -> Job:
    pose = project.poses[number % len(project.poses)]
    prompt = f"{project.character.description} {pose.text}"
    arguments: dict[str, Json] = {"prompt": prompt, "seed": number, "guidance_scale": 5.5, "num_inference_steps": 35}
    return Job(
        id=f"made-up-{number}",
        request=Request.make("fal-ai/flux-2-flex", arguments, number),
        provenance=Provenance(character=project.character.name, pose=pose.name, pose_text=pose.text),
        created=1_700_000_000.0 + number,
        sandbox=True,
        estimate=Decimal("0.05"),
        unit_price=Decimal("0.05"),
    )


def _stored(job: Job, take: str) -> Job:
    handle = Handle(f"request-{job.id}", "https://q/status", "https://q/response", "https://q/cancel")
    sent = job.move(JobState.SENT, job.created + 1)
    running = sent.move(JobState.QUEUED, job.created + 1, handle=handle).move(JobState.RUNNING, job.created + 2)
    done = running.move(JobState.COMPLETED, job.created + 4, result='{"images":[]}', billed=Decimal("0.05"))
    return done.move(JobState.STORED, job.created + 5, take=take)
