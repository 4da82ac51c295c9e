"""The looks of runs of text, worked out once for each theme.

Style-sheet component classes would cost every widget a pass over the rules for each look before the first frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.style import Style
from textual.color import Color, ColorParseError

MUTED, DISABLED = 0.62, 0.4
"""How much of the foreground is left where a theme only says `auto`."""


@lru_cache(maxsize=8)
def _looks(variables: tuple[tuple[str, str], ...]) -> Mapping[str, Style]:
    named = dict(variables)
    background = _colour(named, "background", "#000000", Color(0, 0, 0))
    foreground = _colour(named, "foreground", "#FFFFFF", background)

    def look(name: str, share: float = 1.0, *, bold: bool = False) -> Style:
        faded = background.blend(foreground, share).hex
        return Style(color=_colour(named, name, faded, background).rich_color, bold=bold or None)

    return {
        "muted": look("text-muted", MUTED),
        "faint": look("foreground-disabled", DISABLED),
        "strong": Style(bold=True),
        "accent": look("text-accent"),
        "good": look("text-success"),
        "bad": look("text-error"),
        "warn": look("text-warning"),
        "key": look("footer-key-foreground", bold=True),
        "chosen": look("block-cursor-foreground", bold=True)
        + Style(bgcolor=_colour(named, "block-cursor-background", foreground.hex, background).rich_color),
        "bar": look("border-blurred"),
        "hidden": Style(color=background.rich_color),
        "cursor": Style(bgcolor=background.blend(_colour(named, "primary", "#888888", background), 0.25).rich_color),
        "cursor-blurred": Style(bgcolor=_colour(named, "panel", "#222222", background).rich_color),
    }


def looks_of(variables: Mapping[str, str]) -> Mapping[str, Style]:
    """Styles by the name of a look, for the variables of a theme."""
    return _looks(tuple((name, variables.get(name, "")) for name in _NAMES))


_NAMES = (
    *("background", "foreground", "primary", "panel", "text-muted", "foreground-disabled", "text-accent"),
    *("text-success", "text-error", "text-warning", "footer-key-foreground", "border-blurred"),
    *("block-cursor-foreground", "block-cursor-background"),
)


def _colour(named: Mapping[str, str], name: str, otherwise: str, background: Color) -> Color:
    try:
        colour = Color.parse(named.get(name) or otherwise)
    except ColorParseError:
        colour = Color.parse(otherwise)
    if colour.auto:
        return Color.parse(otherwise)
    return background.blend(colour, colour.a).with_alpha(1) if colour.a < 1 else colour
