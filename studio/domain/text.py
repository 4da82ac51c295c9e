"""Text that came from somewhere else, made harmless, and names made into file names."""

from __future__ import annotations

import re
import unicodedata

LONGEST_LINE = 2_000
"""Characters of one foreign line that are kept; fal's own log lines are far shorter."""

LONGEST_NAME = 80
"""Bytes of a file-name stem. File systems allow 255 for the whole name; the rest is left for number and ending."""

_ESCAPES = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI
    "|\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\|$)"  # OSC, DCS, SOS, PM, APC up to their end
    "|\x1b[ -/]*[0-~]?"  # any other escape
    "|\x9b[0-?]*[ -/]*[@-~]"  # CSI as one C1 byte
)
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)


def plain(text: object, *, lines: bool = False, limit: int = LONGEST_LINE) -> str:
    """`text` without anything that could act on a terminal: escape sequences, control and format characters
    (bidirectional overrides among them), lone surrogates. New lines become spaces unless `lines` is true.
    At most `limit` characters come back, the cut marked with an ellipsis.
    """
    given = str(text)
    if len(given) <= limit and given.isascii() and given.isprintable():
        return given
    raw = _ESCAPES.sub("", given[: limit * 4]).replace("\r\n", "\n").replace("\t", "    ")
    kept = "".join(_harmless(character, lines) for character in raw)
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def _harmless(character: str, lines: bool) -> str:
    if character == "\n":
        return "\n" if lines else " "
    if character == "\u200d":  # the joiner that holds an emoji family together
        return character
    kind = unicodedata.category(character)
    if kind in {"Zl", "Zp"}:
        return " "
    return "" if kind in {"Cc", "Cf", "Cs", "Co"} else character


def slug(name: str) -> str:
    """A pose or character name as a safe file-name stem: lower case, words joined by hyphens, no separators,
    no leading dot, no name the operating system reserves, at most 80 bytes. Never empty.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    stem = re.sub(r"[^\w]+", "-", folded, flags=re.UNICODE).replace("_", "-").strip("-")
    stem = re.sub(r"-{2,}", "-", stem)
    while len(stem.encode("utf-8", "ignore")) > LONGEST_NAME:
        stem = stem[:-1].rstrip("-")
    stem = stem.encode("utf-8", "ignore").decode("utf-8")
    if not stem:
        return "untitled"
    return f"{stem}-" if stem in _RESERVED else stem


def same_name(one: str, other: str) -> bool:
    """True when two names are the same to a person: case, spaces, hyphens and underscores forgiven."""
    return slug(one) == slug(other)
