"""Edits of a picture by instruction: recolour, new background, light, mirror, grey; else a visible tint.

Everything is worked out from the words and the picture alone, so the same instruction gives the same pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from studio.sandbox.colour_words import Rgb, colours_in
from studio.sandbox.cutouts import background_mask
from studio.sandbox.sizes import fitting

Pixels = NDArray[np.floating[Any]]

LONGEST_INSTRUCTION = 240
"""Characters; a longer text describes a picture and does not say what to change in one."""


HEAD_PART = 0.24
"""Part of a figure's height that its head and hair take, between a hero's eighth and a mascot's third."""


class Kind(StrEnum):
    """What an instruction wants."""

    RECOLOUR = "recolour"
    BACKGROUND = "background"
    LIGHT = "light"
    MIRROR = "mirror"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing to do. `colour` for recolour and background, `amount` for light: 1 leaves it as it is."""

    kind: Kind
    colour: Rgb = (0, 0, 0)
    amount: float = 1.0
    head: bool = False
    """Recolour: only what is on the head."""


_SCENES: dict[str, Rgb] = {
    "forest": (46, 84, 52),
    "jungle": (40, 92, 48),
    "beach": (226, 204, 160),
    "desert": (214, 178, 122),
    "sky": (142, 190, 232),
    "sea": (52, 110, 158),
    "city": (98, 104, 118),
    "street": (110, 108, 110),
    "space": (14, 14, 34),
    "snow": (232, 238, 246),
    "sunset": (236, 140, 88),
    "studio": (210, 210, 212),
}
"""Backgrounds by word, as one colour each: what a mood board would pick."""

_DARK = re.compile(r"\b(night|dark(?:er)?|dusk|dim(?:mer)?|midnight|moonlight)\b")
_BRIGHT = re.compile(r"\b(daylight|bright(?:er)?|sunny|lighter|noon|morning)\b")
_MIRROR = re.compile(r"\b(mirror(?:ed)?|flip(?:ped)?|turn(?:ed)? around|other way|opposite direction)\b")
_GREY = re.compile(r"\b(black and white|greyscale|grayscale|monochrome|desaturate(?:d)?)\b")
_HEAD = re.compile(r"\b(hair|ponytail|head|hat|cap|helmet|hood|visor|goggles?|mask|crown|ears?)\b")
_BACKGROUND = re.compile(r"\b(background|backdrop|scene|setting)\b")
_CLAUSES = re.compile(r"[,.;!?]|\band\b|\bthen\b|\bwhile\b|\bkeep(?:ing)?\b")


def read_edits(instruction: str) -> list[Edit]:
    """What an instruction asks for, in its order; nothing when no word of it is known."""
    text = instruction.casefold()
    found = [Edit(Kind.GREY)] if _GREY.search(text) else []
    for clause in _CLAUSES.split(_GREY.sub(" ", text)):
        colours = colours_in(clause)
        scene = next((colour for word, colour in _SCENES.items() if re.search(rf"\b{word}\b", clause)), None)
        if _BACKGROUND.search(clause) or (scene and re.search(r"\b(in|on|at|to)\b", clause)):
            colour = colours[-1] if colours else scene
            if colour:
                found.append(Edit(Kind.BACKGROUND, colour))
        elif colours:
            found.append(Edit(Kind.RECOLOUR, colours[-1], head=bool(_HEAD.search(clause))))
        if _MIRROR.search(clause):
            found.append(Edit(Kind.MIRROR))
        if _DARK.search(clause) and not colours:
            found.append(Edit(Kind.LIGHT, amount=0.65))
        elif _BRIGHT.search(clause) and not colours:
            found.append(Edit(Kind.LIGHT, amount=1.3))
    return list(dict.fromkeys(found))


def is_instruction(prompt: str) -> bool:
    """Whether a prompt says what to change in a picture, rather than what a new picture should show."""
    return len(prompt) <= LONGEST_INSTRUCTION and bool(read_edits(prompt))


def edited(
    picture: Image.Image, instruction: str, size: tuple[int, int] | None, seed: int, mask: Image.Image | None = None
) -> Image.Image:
    """The picture after the instruction, in the asked size (about one megapixel of its own shape when none was).

    With a mask only its white part changes.
    """
    before = ImageOps.fit(picture, size or fitting(picture.size), Image.Resampling.LANCZOS).convert("RGB")
    pixels: Pixels = np.asarray(before, dtype=np.float32) / 255
    outside = background_mask(before)
    edits = read_edits(instruction)
    for edit in edits:
        pixels, outside = _applied(edit, pixels, outside)
    if not edits:
        pixels = _tinted(pixels, seed)
    after = Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8), "RGB")
    if mask is None:
        return after
    return Image.composite(after, before, mask.convert("L").resize(before.size))


def _applied(edit: Edit, pixels: Pixels, outside: Pixels) -> tuple[Pixels, Pixels]:
    match edit.kind:
        case Kind.RECOLOUR:
            return _recoloured(pixels, _off_head(outside) if edit.head else outside, edit.colour), outside
        case Kind.BACKGROUND:
            return _behind(pixels, outside, edit.colour), outside
        case Kind.LIGHT:
            return _lit(pixels, edit.amount), outside
        case Kind.MIRROR:
            return pixels[:, ::-1].copy(), outside[:, ::-1].copy()
        case Kind.GREY:
            return np.repeat(_luma(pixels)[..., None], 3, axis=2), outside


def _recoloured(pixels: Pixels, outside: Pixels, colour: Rgb) -> Pixels:
    """The dominant clothing colour becomes `colour`; its light and shadow stay."""
    inside = outside < 0.5
    dominant = _dominant(pixels, inside)
    target = np.array(colour, dtype=np.float32) / 255
    distance = np.linalg.norm(_chroma(pixels) - _chroma(dominant[None, None]), axis=2)
    tone = np.abs(_luma(pixels) - _luma(dominant[None, None]))
    weight = np.clip(1.4 - distance * 6 - tone * 1.6, 0, 1) * (1 - outside)
    shading = _luma(pixels) / max(0.08, float(_luma(dominant[None, None])[0, 0]))
    painted = np.clip(target[None, None] * np.clip(shading, 0.25, 1.9)[..., None], 0, 1)
    return np.asarray(pixels + (painted - pixels) * weight[..., None], dtype=np.float32)


def _off_head(outside: Pixels) -> Pixels:
    """The mask with everything but the figure's head counted as outside."""
    rows = np.flatnonzero((outside < 0.5).any(axis=1))
    if len(rows) == 0:
        return outside
    chin = int(rows[0] + (rows[-1] - rows[0]) * HEAD_PART)
    return np.where(np.arange(len(outside))[:, None] < chin, outside, np.ones_like(outside))


