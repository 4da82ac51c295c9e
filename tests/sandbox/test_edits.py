"""Edit endpoints edit the picture they were given; utilities and trainers give what they promise."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile

import pytest
from PIL import Image, ImageDraw, ImageStat

from tests.sandbox.caller import FLEX, KONTEXT, Caller

RED, BLUE, WHITE = (200, 30, 30), (30, 60, 200), (250, 250, 250)
SIZE = (192, 256)


def figure(colour: tuple[int, int, int] = BLUE, ground: tuple[int, int, int] = WHITE) -> Image.Image:
    """A stand-in for a character: a head, a body in one colour, on even ground, more to the left."""
    picture = Image.new("RGB", SIZE, ground)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((60, 30, 100, 70), fill=(230, 190, 160))
    pen.rectangle((50, 70, 110, 220), fill=colour)
    return picture


def uri(picture: Image.Image, kind: str = "PNG") -> str:
    """The picture as a data URI."""
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(buffer.getvalue()).decode()}"


async def edit(caller: Caller, instruction: str, picture: Image.Image | None = None, **more: object) -> Image.Image:
    """What Kontext makes of the figure, at the figure's own size."""
    arguments = {
        "prompt": instruction,
        "image_url": uri(picture or figure()),
        "output_format": "png",
        "seed": 5,
        **more,
    }
    result = await caller.picture(await caller.output(KONTEXT, **arguments))
    return result.convert("RGB").resize(SIZE)


def near(one: tuple[int, ...], other: tuple[int, int, int], by: int = 60) -> bool:
    """Whether two colours are alike."""
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """A pixel's colour."""
    colour = picture.getpixel((x, y))
    assert isinstance(colour, tuple)
    return colour


BODY, GROUND = (80, 150), (150, 100)


@pytest.mark.parametrize("instruction", ["Make the suit red", "change her outfit to #C81E1E, keep the pose"])
async def test_a_colour_in_the_instruction_recolours_the_clothing_only(caller: Caller, instruction: str) -> None:
    result = await edit(caller, instruction)
    assert near(at(result, *BODY), RED)
    assert near(at(result, *GROUND), WHITE)


async def test_a_ground_in_a_colour_like_the_clothing_keeps_its_colour(caller: Caller) -> None:
    ground = (60, 90, 220)
    result = await edit(caller, "make the suit red", figure(ground=ground))
    assert near(at(result, *BODY), RED)
    assert near(at(result, *GROUND), ground, by=12)


