"""Clips: a picture that the camera moves over, as long and as large as asked, from a start to an end frame if given."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import pi, sin

from PIL import Image, ImageOps

from studio.imaging.look import read_look
from studio.imaging.mannequin import draw_mannequin
from studio.sandbox.files import Product
from studio.sandbox.mp4 import mp4
from studio.sandbox.pictures import SOFTWARE, Opened
from studio.sandbox.posing import skeleton_for
from studio.sandbox.stamp import stamped
from studio.sandbox.work import Task

FRAMES_PER_SECOND = 12

SHORT_SIDES = {"720p": 720, "1080p": 1080, "4k": 2160}
"""Pixels of a clip's shorter side by the resolution argument; a clip without one is 720p (facts, section 4.2)."""

DRIFT = 0.06
"""Part of the picture the camera moves in by during a clip."""


def film(task: Task, inputs: Sequence[Opened]) -> Product:
    """The clip as an MP4 file of JPEG frames, without sound."""
    keys = [one.picture.convert("RGB") for one in inputs if one.role in ("image", "images")]
    size = _size(task, keys)
    first = keys[0] if keys else _drawn(task, size)
    last = keys[1] if len(keys) > 1 and "reference" not in task.model.id else None
    start = ImageOps.fit(first, size, Image.Resampling.LANCZOS)
    end = ImageOps.fit(last, size, Image.Resampling.LANCZOS) if last else None
    count = max(1, _seconds(task)) * FRAMES_PER_SECOND
    frames = [_jpeg(_frame(start, end, index / max(1, count - 1))) for index in range(count)]
    return Product("0.mp4", "video/mp4", mp4(frames, size, FRAMES_PER_SECOND, SOFTWARE))


def _drawn(task: Task, size: tuple[int, int]) -> Image.Image:
    return draw_mannequin(skeleton_for(task.prompt), read_look(task.prompt), size, seed=task.seed)


def _size(task: Task, keys: Sequence[Image.Image]) -> tuple[int, int]:
    wide, _, high = str(task.arguments.get("aspect_ratio")).partition(":")
    asked = (int(wide), int(high)) if wide.isdigit() and high.isdigit() else None
    width, height = asked or (keys[0].size if keys else (16, 9))
    resolution = task.arguments.get("resolution")
    short = SHORT_SIDES.get(resolution, 720) if isinstance(resolution, str) else 720
    ratio = min(max(width / height, 9 / 21), 21 / 9)
    sides = (round(short * ratio), short) if ratio >= 1 else (short, round(short / ratio))
    # Encoders that may come after us want even sides.
    return sides[0] // 2 * 2, sides[1] // 2 * 2


def _seconds(task: Task) -> int:
    param = task.model.role("duration")
    text = str(task.arguments.get(param.name, "")) if param else ""
    digits = text.removesuffix("s")
    return min(int(digits), 20) if digits.isdigit() else 5


def _frame(start: Image.Image, end: Image.Image | None, part: float) -> Image.Image:
    """The frame at `part` of the clip: the camera comes nearer and breathes, and fades to the end frame."""
    width, height = start.size
    near = 1 - DRIFT * part
    shift = sin(part * 4 * pi) * DRIFT / 6
    left, top = width * ((1 - near) / 2 + shift * (1 - near)), height * (1 - near) / 2
    box = (left, top, left + width * near, top + height * near)
    moved = start.resize(start.size, Image.Resampling.BILINEAR, box=box)
    if end is not None:
        moved = Image.blend(moved, end, part * part * (3 - 2 * part))
    return stamped(moved)


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
