"""The recipe inside pictures: written into PNG, JPEG and WebP files without touching a pixel, and read back.

PNG: text chunks `parameters` and `pose-studio`. JPEG: EXIF user comment, and comment segments that begin with
`pose-studio` and a zero byte. WebP: EXIF user comment, and an EXIF maker note that begins the same way.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from types import ModuleType

from studio.domain.errors import ProjectError
from studio.domain.job import Job
from studio.domain.request import Json
from studio.domain.text import plain
from studio.library import jpeg, png, webp
from studio.library.disk import named_trouble
from studio.library.jpeg import PARAMETERS
from studio.library.parameters import compose_parameters, parse_parameters
from studio.library.png import BrokenFile
from studio.library.recipe_chunk import KEY, public_arguments, record_from, record_of, text_of

LARGEST = 256 * 1024 * 1024
"""Bytes of a picture that is looked into; above what is ever downloaded."""

ALWAYS = ("endpoint", "arguments", "seed", "character", "pose", "request_id", "billed")
"""Keys that every recipe that is read has; None where the picture does not say."""


def picture_kind(data: bytes) -> str | None:
    """The file ending that the content asks for: `png`, `jpg` or `webp`; None for anything else."""
    if data.startswith(png.SIGNATURE):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def claimed_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels that the file claims, read without decoding. Raises BrokenFile."""
    width, height = _carrier(data).size(data)
    return width, height


def with_recipe(data: bytes, job: Job, result: Json, take_id: str, size: tuple[int, int]) -> bytes:
    """The picture's bytes with its recipe inside, the compressed pixels byte for byte the same. Raises BrokenFile."""
    arguments, _ = public_arguments(job.request.arguments)
    parameters = compose_parameters(
        job.request.endpoint,
        arguments,
        seed=job.request.seed,
        size=size,
        pose=job.pose,
        character=job.provenance.character,
    )
    record = text_of(record_of(job, result, take_id, size))
    made: bytes = _carrier(data).with_texts(data, {PARAMETERS: parameters, KEY: record})
    return made


def read_recipe(path: Path) -> dict[str, Json]:
    """The recipe inside a picture; of a picture from another program, what its `parameters` text tells.

    Texts are as they stand in the file: make them harmless before showing them. Raises ProjectError when the file
    cannot be read, is no picture, or has no recipe.
    """
    with named_trouble("the picture could not be read", path), path.open("rb") as file:
        data = file.read(LARGEST + 1)
    name = plain(path.name)
    if len(data) > LARGEST:
        raise ProjectError(f"{name} is larger than any picture of the studio.", "Choose a picture.")
    try:
        texts: dict[str, str] = _carrier(data).texts(data)
    except BrokenFile as error:
        raise ProjectError(
            f"{name} is not a whole PNG, JPEG or WebP picture: {error}.", "Choose a picture that opens in a viewer."
        ) from error
    recipe = record_from(texts[KEY]) if KEY in texts else None
    recipe = recipe or _foreign(texts.get(PARAMETERS, ""))
    if recipe is None:
        raise ProjectError(
            f"{name} carries no recipe.", "Choose a take of the studio; programs that save pictures anew often drop it."
        )
    if not isinstance(recipe.get("arguments"), dict):
        recipe["arguments"] = {}
    return {**dict.fromkeys(ALWAYS), **recipe}


def job_in(data: bytes) -> str | None:
    """The id of the job a picture came from, or None when it does not say."""
    record = own_recipe(data)
    job = record.get("job") if record else None
    return job if isinstance(job, str) else None


def own_recipe(data: bytes) -> dict[str, Json] | None:
    """The studio's own record in a picture, as it stands there; None when it has none or is no picture."""
    try:
        texts: dict[str, str] = _carrier(data).texts(data)
    except BrokenFile:
        return None
    return record_from(texts.get(KEY, ""))


def _carrier(data: bytes) -> ModuleType:
    match picture_kind(data):
        case "png":
            return png
        case "jpg":
            return jpeg
        case "webp":
            return webp
        case _:
            raise BrokenFile("it begins like none of them")


def _foreign(text: str) -> dict[str, Json] | None:
    pairs = parse_parameters(text)
    if not pairs:
        return None
    guidance = pairs.get("Distilled CFG Scale") or pairs.get("CFG scale")
    arguments: dict[str, Json] = {"prompt": pairs["prompt"]}
    if pairs["negative"]:
        arguments["negative_prompt"] = pairs["negative"]
    for name, value in (("num_inference_steps", pairs.get("Steps")), ("guidance_scale", guidance)):
        if number := _number(value):
            arguments[name] = number
    if (seed := _number(pairs.get("Seed"))) is not None:
        arguments["seed"] = seed
    return {
        "app": pairs.get("Version", ""),
        "prompt": pairs["prompt"],
        "negative": pairs["negative"],
        "endpoint": pairs.get("Model"),
        "arguments": arguments,
        "seed": seed,
        "character": pairs.get("Character"),
        "pose": pairs.get("Pose"),
        "parameters": dict(pairs),
    }


def _number(text: str | None) -> int | float | None:
    if re.fullmatch(r"-?\d{1,20}", text or ""):
        return int(text or 0)
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None
