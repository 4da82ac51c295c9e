"""What a cell looks like: foreground, background and flags, from SGR sequences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Attributes(NamedTuple):
    """Colours as the parameters that set them, empty for the terminal's own; flags as a bit set."""

    foreground: str = ""
    background: str = ""
    flags: int = 0


PLAIN = Attributes()
_FLAGS = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 7: 32, 8: 64, 9: 128, 53: 256}
_UNFLAGS = {22: 3, 23: 4, 24: 8, 25: 16, 27: 32, 28: 64, 29: 128, 55: 256}


def after_sgr(before: Attributes, parameters: str) -> Attributes:
    """The attributes after `CSI parameters m`; colon sub-parameters of a colour count as one item."""
    foreground, background, flags = before
    items = iter((parameters or "0").split(";"))
    for item in items:
        head, _, rest = item.partition(":")
        code = int(head) if head.isdigit() else 0
        match code:
            case 0:
                foreground, background, flags = PLAIN
            case 38 | 48 | 58:
                colour = rest or _colour(items)
                foreground = colour if code == 38 else foreground
                background = colour if code == 48 else background
            case 39:
                foreground = ""
            case 49:
                background = ""
            case _ if 30 <= code <= 37 or 90 <= code <= 97:
                foreground = head
            case _ if 40 <= code <= 47 or 100 <= code <= 107:
                background = head
            case _:
                flags = (flags | _FLAGS.get(code, 0)) & ~_UNFLAGS.get(code, 0)
    return Attributes(foreground, background, flags)


def _colour(items: Iterator[str]) -> str:
    kind = next(items, "")
    return ":".join([kind, *(next(items, "") for _ in range(1 if kind == "5" else 3))])
