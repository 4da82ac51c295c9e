"""Poses told by a picture: the sandbox draws what the skeleton shows, wherever an endpoint takes it."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.config.presets import Presets
from studio.domain.skeleton import KEYPOINTS, Proportions, Skeleton, keypoints
from studio.imaging.look import Look
from studio.imaging.mannequin import draw_mannequin
from studio.imaging.openpose import draw_openpose
from studio.sandbox.cutouts import background_mask
from studio.sandbox.guides import blended, drawn_skeleton
from tests.sandbox.caller import Caller

CONTROL = "fal-ai/z-image/turbo/controlnet"
GENERAL = "fal-ai/flux-general"
SEVERAL = "fal-ai/nano-banana/edit"
SIZE = (240, 320)
ASKED = {"width": SIZE[0], "height": SIZE[1]}
STRANGE = Skeleton.from_mapping(
    {
        "bend": 18,
        "left_arm": {"lift": 150, "bend": 95, "twist": 20},
        "right_arm": {"lift": 60, "bend": 100, "twist": -70},
        "right_leg": {"lift": 60, "front": 15, "bend": 80},
    }
)
"""A pose that is no preset's, and that no word of the prompts below tells."""
WORDS = "a plain clay figure, white background"


def uri(picture: Image.Image) -> str:
    memory = io.BytesIO()
    picture.save(memory, "PNG")
    return f"data:image/png;base64,{base64.b64encode(memory.getvalue()).decode()}"


def bones(skeleton: Skeleton = STRANGE) -> str:
    return uri(draw_openpose(keypoints(skeleton, Proportions(7)), (384, 512)))


def clay(skeleton: Skeleton) -> Image.Image:
    return draw_mannequin(skeleton, Look(), SIZE, strictness=1.0)


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Shared area of two figures over the area of both, each in its own box."""
    one_cells, other_cells = _cells(one), _cells(other)
    return float((one_cells & other_cells).sum() / (one_cells | other_cells).sum())


def _cells(picture: Image.Image) -> Any:
    figure = background_mask(picture.convert("RGB")) < 0.5
    figure[-30:, -70:] = False  # the stamp
    rows, columns = np.flatnonzero(figure.any(axis=1)), np.flatnonzero(figure.any(axis=0))
    cut = figure[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.asarray(Image.fromarray(cut.astype(np.uint8) * 255).resize((96, 128))) > 127


def test_a_skeleton_that_is_no_preset_is_read_with_its_wrists_where_they_were() -> None:
    picture = draw_openpose(keypoints(STRANGE, Proportions(7)), (384, 512))
    read = drawn_skeleton(picture, Proportions(7))
    assert read is not None and read not in [pose.skeleton for pose in Presets().poses.values()]
    again, wanted = keypoints(read, Proportions(7)), keypoints(STRANGE, Proportions(7))
    for name in ("left_wrist", "right_wrist", "right_ankle"):
        number = KEYPOINTS.index(name)
        assert abs(again[number].x - wanted[number].x) < 0.05 and abs(again[number].y - wanted[number].y) < 0.05, name


@pytest.mark.parametrize(
    ("endpoint", "arguments"),
    [
        (CONTROL, {"image_url": bones(), "preprocess": "none", "image_size": ASKED}),
        (
            GENERAL,
            {
                "image_size": ASKED,
                "easycontrols": [
                    {"control_method_url": "pose", "image_control_type": "spatial", "image_url": bones(), "scale": 1}
                ],
            },
        ),
        (GENERAL, {"image_size": ASKED, "controlnets": [{"path": "some/pose", "control_image_url": bones()}]}),
    ],
)
async def test_the_figure_takes_the_pose_of_the_skeleton(
    caller: Caller, endpoint: str, arguments: dict[str, Any]
) -> None:
    drawn = await caller.picture(await caller.output(endpoint, prompt=WORDS, seed=3, **arguments))
    assert drawn.size == SIZE
    assert likeness(drawn, clay(STRANGE)) > 0.75 > likeness(drawn, clay(Skeleton()))


async def test_a_weak_guide_leaves_the_pose_to_the_words(caller: Caller) -> None:
    arguments = {"prompt": WORDS, "seed": 3, "image_size": ASKED, "image_url": bones()}
    weak, strong = [
        await caller.picture(await caller.output(CONTROL, control_scale=scale, **arguments)) for scale in (0.05, 0.8)
    ]
    assert likeness(weak, clay(STRANGE)) < likeness(strong, clay(STRANGE))
    assert likeness(weak, clay(Skeleton())) > likeness(strong, clay(Skeleton()))


async def test_the_named_picture_of_several_tells_the_pose_and_the_first_tells_the_colours(caller: Caller) -> None:
    who = Image.new("RGB", (96, 128), "white")
    who.paste((20, 60, 220), (30, 20, 66, 120))
    prompt = "A figure. Image 2 is a pose skeleton: take the pose from it. The person is the one of image 1."
    arguments = {"prompt": prompt, "image_urls": [uri(who), bones()], "aspect_ratio": "3:4"}
    drawn = (await caller.picture(await caller.output(SEVERAL, **arguments))).resize(SIZE)
    assert likeness(drawn, clay(STRANGE)) > 0.7
    pixels = np.asarray(drawn.convert("RGB"), np.int16)
    blue = (pixels[..., 2] > pixels[..., 0] + 50).sum()
    assert blue > 0.3 * (background_mask(drawn.convert("RGB")) < 0.5).sum()


async def test_a_mannequin_is_read_where_the_endpoint_is_told_to_look_for_a_pose(caller: Caller) -> None:
    pose = Presets().poses["high-kick"].skeleton
    assert pose is not None
    sent = {"image_url": uri(clay(pose)), "image_size": ASKED, "prompt": WORDS, "seed": 3}
    read = await caller.picture(await caller.output(CONTROL, preprocess="pose", **sent))
    unread = await caller.picture(await caller.output(CONTROL, preprocess="none", **sent))
    assert likeness(read, clay(pose)) > 0.75 > likeness(unread, clay(pose))


async def test_a_guide_that_cannot_be_fetched_is_named_where_it_stands(caller: Caller) -> None:
    control = {"control_method_url": "pose", "image_control_type": "spatial", "image_url": "data:nothing"}
    handle = await caller.finished(GENERAL, prompt=WORDS, image_size=ASKED, easycontrols=[control])
    answer = await caller.call("GET", handle["response_url"])
    assert answer.status == 422
    assert answer.json["detail"][0]["loc"] == ["body", "easycontrols", 0, "image_url"]


def test_blending_turns_the_shorter_way() -> None:
    one, other = Skeleton(turn=170), Skeleton(turn=-170)
    assert abs(blended(one, other, 0.5).turn) == 180
    assert blended(one, other, 0) == one
