"""What the sandbox draws from words: size, format, marks, seed, steps, pose."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import ExifTags, Image, ImageChops, ImageStat

from studio.config.presets import Presets
from studio.sandbox.posing import skeleton_for
from tests.sandbox.caller import FLEX, SMALL, Caller

MIDDLE = {"width": 240, "height": 320}


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures, 0 to 255."""
    assert one.size == other.size
    return sum(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean) / 3


@pytest.mark.parametrize(
    ("endpoint", "arguments", "size"),
    [
        (FLEX, {"image_size": "portrait_4_3"}, (768, 1024)),
        (FLEX, {"image_size": {"width": 100, "height": 60}}, (100, 60)),
        ("fal-ai/flux/schnell", {"image_size": "square"}, (512, 512)),
        ("fal-ai/flux-pro/v1.1-ultra", {"aspect_ratio": "3:4"}, (880, 1184)),
        ("fal-ai/gpt-image-1.5", {"image_size": "1024x1536"}, (1024, 1536)),
    ],
)
async def test_a_picture_has_the_size_that_was_asked_for(
    caller: Caller, endpoint: str, arguments: dict[str, object], size: tuple[int, int]
) -> None:
    output = await caller.output(endpoint, prompt="a knight", **arguments)
    assert (await caller.picture(output)).size == size
    assert (output["images"][0]["width"], output["images"][0]["height"]) == size


@pytest.mark.parametrize(("wanted", "kind"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP")])
async def test_a_picture_has_the_asked_format_and_says_which_software_made_it(
    caller: Caller, wanted: str, kind: str
) -> None:
    output = await caller.output("fal-ai/flux-2", prompt="a knight", image_size=SMALL, output_format=wanted)
    picture = await caller.picture(output)
    assert picture.format == kind
    assert output["images"][0]["content_type"] == f"image/{wanted}"
    said = picture.info.get("Software") if kind == "PNG" else picture.getexif()[ExifTags.Base.Software]
    assert said == "fal sandbox"


async def test_every_picture_carries_the_stamp_in_its_corner(caller: Caller) -> None:
    picture = (await caller.picture(await caller.output(image_size=MIDDLE, output_format="png"))).convert("L")
    corner = picture.crop((180, 300, 240, 320))
    other = picture.crop((0, 300, 60, 320))
    assert ImageStat.Stat(corner).stddev[0] > 4 * ImageStat.Stat(other).stddev[0]


async def test_the_same_seed_draws_the_same_bytes_and_another_another(caller: Caller) -> None:
    async def drawn(seed: int) -> bytes:
        output = await caller.output(seed=seed, image_size=MIDDLE)
        assert output["seed"] == seed
        return (await caller.call("GET", output["images"][0]["url"])).data

    assert await drawn(7) == await drawn(7)
    assert await drawn(7) != await drawn(8)


async def test_a_seed_is_chosen_and_told_when_none_was_given(caller: Caller) -> None:
    seeds = {(await caller.output())["seed"] for _ in range(3)}
    assert len(seeds) == 3


async def test_several_pictures_of_one_call_differ_and_are_billed_each(caller: Caller) -> None:
    handle = await caller.finished("fal-ai/flux/dev", prompt="a fox", image_size=MIDDLE, num_images=2)
    answer = await caller.call("GET", handle["response_url"])
    one, other = [(await caller.call("GET", entry["url"])).data for entry in answer.json["images"]]
    assert one != other
    assert answer.headers["x-fal-billable-units"] == "2"
    assert answer.json["has_nsfw_concepts"] == [False, False]


async def test_other_words_draw_another_figure(caller: Caller) -> None:
    one = await caller.picture(await caller.output(prompt="a knight in red plate armour", image_size=MIDDLE, seed=1))
    other = await caller.picture(await caller.output(prompt="a fox mascot, waving", image_size=MIDDLE, seed=1))
    assert difference(one, other) > 2


async def test_more_steps_draw_finer(caller: Caller) -> None:
    pictures = [
        await caller.picture(await caller.output(num_inference_steps=steps, image_size=MIDDLE, seed=1))
        for steps in (2, 35)
    ]
    assert difference(*pictures) > 0.1


async def test_a_black_picture_is_flagged(caller: Caller) -> None:
    output = await caller.output(prompt="sandbox-black")
    picture = await caller.picture(output)
    assert output["has_nsfw_concepts"] == [True]
    assert picture.convert("L").getextrema() == (0, 0)


async def test_sync_mode_puts_the_picture_into_the_answer(caller: Caller) -> None:
    output = await caller.output(sync_mode=True, output_format="png")
    head, _, payload = output["images"][0]["url"].partition(",")
    assert head == "data:image/png;base64"
    assert Image.open(io.BytesIO(base64.b64decode(payload))).size == (48, 64)


def test_a_preset_text_in_a_prompt_brings_its_own_skeleton() -> None:
    for name in ("flying", "sword-ready"):
        pose = Presets().pose(name)
        assert pose is not None
        assert skeleton_for(f"A petite girl. {pose.text.upper()} 3D film look. White background.") == pose.skeleton


def test_words_alone_bring_a_guess() -> None:
    assert skeleton_for("A girl sitting on a chair.") != skeleton_for("A girl jumping high into the air.")
