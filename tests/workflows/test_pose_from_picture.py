"""A pose out of a picture: the reading survives everything, and says how well it fits."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from studio.domain.errors import ProjectError, UsageError
from studio.domain.skeleton import Proportions, Skeleton, keypoints
from studio.engine.ports import Completed
from studio.imaging.openpose import draw_openpose
from studio.workflows.pose_from_picture import (
    Reading,
    find_picture,
    read_before,
    read_skeleton,
    reading_plan,
    starts_of,
)
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio

STRANGE = Skeleton.from_mapping(
    {"left_arm": {"lift": 150, "bend": 95}, "right_leg": {"lift": 60, "front": 15, "bend": 80}}
)


def bones(heads: float = 7) -> Image.Image:
    return draw_openpose(keypoints(STRANGE, Proportions(heads)), (384, 512))


def photo(folder: Path) -> Path:
    path = folder / "me_and-my kick.png"
    Image.new("RGB", (300, 400), "teal").save(path)
    return path


async def test_a_reading_that_was_cut_off_is_rescued_and_then_free(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    studio = fake_studio(tmp_path, provider)
    picture = await find_picture(studio, str(photo(tmp_path)), tmp_path)
    plan = reading_plan(studio, picture)
    assert await read_before(studio, plan) is None
    await studio.generate(plan)
    while not provider.submitted:
        await asyncio.sleep(0)
    await studio.close()

    again = fake_studio(tmp_path, provider)
    memory = io.BytesIO()
    bones().save(memory, "PNG")
    url = "https://v3.fal.media/files/b/pose.png"
    provider.files[url] = memory.getvalue()
    provider.push("fake-1", Completed({"image": {"url": url}}, None))
    await again.rescue()
    await again.engine.queue.idle()
    known = await read_before(again, reading_plan(again, picture))
    assert known is not None and known.is_file() and len(provider.submitted) == 1
    reading = read_skeleton(known, picture.stem, again.project.character.proportions, starts_of(again))
    assert reading is not None and reading.miss < 0.05
    await again.close()


async def test_a_picture_is_found_by_path_by_name_and_by_take(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path)
    path = photo(tmp_path)
    for text in (str(path), f"'{path.name}'", path.name):
        found = await find_picture(studio, text, Path("/"))
        assert (found.stem, found.parent) == ("me and my kick", "")
    recipe = studio.project.settings.recipe()
    await studio.generate(studio.plan([studio.pose("running")], recipe))
    await studio.engine.queue.idle()
    for text in ("running-001", "takes/running/running-001.png", str(tmp_path / "takes/running/running-001.png")):
        taken = await find_picture(studio, text, tmp_path)
        assert (taken.stem, taken.parent) == ("running", "running-001")
    with pytest.raises(UsageError, match="no file and no take"):
        await find_picture(studio, "running-009", tmp_path)
    await studio.close()


@pytest.mark.parametrize("heads", [4.5, 6, 8])
def test_somebody_of_other_proportions_than_the_character_is_read_as_well(tmp_path: Path, heads: float) -> None:
    bones(heads).save(tmp_path / "bones.png")
    reading = read_skeleton(tmp_path / "bones.png", "bones", Proportions(5, "petite"), [])
    assert reading is not None and reading.miss < 0.015
    assert reading.skeleton.left_arm.lift > 100 and reading.skeleton.right_leg.lift > 35
    assert abs(reading.skeleton.head.nod) < 30


def test_an_ordinary_picture_is_no_skeleton_and_a_broken_one_is_named(tmp_path: Path) -> None:
    assert read_skeleton(photo(tmp_path), "me", Proportions(7), []) is None
    (tmp_path / "bad.png").write_bytes(b"no picture")
    with pytest.raises(ProjectError, match=r"bad\.png"):
        read_skeleton(tmp_path / "bad.png", "bad", Proportions(7), [])


def test_the_remark_tells_a_good_fit_from_a_poor_one() -> None:
    good, fair, poor = (Reading(Skeleton(), miss, 16, "me").remark() for miss in (0.012, 0.045, 0.12))
    assert good == "16 joints read; they are off by about 1 % of the figure."
    assert "flat picture" in fair and "worst limbs" in poor
