"""The contact sheet of a sweep: what came of each cell, drawn into one labelled picture in the project."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain import money
from studio.domain.errors import ProjectError
from studio.domain.job import Job
from studio.domain.request import Json
from studio.domain.take import Take
from studio.domain.text import plain, slug
from studio.imaging.grid_sheet import LONGEST, SheetCell, SheetText, grid_sheet
from studio.workflows.sweep import Sweep
from studio.workflows.sweep_axis import AxisKind

if TYPE_CHECKING:
    from PIL import Image

FOLDER = "sheets"
SANDBOX = "SANDBOX: nothing was charged"
MISSING = "The file of this take is gone."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one cell."""

    take: Take | None = None
    price: Decimal | None = None
    """USD: billed where fal said so, else expected."""
    bought: bool = True
    """False when the take had been there before."""
    trouble: str = ""
    """Why there is no take."""


def write_sheet(folder: Path, sweep: Sweep, outcomes: Mapping[str, Outcome]) -> Path:
    """Draw the sheet of a sweep into the `sheets/` of a project folder and give its path; no file is written over.

    `outcomes` are by job id; a job without one has not arrived. Raises ProjectError when the disk does not allow it.
    Blocks.
    """
    whole = [[outcomes.get(job.id, Outcome(trouble="It has not arrived.")) for job in row] for row in sweep.rows]
    cells = [
        [_cell(folder, job, outcome) for job, outcome in zip(jobs, row, strict=True)]
        for jobs, row in zip(sweep.rows, whole, strict=True)
    ]
    text = SheetText(
        title=plain(f"{sweep.rows[0][0].provenance.character}: {sweep.title}", limit=120),
        subtitle=plain(" · ".join(sheet_facts(sweep, outcomes)), limit=400),
        columns=tuple(plain(name, limit=80) for name in sweep.columns_named),
        rows=tuple(plain(name, limit=80) for name in sweep.rows_named),
        across=sweep.x.title,
        down=sweep.y.title if sweep.y else "",
        mark=SANDBOX if sweep.rows[0][0].sandbox else "",
    )
    axes = [axis.kind.value for axis in (sweep.x, sweep.y) if axis]
    return _saved(grid_sheet(text, cells), folder / FOLDER, slug("-".join(["sweep", *axes])))


def _cell(folder: Path, job: Job, outcome: Outcome) -> SheetCell:
    seed = "" if job.request.seed is None else f"seed {job.request.seed}"
    take = outcome.take
    if take is None:
        words = " · ".join(part for part in (seed, "no picture") if part)
        return SheetCell(None, "failed", words, plain(outcome.trouble, limit=300))
    price = money.shown(outcome.price) if outcome.bought else "had already"
    badge = " · ".join(part for part in (seed, price) if part)
    picture = None if take.flagged else _small(folder / take.path)
    trouble = "fal's safety checker blacked it out." if take.flagged else "" if picture else MISSING
    return SheetCell(picture, plain(take.id, limit=80), badge, trouble)


def _small(path: Path) -> Image.Image | None:
    from studio.imaging.thumbnail import thumbnail

    try:
        return thumbnail(path, (LONGEST[0], LONGEST[0]))
    except OSError:
        return None


def sheet_facts(sweep: Sweep, outcomes: Mapping[str, Outcome]) -> list[str]:
    """What all cells have in common, and what those that are there cost together. `outcomes` are by job id."""
    jobs = [job for row in sweep.rows for job in row]
    over = {axis.kind for axis in (sweep.x, sweep.y) if axis}
    facts = [sweep.models[0].title] if len(sweep.models) == 1 else [f"{len(sweep.models)} models"]
    if AxisKind.POSE not in over:
        facts.append(jobs[0].pose)
    for role, before in (("size", ""), ("steps", ""), ("guidance", "guidance ")):
        said = {_said(job, sweep, role) for job in jobs}
        if len(said) == 1 and (value := said.pop()):
            facts.append(f"{before}{value}{' steps' if role == 'steps' else ''}")
    seeds = {job.request.seed for job in jobs}
    if len(seeds) == 1 and (seed := seeds.pop()) is not None:
        facts.append(f"seed {seed}")
    came = [outcome for job in jobs if (outcome := outcomes.get(job.id)) is not None and outcome.take is not None]
    facts.append(f"{len(came)} of {len(jobs)} pictures" if len(came) < len(jobs) else f"{len(jobs)} pictures")
    total, unknown = money.total(outcome.price for outcome in came if outcome.bought)
    verb = "would cost " if jobs[0].sandbox else ""
    facts.append(f"{verb}{money.shown(total)}{f' and {unknown} of unknown price' if unknown else ''}")
    return facts


def _said(job: Job, sweep: Sweep, role: str) -> str:
    model = next(model for model in sweep.models if model.id == job.request.endpoint)
    param = model.role(role)
    value: Json = job.request.arguments.get(param.name) if param else None
    match value:
        case {"width": width, "height": height}:
            return f"{width}×{height}"
        case None | list() | dict():
            return ""
        case _:
            return str(value)


def _saved(picture: Image.Image, folder: Path, stem: str) -> Path:
    try:
        folder.mkdir(exist_ok=True)
        path = _claimed(folder, stem)
        part = folder / f".{path.name}.{secrets.token_hex(4)}.part"
        try:
            with part.open("wb") as file:
                picture.save(file, format="PNG")
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ProjectError(
            f"The sheet cannot be written into {folder.name}/: {error.strerror or error}.",
            "Make room or make the folder writable; the takes are all there.",
        ) from error
    return path


def _claimed(folder: Path, stem: str) -> Path:
    """A name of its own, taken by an empty file, so that two sweeps at once never write over each other."""
    number = 1
    while True:
        path = folder / f"{stem}-{number:03}.png"
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            number += 1
        else:
            return path
