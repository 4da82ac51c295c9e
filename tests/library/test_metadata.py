"""The recipe inside pictures: other programs read it, and the pixels are not touched."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from studio.domain.errors import ProjectError
from studio.domain.job import Job, Provenance
from studio.domain.request import Json, Request
from studio.library import jpeg, png, webp
from studio.library.metadata import read_recipe, with_recipe
from studio.library.parameters import parse_parameters
from tests.library.samples import ENDINGS, RESULT, completed, picture

KINDS = [("PNG", "RGB"), ("PNG", "RGBA"), ("JPEG", "RGB"), ("WEBP", "RGB"), ("WEBP", "RGBA")]
SIZE = (24, 32)
USER_COMMENT = 0x9286

Save = Callable[[bytes], Path]


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    def save(data: bytes) -> Path:
        path = tmp_path / "picture"
        path.write_bytes(data)
        return path

    return save


def job_with(arguments: dict[str, Json], endpoint: str = "fal-ai/flux-2-flex", **provenance: Any) -> Job:
    origin = Provenance(**{"character": "Glitch", "pose": "hero stance", **provenance})
    return replace(completed(), request=Request.make(endpoint, arguments, 7), provenance=origin)


def inside(data: bytes, job: Job | None = None, result: Json = None) -> bytes:
    return with_recipe(data, job or completed(), result or RESULT, "hero-stance-001", SIZE)


def parameters_in(data: bytes) -> str:
    """The text as a program that knows nothing of the studio finds it."""
    with Image.open(io.BytesIO(data)) as image:
        if image.format == "PNG":
            return str(image.info["parameters"])
        comment = image.getexif().get_ifd(0x8769)[USER_COMMENT]
    assert comment.startswith(b"UNICODE\0")
    return str(comment[8:].decode("utf-16-be"))


@pytest.mark.parametrize(("kind", "mode"), KINDS)
def test_the_recipe_comes_back_and_the_pixels_are_the_same(kind: str, mode: str, saved: Save) -> None:
    plain = picture(kind, mode)
    made = inside(plain)
    with Image.open(io.BytesIO(plain)) as before, Image.open(io.BytesIO(made)) as after:
        assert (after.mode, after.size, after.tobytes()) == (before.mode, before.size, before.tobytes())
    recipe = read_recipe(saved(made))
    assert recipe["endpoint"] == "fal-ai/flux-2-flex"
    assert recipe["arguments"] == completed().request.arguments
    assert (recipe["seed"], recipe["seed_returned"]) == (184467, 184467)
    assert (recipe["character"], recipe["pose"], recipe["pose_text"]) == ("Glitch", "hero stance", "stands tall")
    assert (recipe["request_id"], recipe["take"]) == ("req-job-1", "hero-stance-001")
    assert (recipe["estimate"], recipe["billed"], recipe["units"]) == ("0.05", "0.05", "1")
    assert recipe["timings"] == {"inference": 3.25}


@pytest.mark.parametrize(("kind", "mode"), KINDS)
def test_other_programs_find_the_parameters(kind: str, mode: str) -> None:
    lines = parameters_in(inside(picture(kind, mode))).split("\n")
    assert lines == [
        "Glitch, a girl with a visor. hero stance.",
        "Steps: 35, Sampler: Undefined, CFG scale: 1, Distilled CFG Scale: 5.5, Seed: 184467, Size: 24x32, "
        "Model: fal-ai/flux-2-flex, Character: Glitch, Pose: hero stance, Version: Pose Studio 0.1.0",
    ]


@pytest.mark.parametrize(("kind", "mode"), KINDS)
def test_writing_twice_replaces_instead_of_adding(kind: str, mode: str, saved: Save) -> None:
    once = inside(picture(kind, mode))
    assert inside(once) == once
    later = inside(once, replace(completed(), billed=Decimal("0.10")))
    assert read_recipe(saved(later))["billed"] == "0.1"


def test_every_other_chunk_of_a_png_stays_byte_for_byte() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "of somebody else")
    info.add_text("parameters", "of somebody else")
    out = io.BytesIO()
    Image.new("RGB", SIZE, "red").save(out, "PNG", pnginfo=info, dpi=(72, 72))
    plain = out.getvalue() + b"trailing"

    def others(data: bytes) -> list[bytes]:
        return [bytes(chunk.whole) for chunk in png.chunks(data) if b"parameters" not in bytes(chunk.body[:11])]

    made = inside(plain)
    kept = [whole for whole in others(made) if b"pose-studio\0" not in whole[:24]]
    assert kept == others(plain)
    assert made.endswith(b"trailing")
    assert png.texts(made)["parameters"].startswith("Glitch")


def test_text_beyond_latin_letters_is_kept_in_a_png_without_compression() -> None:
    made = inside(picture(), job_with({"prompt": "侍の少女 — ✨"}))
    assert parameters_in(made).startswith("侍の少女 — ✨\n")
    kinds = [chunk.kind for chunk in png.chunks(made) if bytes(chunk.body).startswith(b"parameters")]
    assert kinds == [b"iTXt"]


def test_western_text_is_kept_in_a_png_the_way_every_reader_knows() -> None:
    made = inside(picture(), job_with({"prompt": "une épée"}))
    kinds = [chunk.kind for chunk in png.chunks(made) if bytes(chunk.body).startswith(b"parameters")]
    assert kinds == [b"tEXt"]


def test_a_jpeg_still_begins_with_its_own_header() -> None:
    assert next(jpeg.segments(picture("JPEG"))).marker == 0xE0
    assert [segment.marker for segment in jpeg.segments(inside(picture("JPEG")))][:3] == [0xE0, 0xE1, 0xFE]


@pytest.mark.parametrize(("mode", "flags"), [("RGB", 0x08), ("RGBA", 0x18)])
def test_a_webp_says_in_its_header_what_it_holds(mode: str, flags: int) -> None:
    head, *_, last = webp.chunks(inside(picture("WEBP", mode)))
    assert (head.kind, last.kind) == (b"VP8X", b"EXIF")
    assert head.body == bytes([flags, 0, 0, 0, 23, 0, 0, 31, 0, 0])


def test_exif_that_was_there_stays() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a description"
    out = io.BytesIO()
    Image.new("RGB", SIZE, "red").save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(inside(out.getvalue()))) as image:
        assert image.getexif()[0x010E] == "a description"
        assert USER_COMMENT in image.getexif().get_ifd(0x8769)


def test_a_prompt_too_long_for_a_jpeg_segment_is_whole_in_our_own_record(saved: Save) -> None:
    prompt = "a very long wish, " * 6000
    made = inside(picture("JPEG"), job_with({"prompt": prompt}))
    arguments = read_recipe(saved(made))["arguments"]
    assert isinstance(arguments, dict)
    assert arguments["prompt"] == prompt
    assert parse_parameters(parameters_in(made))["Seed"] == "7"


def test_a_model_without_steps_says_zero_to_others_and_null_to_us(saved: Save) -> None:
    made = inside(picture(), job_with({"prompt": "p", "guidance_scale": 3.5}, "fal-ai/flux-pro/kontext"))
    assert parameters_in(made).split("\n")[1].startswith("Steps: 0, ")
    assert read_recipe(saved(made))["steps"] is None


def test_guidance_of_other_families_is_a_plain_cfg_scale() -> None:
    arguments: dict[str, Json] = {"prompt": "p", "guidance_scale": 4, "num_inference_steps": 30}
    line = parameters_in(inside(picture(), job_with(arguments, "fal-ai/qwen-image"))).split("\n")[-1]
    assert "CFG scale: 4," in line
    assert "Distilled" not in line


def test_values_with_commas_are_quoted_and_the_negative_prompt_has_its_line() -> None:
    arguments: dict[str, Json] = {"prompt": "one\ntwo\n\n", "negative_prompt": "blur"}
    made = inside(picture(), job_with(arguments, pose='idle, "front": 1'))
    text = parameters_in(made)
    assert text.startswith("one\ntwo\nNegative prompt: blur\nSteps: 0")
    assert not text.endswith("\n")
    pairs = parse_parameters(text)
    assert pairs["Pose"] == 'idle, "front": 1'
    assert (pairs["prompt"], pairs["negative"]) == ("one\ntwo", "blur")


def test_nothing_private_goes_into_a_picture(saved: Save) -> None:
    arguments: dict[str, Json] = {
        "prompt": "p",
        "image_url": "data:image/png;base64,AAAA",
        "loras": [{"path": "https://user:pass@host/w.safetensors?token=secret", "scale": 0.8}],
    }
    made = inside(
        picture(), job_with(arguments, references=(("/home/anna/face.png", "ab"), ("references/x.png", "cd")))
    )
    for secret in (b"secret", b"pass@", b"anna", b"AAAA"):
        assert secret not in made
    recipe = read_recipe(saved(made))
    assert recipe["shortened"] == ["image_url", "loras.0.path"]
    assert recipe["loras"] == [{"path": "https://host/w.safetensors", "scale": 0.8, "sha256": None}]
    assert recipe["references"] == [{"path": "face.png", "sha256": "ab"}, {"path": "references/x.png", "sha256": "cd"}]
    assert "<lora:w:0.8>" in parameters_in(made)


def test_a_picture_of_another_program_tells_what_its_parameters_tell(saved: Save) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(
        "parameters",
        "a fox\nNegative prompt: blur,\nhands\nSteps: 28, Sampler: Euler a, CFG scale: 7, "
        'Seed: 9007199254740993, Size: 512x768, Model: "dream, v8", Version: v1.9',
        zip=True,
    )
    out = io.BytesIO()
    Image.new("RGB", SIZE).save(out, "PNG", pnginfo=info)
    recipe = read_recipe(saved(out.getvalue()))
    assert recipe["endpoint"] == "dream, v8"
    assert recipe["seed"] == 9007199254740993
    assert recipe["arguments"] == {
        "prompt": "a fox",
        "negative_prompt": "blur,\nhands",
        "num_inference_steps": 28,
        "guidance_scale": 7,
        "seed": 9007199254740993,
    }
    assert recipe["request_id"] is None
    assert recipe["billed"] is None


@pytest.mark.parametrize(("kind", "mode"), KINDS)
def test_a_picture_without_a_recipe_says_so(kind: str, mode: str, saved: Save) -> None:
    with pytest.raises(ProjectError, match="carries no recipe"):
        read_recipe(saved(picture(kind, mode)))


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        "[" * 100_000,
        '{"endpoint": NaN}',
        '{"endpoint": 5}',
        '{"endpoint": "x"',
        "[1, 2]",
        "1" * 5000,
        '{"endpoint":"x","arguments":' + '{"a":' * 50_000,
        '{"endpoint": "x", "seed": ' + "9" * 5000 + "}",
    ],
    ids=range(9),
)
def test_hostile_records_are_no_recipe(text: str, saved: Save) -> None:
    with pytest.raises(ProjectError, match="carries no recipe"):
        read_recipe(saved(png.with_texts(picture(), {"pose-studio": text})))


def test_a_text_that_unpacks_to_gigabytes_is_left_out(saved: Save) -> None:
    text = b"Steps: 20, Sampler: Euler a, Seed: 3, Model: dream"
    bomb = b"parameters\0\1\0\0\0" + zlib.compress(text + b" " * 50_000_000)
    plain = picture()
    chunk = len(bomb).to_bytes(4, "big") + b"iTXt" + bomb + zlib.crc32(b"iTXt" + bomb).to_bytes(4, "big")
    with pytest.raises(ProjectError, match="carries no recipe"):
        read_recipe(saved(plain[:33] + chunk + plain[33:]))


def test_half_characters_in_a_record_become_whole_ones(saved: Save) -> None:
    record = png.with_texts(picture(), {"pose-studio": '{"endpoint": "a\\ud800", "arguments": {"prompt": "\\udfff"}}'})
    json.dumps(read_recipe(saved(record)), ensure_ascii=False).encode("utf-8")


def test_arguments_that_are_none_become_an_empty_set(saved: Save) -> None:
    recipe = read_recipe(saved(png.with_texts(picture(), {"pose-studio": '{"endpoint": "e", "arguments": [1]}'})))
    assert recipe["arguments"] == {}


def test_a_file_that_is_no_picture_is_named(saved: Save, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="not a whole PNG"):
        read_recipe(saved(b"<html>not found</html>"))
    with pytest.raises(ProjectError, match="is gone"):
        read_recipe(tmp_path / "missing.png")
    with pytest.raises(ProjectError):
        read_recipe(tmp_path)


@pytest.mark.parametrize(("kind", "mode"), KINDS)
def test_a_cut_picture_never_breaks_the_reader(kind: str, mode: str, saved: Save) -> None:
    whole = inside(picture(kind, mode))
    for length in range(0, len(whole), 7):
        try:
            read_recipe(saved(whole[:length]))
        except ProjectError:
            continue


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), kind=st.sampled_from(["PNG", "JPEG", "WEBP"]), at=st.integers(0, 2000))
def test_garbage_inside_a_picture_never_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, kind: str, at: int
) -> None:
    whole = inside(picture(kind))
    path = tmp_path_factory.mktemp("hostile") / "picture"
    path.write_bytes(whole[:at] + data + whole[at + len(data) :])
    try:
        recipe = read_recipe(path)
    except ProjectError:
        return
    assert isinstance(recipe["arguments"], dict)


@settings(max_examples=40, deadline=None)
@given(prompt=st.text(max_size=200), pose=st.text(min_size=1, max_size=30), kind=st.sampled_from(sorted(ENDINGS)))
def test_any_prompt_and_any_pose_survive(
    tmp_path_factory: pytest.TempPathFactory, prompt: str, pose: str, kind: str
) -> None:
    whole = prompt.encode("utf-8", "replace").decode()
    path = tmp_path_factory.mktemp("round") / f"picture.{ENDINGS[kind]}"
    path.write_bytes(inside(picture(kind), job_with({"prompt": whole}, pose=pose)))
    recipe = read_recipe(path)
    assert recipe["arguments"] == {"prompt": whole}
    assert recipe["pose"] == pose
    with Image.open(path) as image:
        image.load()


def test_the_claimed_size_is_read_without_decoding() -> None:
    for kind, mode in KINDS:
        module = {"PNG": png, "JPEG": jpeg, "WEBP": webp}[kind]
        assert module.size(picture(kind, mode)) == SIZE
        assert module.size(inside(picture(kind, mode))) == SIZE


def test_a_line_of_letters_without_end_is_no_list_of_settings_and_is_soon_put_aside() -> None:
    assert parse_parameters("Z" * 200_000) == {}
    assert parse_parameters("a b " * 50_000) == {}