async def test_the_stamp_of_an_earlier_picture_is_not_mirrored_with_it(caller: Caller) -> None:
    drawn = await caller.output(image_size={"width": 480, "height": 640}, output_format="png")
    url = drawn["images"][0]["url"]
    output = await caller.output(KONTEXT, prompt="mirror the image", image_url=url, output_format="png")
    result = (await caller.picture(output)).convert("L")
    width, height = result.size
    left = result.crop((0, height - height // 20, width // 5, height))
    right = result.crop((width - width // 5, height - height // 20, width, height))
    assert ImageStat.Stat(right).stddev[0] > 4 * ImageStat.Stat(left).stddev[0]


async def test_the_background_changes_and_the_figure_stays(caller: Caller) -> None:
    result = await edit(caller, "change the background to green")
    red, green, blue = at(result, *GROUND)
    assert green > red + 40
    assert green > blue + 40
    assert near(at(result, *BODY), BLUE)


async def test_night_is_darker_and_day_is_not(caller: Caller) -> None:
    assert sum(at(await edit(caller, "make it night"), *GROUND)) < 600
    assert sum(at(await edit(caller, "bright daylight", figure(ground=(120, 120, 120))), *GROUND)) > 400


async def test_mirror_turns_left_to_right(caller: Caller) -> None:
    result = await edit(caller, "mirror the image")
    assert near(at(result, SIZE[0] - BODY[0], BODY[1]), BLUE)
    assert near(at(result, 20, 150), WHITE)


async def test_words_it_does_not_know_still_change_the_picture_visibly(caller: Caller) -> None:
    one, again = await edit(caller, "more dramatic"), await edit(caller, "more dramatic")
    assert at(one, *GROUND) != at(figure(), *GROUND)
    assert one.tobytes() == again.tobytes()


async def test_an_edit_keeps_the_shape_of_its_input_or_takes_the_asked_ratio(caller: Caller) -> None:
    arguments = {"prompt": "red", "image_url": uri(figure())}
    kept = (await caller.output(KONTEXT, **arguments))["images"][0]
    wide = (await caller.output(KONTEXT, **arguments, aspect_ratio="16:9"))["images"][0]
    assert kept["width"] / kept["height"] == pytest.approx(3 / 4, abs=0.02)
    assert wide["width"] / wide["height"] == pytest.approx(16 / 9, abs=0.02)


async def test_a_mask_limits_the_edit_to_its_white_part(caller: Caller) -> None:
    mask = Image.new("L", SIZE)
    mask.paste(255, (0, 150, *SIZE))
    output = await caller.output(
        "fal-ai/flux-lora/inpainting",
        prompt="make it red",
        image_url=uri(figure()),
        mask_url=uri(mask),
        image_size={"width": SIZE[0], "height": SIZE[1]},
        output_format="png",
    )
    result = await caller.picture(output)
    assert near(at(result, 80, 200), RED)
    assert near(at(result, 80, 100), BLUE)


async def test_of_several_pictures_the_first_is_changed_unless_a_pose_is_asked_for(caller: Caller) -> None:
    async def made(prompt: str) -> Image.Image:
        pictures = [uri(figure()), uri(figure(RED))]
        output = await caller.output("fal-ai/nano-banana/edit", prompt=prompt, image_urls=pictures)
        return (await caller.picture(output)).convert("RGB").resize(SIZE)

    changed = await made("make the jacket red like image 2")
    assert near(at(changed, 80, 150), RED) and near(at(changed, 170, 150), WHITE)
    anew = await made("the person of image 1 sitting cross-legged in a red jacket")
    assert not near(at(anew, 55, 80), RED)


async def test_ideogram_repaints_the_black_part_of_a_mask(caller: Caller) -> None:
    mask = Image.new("L", SIZE, 255)
    mask.paste(0, (0, 150, *SIZE))
    output = await caller.output(
        "fal-ai/ideogram/character/edit",
        prompt="make it red",
        image_url=uri(figure()),
        mask_url=uri(mask),
        reference_image_urls=[uri(figure())],
    )
    result = (await caller.picture(output)).convert("RGB").resize(SIZE)
    assert near(at(result, 80, 200), RED)
    assert near(at(result, 80, 100), BLUE)


async def test_an_edit_takes_an_uploaded_file_and_an_earlier_result(caller: Caller) -> None:
    buffer = io.BytesIO()
    figure().save(buffer, "PNG")
    headers = {"Content-Type": "image/png", "X-Fal-File-Name": "a.png"}
    uploaded = await caller.call("POST", "/v3.fal.media/files/upload", data=buffer.getvalue(), headers=headers)
    first = await caller.output(KONTEXT, prompt="make it red", image_url=uploaded.json["access_url"])
    second = await caller.output(KONTEXT, prompt="mirror", image_url=first["images"][0]["url"], output_format="png")
    result = (await caller.picture(second)).convert("RGB").resize(SIZE)
    assert near(at(result, SIZE[0] - BODY[0], BODY[1]), RED)


async def test_a_redraw_from_references_takes_their_colours_and_bills_them(caller: Caller) -> None:
    handle = await caller.finished(
        "fal-ai/flux-2/edit",
        prompt="The same character as in the picture, in a running pose seen from the side, full body head to toe.",
        image_urls=[uri(figure(RED, (20, 60, 20)))],
        image_size={"width": 192, "height": 256},
        output_format="png",
    )
    answer = await caller.call("GET", handle["response_url"])
    result = (await caller.picture(answer.json)).convert("RGB")
    assert answer.headers["x-fal-billable-units"] == "2"
    red, green, _ = at(result, 8, 8)
    assert green > red
    pixels = [at(result, x, y) for x in range(0, 192, 4) for y in range(0, 256, 4)]
    assert sum(red > green + 50 for red, green, _ in pixels) > 20


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("data:image/png;base64,AAAA", "image_load_error"),
        ("data:image/png;base64,?", "image_load_error"),
        ("ftp://example.com/a.png", "file_download_error"),
        ("https://v3.fal.media/files/b/nobody/0.png", "file_download_error"),
    ],
)
async def test_an_input_that_is_no_picture_fails_as_at_fal_and_is_not_billed(
    caller: Caller, url: str, kind: str
) -> None:
    # Our own file host is known by its path, whatever address it had when the file was stored.
    url = url.replace("https://v3.fal.media", f"{caller.url}/v3.fal.media")
    handle = await caller.finished(KONTEXT, prompt="red", image_url=url)
    answer = await caller.call("GET", handle["response_url"])
    assert (answer.status, answer.json["detail"][0]["type"]) == (422, kind)
    assert answer.json["detail"][0]["loc"] == ["body", "image_url"]
    assert (await caller.ledger())["billed"] == 0


@pytest.mark.parametrize("endpoint", ["fal-ai/imageutils/rembg", "fal-ai/birefnet/v2", "fal-ai/bria/background/remove"])
async def test_a_cutout_has_real_alpha(caller: Caller, endpoint: str) -> None:
    result = await caller.picture(await caller.output(endpoint, image_url=uri(figure())))
    assert result.mode == "RGBA"
    assert result.size == SIZE
    assert at(result, *GROUND)[3] == 0
    assert at(result, *BODY)[3] == 255


async def test_an_upscaler_enlarges(caller: Caller) -> None:
    output = await caller.output("fal-ai/esrgan", image_url=uri(figure()), scale=3)
    assert (await caller.picture(output)).size == (SIZE[0] * 3, SIZE[1] * 3)


async def test_dwpose_draws_bones_where_the_figure_stands(caller: Caller) -> None:
    drawn = await caller.output(FLEX, prompt="standing", image_size={"width": 192, "height": 256}, output_format="png")
    result = await caller.picture(await caller.output("fal-ai/dwpose", image_url=drawn["images"][0]["url"]))
    box = result.convert("RGB").crop((0, 0, 150, 240)).getbbox()
    assert result.size == SIZE
    assert at(result.convert("RGB"), 2, 2) == (0, 0, 0)
    assert box is not None
    assert box[3] - box[1] > 100


def data_set(count: int) -> str:
    """A zip of pictures as a data URI."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.png", b"x")
    return f"data:application/zip;base64,{base64.b64encode(buffer.getvalue()).decode()}"


async def test_a_trainer_gives_a_safetensors_file_and_its_configuration(caller: Caller) -> None:
    output = await caller.output("fal-ai/flux-lora-fast-training", images_data_url=data_set(5), trigger_word="GLTCH")
    weights = (await caller.call("GET", output["diffusers_lora_file"]["url"])).data
    config = (await caller.call("GET", output["config_file"]["url"])).json
    length = struct.unpack("<Q", weights[:8])[0]
    header = json.loads(weights[8 : 8 + length])
    ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    assert max(ends) == len(weights) - 8 - length
    assert (config["trigger_word"], config["pictures"]) == ("GLTCH", 5)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (data_set(2), "archive_file_count_below_minimum"),
        ("data:application/zip;base64,AAAA", "invalid_archive"),
    ],
)
async def test_a_bad_data_set_is_refused_in_fals_words(caller: Caller, url: str, kind: str) -> None:
    handle = await caller.finished("fal-ai/flux-lora-fast-training", images_data_url=url)
    answer = await caller.call("GET", handle["response_url"])
    assert (answer.status, answer.json["detail"][0]["type"]) == (422, kind)
