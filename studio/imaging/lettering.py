"""Letters for sheets: the machine's own fonts where they have the characters, Pillow's otherwise."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

    Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

FAMILIES = (
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("PingFang.ttc", "PingFang.ttc"),
    ("msyh.ttc", "msyhbd.ttc"),
)
"""Files of fonts that are common on Linux, macOS and Windows, plain and bold, the liked ones first."""

PLAINER = {"×": "x", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"', "≈": "~"}
MISSING = "\uffff"


def lettered(text: str, size: int, *, bold: bool = False) -> tuple[str, Font]:
    """A font of `size` pixels that has every character of a text, and the text.

    Where no font on this machine has them all, the text comes back in letters that Pillow's own font has.
    """
    from PIL import ImageFont

    for family in FAMILIES:
        path = _path(family[bold])
        if path and all(_has(path, character) for character in set(text)):
            return text, ImageFont.truetype(path, size)
    return _simple(text), ImageFont.load_default(size)


def wrapped(pen: ImageDraw.ImageDraw, text: str, font: Font, width: int, most: int) -> list[str]:
    """The text in at most `most` lines of at most `width` pixels, broken at spaces and hyphens, cut with dots."""
    lines: list[str] = []
    for word in text.replace("-", "-\u200b").replace(" ", " \u200b").split("\u200b"):
        if lines and pen.textlength((lines[-1] + word).rstrip(), font=font) <= width:
            lines[-1] += word
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return [cut(pen, line.strip(), font, width) for line in lines]


def cut(pen: ImageDraw.ImageDraw, text: str, font: Font, width: int) -> str:
    """The text, shortened with dots until it fits into `width` pixels."""
    short = text
    while short and pen.textlength(short if short == text else f"{short}...", font=font) > width:
        short = short[:-1].rstrip()
    return short if short == text else f"{short}..."


@lru_cache(64)
def _path(name: str) -> str:
    """Where a font file lies, which Pillow looks for in the system's folders; empty when it is nowhere."""
    from PIL import ImageFont

    try:
        return str(ImageFont.truetype(name, 16).path)
    except OSError:
        return ""


@lru_cache(4096)
def _has(path: str, character: str) -> bool:
    from PIL import ImageFont

    font = ImageFont.truetype(path, 16)
    return character.isspace() or _shape(font, character) != _shape(font, MISSING)


def _shape(font: Font, character: str) -> tuple[object, bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


def _simple(text: str) -> str:
    plain = "".join(PLAINER.get(character, character) for character in text)
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(c if c.isascii() else "?" for c in parts if not unicodedata.combining(c) and c != "\u200b")
