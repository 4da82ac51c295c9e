"""A pose out of a picture: a skeleton picture is read at once, any other goes through DWPose as a durable Job."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from studio.domain.errors import ProjectError, UsageError
from studio.domain.job import JobState, Provenance
from studio.domain.pose import Pose
from studio.domain.request import Json, Request
from studio.domain.skeleton import Proportions, Skeleton
from studio.domain.skeleton_fit import LEAST, fit_anybody
from studio.domain.take import Take
from studio.domain.text import plain
from studio.workflows.plan import Plan, priced_job
from studio.workflows.references import LoadedReference, load_reference, local_reference
from studio.workflows.studio import Studio

READER = "fal-ai/dwpose"
"""Endpoint that draws the skeleton of a person it is shown."""

AT_MOST = 10
"""Compute seconds a reading is reckoned with; DWPose on one picture takes a few."""

LIMBS = 8
"""Limbs below which a picture is no skeleton."""

BUILDS = (Proportions(5.5), Proportions(7.5))
"""Who else may be in a picture than the character: somebody small, and a grown-up."""

CLOSE, LOOSE = 0.03, 0.06
"""Miss up to which a fit is good, and up to which the pose is still the same one."""

NOTE = "DWPose costs what it computes, $0.0006 a second: a few seconds, reckoned as {}."


@dataclass(frozen=True, slots=True)
class PictureOfPose:
    """A picture a pose is to be read from."""

    reference: LoadedReference
    path: Path
    stem: str
    """What the pose may be called."""
    parent: str = ""
    """Take id, where it is one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A pose that was read, and how far its joints are off: the mean distance in heights of the figure."""

    skeleton: Skeleton
    miss: float
    joints: int
    stem: str

    def remark(self) -> str:
        """How well it fits, a sentence or two."""
        off = f"{self.joints} joints read; they are off by about {max(1, round(self.miss * 100))} % of the figure."
        if self.miss <= CLOSE:
            return off
        if self.miss <= LOOSE:
            return f"{off} Look at the limbs that point at you: a flat picture does not tell how far."
        return f"{off} That is much: set the worst limbs right before you keep it."


async def find_picture(studio: Studio, text: str, here: Path) -> PictureOfPose:
    """A take by its id or its file, or a picture file by its path, from `here` or from the project's folder.

    Raises UsageError when there is none of them.
    """
    name, folder = text.strip().strip("'\""), studio.project.folder
    if not name:
        raise UsageError("No picture is named.", "Name a file, or a take.")
    path = Path(name).expanduser()
    whole = next((one for one in (here / path, folder / path) if one.is_file()), None)
    desk = studio.engine.desk
    for take in await desk.hands(desk.shelf.takes):
        if take.id == name or (whole is not None and _same(folder / take.path, whole)):
            return await picture_of_take(studio, take)
    if whole is None:
        raise UsageError(f"There is no file and no take {plain(name, limit=80)!r}.", "Name a picture file, or a take.")
    reference = await asyncio.to_thread(local_reference, folder, whole)
    words = re.sub(r"[\W_]+", " ", plain(whole.stem, limit=60)).strip()
    return PictureOfPose(reference, whole, words or "pose")


async def picture_of_take(studio: Studio, take: Take) -> PictureOfPose:
    """A take as such a picture. Raises UsageError when its file is not there."""
    path = studio.path(take)
    return PictureOfPose(await asyncio.to_thread(load_reference, path, take.path), path, take.pose, take.id)


def read_skeleton(path: Path, stem: str, proportions: Proportions, starts: Iterable[Skeleton]) -> Reading | None:
    """The pose of a skeleton picture; None for a picture of any other kind. Blocks for a second or two.

    Raises UsageError when it shows several figures, ProjectError when it cannot be opened.
    """
    from PIL import Image, UnidentifiedImageError

    from studio.imaging.openpose_read import figures_seen, limbs_seen, read_openpose

    try:
        with Image.open(path) as picture:
            found = read_openpose(picture)
            figures = figures_seen(picture) if limbs_seen(found) >= LIMBS else 0
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ProjectError(f"{plain(path.name)} cannot be opened as a picture.", "Use PNG, JPEG or WebP.") from error
    if figures > 1:
        raise UsageError(
            f"{plain(path.name)} shows {figures} skeletons.",
            "Cut the picture so that one person is left, and try again.",
        )
    if limbs_seen(found) < LIMBS or len(found) < LEAST:
        return None
    fit = fit_anybody(found, [proportions, *BUILDS], starts)
    return Reading(fit.skeleton, fit.miss, len(found), stem)


def must_read(path: Path, stem: str, proportions: Proportions, starts: Iterable[Skeleton]) -> Reading:
    """The pose of what DWPose drew. Raises UsageError with what is missing when it found nobody, or too little."""
    from PIL import Image

    from studio.imaging.openpose_read import read_openpose

    if (reading := read_skeleton(path, stem, proportions, starts)) is not None:
        return reading
    with Image.open(path) as picture:
        seen = len(read_openpose(picture))
    remedy = "Take a picture of one person from head to feet, well lit and alone."
    if not seen:
        raise UsageError("DWPose found no person in that picture.", remedy)
    raise UsageError(f"DWPose found only {seen} joints in that picture; a pose needs {LEAST} and more.", remedy)


def starts_of(studio: Studio) -> list[Skeleton]:
    """The known poses a reading begins from: the artist's own, then the presets."""
    own: list[Pose] = [*studio.project.poses, *studio.presets.poses.values()]
    return [pose.skeleton for pose in own if pose.skeleton is not None]


def reading_plan(studio: Studio, picture: PictureOfPose) -> Plan:
    """One Job that has DWPose draw the skeleton of a picture, reckoned generously. Its take stands under a name of its
    own, with the picture's take as its parent. Pure. Raises UsageError when the catalogue lost the endpoint.
    """
    model = studio.model(READER)
    arguments: dict[str, Json] = {"image_url": picture.reference.uri, "draw_mode": "body-pose"}
    provenance = Provenance(
        character=studio.project.character.name,
        pose=f"skeleton of {picture.parent or picture.stem}",
        parent=picture.parent,
        references=((picture.reference.path, picture.reference.sha256),),
    )
    job = priced_job(model, Request.make(model.id, arguments), provenance, studio.context())
    if job.estimate is None and job.unit_price is not None:
        job = replace(job, estimate=job.unit_price * Decimal(AT_MOST))
    return Plan((job,), (NOTE.format(f"{AT_MOST} s"),))


async def read_before(studio: Studio, plan: Plan) -> Path | None:
    """The skeleton DWPose drew of the very same picture, when its file is still there. Nothing is sent."""
    desk = studio.engine.desk
    for form in await studio.uploads.forms(plan):
        job = await desk.pen(desk.journal.duplicate, form.jobs[0].request.digest)
        if job is None or job.state is not JobState.STORED or (job.sandbox and not plan.jobs[0].sandbox):
            continue
        take = await desk.hands(desk.shelf.take, job.take)
        if take is not None and not take.trashed and studio.path(take).is_file():
            return studio.path(take)
    return None


def _same(one: Path, other: Path) -> bool:
    return one.name == other.name and one.resolve() == other.resolve()
