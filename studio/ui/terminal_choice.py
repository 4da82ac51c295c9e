"""Which way of drawing pictures suits a terminal, and why. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Graphics(StrEnum):
    """Ways of drawing pictures, as `--graphics` names them."""

    KITTY = "kitty"
    ITERM = "iterm"
    SIXEL = "sixel"
    OCTANT = "octant"
    SEXTANT = "sextant"
    QUADRANT = "quadrant"
    HALF = "half"
    TEXTUAL_IMAGE = "textual-image"
    OFF = "off"


class Colours(StrEnum):
    """How many colours a terminal draws."""

    TRUE = "truecolor"
    MANY = "256"
    FEW = "16"
    NONE = "none"

    @property
    def number(self) -> int:
        """As a number; none is 0."""
        return {"truecolor": 1 << 24, "256": 256, "16": 16, "none": 0}[self.value]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the choice rests on."""

    is_terminal: bool
    term: str
    name: str
    """Name and version, such as `kitty 0.40.1`; empty when nobody said."""
    kitty: bool
    sixel: bool
    tmux: bool
    passthrough: bool
    colours: Colours
    utf8: bool
    no_color: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The way of drawing, why, and what would make it better (often nothing)."""

    graphics: Graphics
    because: str
    advice: str = ""


PLACEHOLDERS = {"kitty": (0, 28), "ghostty": (1, 0), "rio": (0, 1)}
"""Terminals that draw kitty's placeholder cells, and since when. Others answer the query and then draw nothing
(WezTerm, Konsole), so the answer alone is not enough.
"""

OCTANTS = {"kitty": (0, 40), "ghostty": (1, 2), "foot": (1, 20), "vte": (0, 78)}
"""Terminals that draw octants themselves, whatever the font, and since when (their release notes)."""

SEXTANTS = {
    "kitty": (0, 20),
    "ghostty": (1, 0),
    "foot": (1, 8),
    "vte": (0, 60),
    "wezterm": (2021, 0),
    "iterm2": (3, 5),
    "contour": (0, 3),
    "windows terminal": (1, 22),
    "rio": (0, 2),
}
"""Terminals that draw sextants themselves, and since when."""

INLINE = {
    "iterm2": (3, 0),
    "wezterm": (2020, 0),
    "vscode": (1, 80),
    "mintty": (2, 9),
    "tabby": (1, 0),
    "hyper": (3, 0),
}
"""Terminals that draw iTerm2's inline pictures, and since when. All but iTerm2 itself say so by saying that they draw
sixel too, which they do with the same part of theirs; a JPEG is a quarter of the bytes.
"""

TRUE_BY_NAME = frozenset(PLACEHOLDERS) | frozenset(SEXTANTS) | frozenset(INLINE) | {"alacritty", "konsole"}
"""Terminals that draw 16 million colours, also when SSH has lost COLORTERM."""

TRUE_SINCE = {"xterm.js": (0, 0), "xterm": (331, 0)}
"""More of those, and since when. xterm itself takes COLORTERM out of the environment."""


def name_of(version: str, environ: Mapping[str, str]) -> str:
    """A terminal's name and version from its own words, else from the environment (which is stale inside tmux)."""
    words = re.sub(r"[()]", " ", version).strip()
    if match := re.match(r"VTE\W*(\d+)", words, re.IGNORECASE):
        return f"VTE {_vte(match[1])}"
    if words or environ.get("TMUX"):
        return words
    program, number = environ.get("TERM_PROGRAM", ""), environ.get("TERM_PROGRAM_VERSION", "")
    if program or environ.get("LC_TERMINAL"):
        program, number = program or environ["LC_TERMINAL"], number or environ.get("LC_TERMINAL_VERSION", "")
        return f"{program.replace('iTerm.app', 'iTerm2')} {number}".strip()
    if vte := environ.get("VTE_VERSION"):
        return f"VTE {_vte(vte)}"
    if environ.get("KONSOLE_VERSION"):
        return "Konsole"
    match = re.search(r"kitty|ghostty|foot|alacritty|wezterm|rio|contour", environ.get("TERM", ""))
    return match[0] if match else ""


def colours_of(name: str, environ: Mapping[str, str]) -> Colours:
    """Colours from COLORTERM, the name, and TERM, in this order. tmux takes 16 million colours from any program and
    rounds them itself where the terminal around it has fewer (tmux(1), RGB).
    """
    term = environ.get("TERM", "")
    if term in {"", "dumb", "unknown"} or re.match(r"vt\d", term):
        return Colours.NONE
    direct = environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or term.endswith("-direct")
    if direct or environ.get("TMUX") or _brand(name) in TRUE_BY_NAME or _since(name, TRUE_SINCE):
        return Colours.TRUE
    if "256" in term or term.startswith(("tmux", "screen")):
        return Colours.MANY
    return Colours.FEW


