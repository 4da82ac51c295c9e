"""Colours in an instruction: names an artist uses, and hex values."""

from __future__ import annotations

import re

Rgb = tuple[int, int, int]

NAMES: dict[str, Rgb] = {
    "black": (28, 28, 32),
    "white": (244, 244, 242),
    "grey": (128, 128, 132),
    "gray": (128, 128, 132),
    "silver": (192, 194, 200),
    "gold": (218, 174, 62),
    "golden": (218, 174, 62),
    "bronze": (170, 116, 60),
    "red": (206, 38, 42),
    "crimson": (178, 20, 52),
    "maroon": (110, 24, 34),
    "orange": (238, 128, 34),
    "amber": (246, 176, 40),
    "yellow": (246, 214, 54),
    "beige": (224, 208, 178),
    "cream": (246, 236, 214),
    "brown": (122, 78, 46),
    "tan": (204, 168, 124),
    "green": (52, 152, 72),
    "emerald": (28, 148, 104),
    "olive": (118, 122, 52),
    "lime": (150, 214, 46),
    "teal": (22, 136, 138),
    "turquoise": (54, 198, 190),
    "cyan": (38, 206, 230),
    "blue": (46, 92, 206),
    "navy": (28, 40, 92),
    "indigo": (72, 52, 160),
    "purple": (126, 58, 176),
    "violet": (142, 78, 206),
    "lavender": (188, 166, 226),
    "magenta": (214, 40, 174),
    "pink": (244, 126, 176),
    "hot pink": (255, 20, 147),
}
"""Plain mid tones, readable on the mannequin in light and shadow."""

_SHADES = {"dark": -0.4, "deep": -0.25, "light": 0.45, "pale": 0.65, "bright": 0.15}
"""How far towards black (below 0) or white a word takes a colour."""

_HEX = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_WORD = re.compile(
    r"(?:\b(dark|deep|light|pale|bright)[ -])?\b(" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")\b"
)


def colours_in(text: str) -> list[Rgb]:
    """Every colour the text names, in its order. A hex value wins over a name right before it."""
    found: list[tuple[int, Rgb]] = []
    for match in _HEX.finditer(text):
        digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
        found.append((match.start(), (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))))
    for match in _WORD.finditer(text.casefold()):
        followed = any(0 <= place - match.end() <= 2 for place, _ in found)
        if not followed:
            found.append((match.start(), _shaded(NAMES[match[2]], match[1])))
    return [colour for _, colour in sorted(found)]


def _shaded(colour: Rgb, shade: str | None) -> Rgb:
    by = _SHADES.get(shade or "", 0.0)
    red, green, blue = (round(part * (1 + by) if by < 0 else part + (255 - part) * by) for part in colour)
    return red, green, blue