def _dominant(pixels: Pixels, inside: NDArray[np.bool_]) -> Pixels:
    """The most frequent colour of the figure that is neither skin nor a highlight; the middle of its bin."""
    body = pixels[inside]
    if len(body) == 0:
        body = pixels.reshape(-1, 3)
    red, green, blue = body[:, 0], body[:, 1], body[:, 2]
    skin = (red > 0.55) & (red > green * 1.05) & (green > blue * 1.02) & (red - blue < 0.45)
    cloth = body[~skin] if (~skin).sum() > len(body) // 10 else body
    bins = np.minimum((cloth * 6).astype(np.int32), 5)
    codes = bins[:, 0] * 36 + bins[:, 1] * 6 + bins[:, 2]
    favourite = np.bincount(codes).argmax()
    return np.asarray(cloth[codes == favourite].mean(axis=0), dtype=np.float32)


def _behind(pixels: Pixels, outside: Pixels, colour: Rgb) -> Pixels:
    height = pixels.shape[0]
    fall = np.linspace(1.12, 0.82, height, dtype=np.float32)[:, None, None]
    # The old ground's shading stays, so that the figure keeps its shadow.
    paper = max(0.05, float(np.median(_luma(pixels)[outside > 0.5]))) if (outside > 0.5).any() else 1.0
    shade = np.clip(_luma(pixels) / paper, 0.35, 1.1)[..., None]
    ground = np.array(colour, dtype=np.float32)[None, None] / 255 * fall * shade
    return np.asarray(pixels + (ground - pixels) * outside[..., None], dtype=np.float32)


def _lit(pixels: Pixels, amount: float) -> Pixels:
    if amount >= 1:
        return np.asarray(1 - (1 - pixels) ** amount, dtype=np.float32)
    cold = np.array([0.82, 0.92, 1.18], dtype=np.float32)
    return np.asarray(pixels * amount * cold, dtype=np.float32)


def _tinted(pixels: Pixels, seed: int) -> Pixels:
    """A tint whose hue hangs on the seed, and a vignette: nobody takes it for the input."""
    hue = (seed % 360) / 360 * 2 * np.pi
    tint = 1 + 0.16 * np.array([np.cos(hue), np.cos(hue - 2.094), np.cos(hue + 2.094)], dtype=np.float32)
    height, width = pixels.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    vignette = 1 - 0.32 * np.clip((x * x + y * y) / 2, 0, 1) ** 1.5
    return np.asarray(pixels * tint * vignette[..., None], dtype=np.float32)


def _luma(pixels: Pixels) -> Pixels:
    return np.asarray(pixels @ np.array([0.299, 0.587, 0.114], dtype=np.float32), dtype=np.float32)


def _chroma(pixels: Pixels) -> Pixels:
    return np.asarray(pixels - _luma(pixels)[..., None], dtype=np.float32)