def choose(facts: Facts, asked: str | None) -> Choice:
    """The best way of drawing for these facts, or the one asked for. Raises ValueError for a name nobody knows."""
    best = _best(facts)
    if not asked:
        return best
    graphics = Graphics(asked)
    return Choice(graphics, f"{graphics} was asked for")


def _best(facts: Facts) -> Choice:
    if not facts.is_terminal:
        return Choice(Graphics.OFF, "input or output is not a terminal")
    if facts.term in {"", "dumb"}:
        return Choice(Graphics.OFF, f"TERM is {facts.term or 'not set'}", "Set TERM to what your terminal is.")
    if facts.tmux:
        return _through_tmux(facts)
    if facts.term.startswith("screen"):
        advice = "Run the studio outside screen, or in tmux, to see pictures at full resolution."
        return _symbols(facts, "screen keeps picture protocols to itself", advice)
    return _protocol(facts)


def _through_tmux(facts: Facts) -> Choice:
    """tmux says "sixel" for itself, whatever the terminal around it can do, and would not move the pictures with its
    panes. Placeholder cells are text, so they are moved.
    """
    if not facts.passthrough:
        advice = (
            "Put `set -g allow-passthrough on` into tmux.conf; in kitty, Ghostty and Rio pictures then come through."
        )
        return _symbols(facts, "tmux does not let picture protocols through", advice)
    if _placeholders(facts):
        return Choice(Graphics.KITTY, f"{facts.name} draws kitty pictures, and tmux lets them through")
    advice = "Run the studio outside tmux to see pictures at full resolution." if facts.kitty or facts.sixel else ""
    return _symbols(facts, f"{facts.name or 'the terminal'} around tmux draws no placeholder cells", advice)


def _protocol(facts: Facts) -> Choice:
    name = facts.name or "the terminal"
    if _placeholders(facts):
        return Choice(Graphics.KITTY, f"{name} draws kitty pictures")
    if _since(facts.name, INLINE) and (facts.sixel or _brand(facts.name) == "iterm2"):
        return Choice(Graphics.ITERM, f"{name} draws iTerm2's inline pictures")
    if facts.sixel:
        return Choice(Graphics.SIXEL, f"{name} says that it draws sixel")
    return _symbols(facts, f"{name} has no picture protocol that can be used", "")


def _placeholders(facts: Facts) -> bool:
    return _since(facts.name, PLACEHOLDERS) and facts.kitty and facts.utf8


def _symbols(facts: Facts, because: str, advice: str) -> Choice:
    if not facts.utf8:
        return Choice(Graphics.HALF, f"{because}, and the locale is not UTF-8", "Set LANG or LC_ALL to a UTF-8 locale.")
    if facts.colours is not Colours.TRUE:
        advice = advice or "If your terminal has 16 million colours, set COLORTERM=truecolor."
        return Choice(Graphics.HALF, f"{because}, and colours are {facts.colours}", advice)
    graphics = symbols_of(facts.name, tmux=facts.tmux)
    drawn = "" if graphics is Graphics.QUADRANT else f", but {graphics}s are drawn"
    return Choice(graphics, because + drawn, advice)


def symbols_of(name: str, *, tmux: bool) -> Graphics:
    """The finest characters a terminal with 16 million colours is known to draw. tmux drops octants, because they are
    newer than the C library's tables.
    """
    if _since(name, OCTANTS) and not tmux:
        return Graphics.OCTANT
    return Graphics.SEXTANT if _since(name, SEXTANTS) else Graphics.QUADRANT


def _brand(name: str) -> str:
    lower = name.lower()
    return next((brand for brand in TRUE_BY_NAME if lower.startswith(brand)), "")


def _since(name: str, table: Mapping[str, tuple[int, int]]) -> bool:
    """True when the name is in the table and its version, where it says one, is not older."""
    lower = name.lower()
    brand = next((brand for brand in table if lower.startswith(brand)), None)
    if brand is None:
        return False
    match = re.search(r"(\d+)(?:\.(\d+))?", lower[len(brand) :])
    return match is None or (int(match[1]), int(match[2] or 0)) >= table[brand]


def _vte(number: str) -> str:
    """VTE counts 7802 for 0.78.2."""
    return f"0.{int(number) // 100}.{int(number) % 100}" if number.isdigit() else ""
