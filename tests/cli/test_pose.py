"""`studio pose`: a pose out of a picture, from the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from studio.config.project import load_poses
from studio.domain.errors import BadInput
from studio.domain.request import Request
from studio.domain.skeleton import KEYPOINTS, Point, Proportions, Skeleton, keypoints
from studio.engine.ports import Completed
from studio.imaging.openpose import draw_openpose
from tests.cli.conftest import Call, Fal

STRANGE = Skeleton.from_mapping(
    {"left_arm": {"lift": 150, "bend": 95}, "right_leg": {"lift": 60, "front": 15, "bend": 80}}
)
BUILD = Proportions(7)
FEW = tuple(point._replace(seen=number < 5) for number, point in enumerate(keypoints(STRANGE, BUILD)))


def skeleton_picture(points: tuple[Point, ...] | None = None) -> Image.Image:
    return draw_openpose(points or keypoints(STRANGE, BUILD), (384, 512))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "my-kick.png"
    Image.new("RGB", (300, 400), "teal").save(path)
    return path


def answer_with(fal: Fal, picture: Image.Image) -> None:
    """Let the next reading end with this picture."""
    memory = io.BytesIO()
    picture.save(memory, "PNG")
    url = "https://v3.fal.media/files/b/pose.png"
    fal.provider.files[url] = memory.getvalue()
    fal.provider.push("fake-1", Completed({"image": {"url": url, "width": 384, "height": 512}}, None))


def test_a_skeleton_picture_becomes_a_pose_at_once_and_for_nothing(call: Call, project: Path, fal: Fal) -> None:
    skeleton_picture().save(project / "bones.png")
    said = call("pose", project, "--from", "bones.png", "--name", "my kick")
    assert said.code == 0 and fal.sent == 0
    told = said.events("pose")[0]
    assert (told["name"], told["take"]) == ("my kick", None) and told["joints"] >= 14
    assert "off by about" in said.err
    made = load_poses(project)[-1]
    assert made.name == "my kick" and made.skeleton is not None and not made.ticked
    again, wanted = keypoints(made.skeleton, BUILD), keypoints(STRANGE, BUILD)
    for name in ("left_wrist", "right_ankle"):
        number = KEYPOINTS.index(name)
        assert abs(again[number].x - wanted[number].x) < 0.08 and abs(again[number].y - wanted[number].y) < 0.08


def test_a_photo_is_shown_to_dwpose_for_a_price_that_is_said_first(
    call: Call, project: Path, fal: Fal, photo: Path
) -> None:
    refused = call("pose", project, "--from", photo, "--name", "kick")
    assert refused.code == 5 and "$0.006" in refused.err and "--yes" in refused.err and fal.sent == 0
    dry = call("pose", project, "--from", photo, "--name", "kick", "--dry-run")
    assert dry.events("total")[0]["estimate"] == "0.006"
    answer_with(fal, skeleton_picture())
    said = call("pose", project, "--from", photo, "--name", "kick", "--yes")
    assert said.code == 0
    request: Request = fal.provider.submitted[0]
    assert request.endpoint == "fal-ai/dwpose" and request.arguments["draw_mode"] == "body-pose"
    assert str(request.arguments["image_url"]).startswith("data:image/png")
    stored = said.events("stored")[0]
    assert said.events("pose")[0]["take"] == stored["take"] and (project / stored["path"]).is_file()
    assert load_poses(project)[-1].skeleton is not None


def test_the_same_picture_is_never_paid_for_twice(call: Call, project: Path, fal: Fal, photo: Path) -> None:
    answer_with(fal, skeleton_picture())
    assert call("pose", project, "--from", photo, "--name", "kick", "--yes").code == 0
    said = call("pose", project, "--from", photo, "--name", "kick two")
    assert said.code == 0 and fal.sent == 1 and "before" in said.err
    assert [pose.name for pose in load_poses(project)[-2:]] == ["kick", "kick two"]


def test_a_take_is_read_and_its_skeleton_says_where_it_came_from(call: Call, project: Path, fal: Fal) -> None:
    answer_with(fal, Image.new("RGB", (300, 400), "teal"))
    take = call("render", project, "--pose", "running", "--yes").events("stored")[0]["take"]
    fal.provider.files.clear()
    url = "https://v3.fal.media/files/b/two.png"
    memory = io.BytesIO()
    skeleton_picture().save(memory, "PNG")
    fal.provider.files[url] = memory.getvalue()
    fal.provider.push("fake-2", Completed({"image": {"url": url}}, None))
    said = call("pose", project, "--from", take, "--name", "run again", "--yes", "--max-cost", "0.01")
    assert said.code == 0
    record = call("info", project / said.events("stored")[0]["path"]).lines[0]
    assert record["parent"] == take and record["pose"] == f"skeleton of {take}"


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (Image.new("RGB", (300, 400), "black"), "found no person"),
        (skeleton_picture(FEW), "only 5 joints"),
    ],
)
def test_what_dwpose_did_not_find_is_said(
    call: Call, project: Path, fal: Fal, photo: Path, picture: Image.Image, words: str
) -> None:
    before = load_poses(project)
    answer_with(fal, picture)
    said = call("pose", project, "--from", photo, "--name", "kick", "--yes")
    assert said.code == 2 and words in said.err and load_poses(project) == before


def test_a_refusal_of_fal_ends_it_with_its_exit_code(call: Call, project: Path, photo: Path, fal: Fal) -> None:
    fal.provider.push("fake-1", BadInput("The picture is too small."))
    said = call("pose", project, "--from", photo, "--name", "kick", "--yes")
    assert said.code == 1 and said.events("pose") == []


def test_what_is_wrong_with_the_command_costs_nothing(call: Call, project: Path, fal: Fal, photo: Path) -> None:
    assert "no file and no take" in call("pose", project, "--from", "nothing.png", "--name", "kick").err
    assert "already" in call("pose", project, "--from", photo, "--name", "Running", "--yes").err
    two = Image.new("RGB", (768, 512))
    two.paste(skeleton_picture(), (0, 0))
    two.paste(skeleton_picture(), (384, 0))
    two.save(project / "two.png")
    said = call("pose", project, "--from", "two.png", "--name", "kick")
    assert said.code == 2 and "2 skeletons" in said.err
    (project / "text.png").write_text("no picture")
    assert call("pose", project, "--from", "text.png", "--name", "kick").code == 2
    assert fal.sent == 0
