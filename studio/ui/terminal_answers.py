"""The questions to the terminal, and what its answers mean. Pure: nothing here reads or writes."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

DIRECT, BY_FILE = 31, 32
"""Image ids in the two kitty queries, to tell the answers apart."""

_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]*)c")
_VERSION = re.compile(rb"\x1bP>\|([^\x1b]*)\x1b\\")
_CELL = re.compile(rb"\x1b\[6;(\d{1,4});(\d{1,4})t")
_SYNC = re.compile(rb"\x1b\[\?2026;[1-4]\$y")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal said."""

    answered: bool = False
    """It answered the device-attributes query at least; a terminal that does not, answers nothing."""
    version: str = ""
    """Name and version in its own words (XTVERSION)."""
    kitty: bool = False
    kitty_file: bool = False
    sixel: bool = False
    sync: bool = False
    cell: tuple[int, int] | None = None
    """Width and height of a cell in pixels."""
    owed: bool = False
    """The last answer has not come: it and others may still be on their way."""


@dataclass(frozen=True, slots=True)
class Questions:
    """One write, and the answer that closes it: terminals answer in order, so nothing comes after it."""

    text: bytes
    fence: re.Pattern[bytes]


def questions(file: str, *, tmux: bool, passthrough: bool) -> Questions:
    """Cell size, synchronized output, kitty pictures directly and by `file`, name, and device attributes last.

    tmux answers device attributes itself, at once, and keeps the outer terminal's answer. So there the questions for
    the outer terminal are wrapped, and its name is the fence; without passthrough it is not asked at all.
    """
    own = "\x1b[16t\x1b[?2026$p"
    path = base64.standard_b64encode(file.encode()).decode()
    outer = (
        f"\x1b_Gi={DIRECT},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\",
        f"\x1b_Gi={BY_FILE},s=1,v=1,a=q,t=t,f=24;{path}\x1b\\",
        "\x1b[>q",
    )
    if not tmux:
        return Questions((own + "".join(outer) + "\x1b[c").encode(), _ATTRIBUTES)
    if not passthrough:
        return Questions(f"{own}\x1b[c".encode(), _ATTRIBUTES)
    return Questions(f"{own}\x1b[c{''.join(map(_wrapped, outer))}".encode(), _VERSION)


def parse(data: bytes) -> Answers:
    """Everything the answers say; what is not an answer (such as keys pressed meanwhile) is passed over."""
    attributes, version, cell = _ATTRIBUTES.search(data), _VERSION.search(data), _CELL.search(data)
    size = (int(cell[2]), int(cell[1])) if cell is not None else (0, 0)
    return Answers(
        answered=attributes is not None or version is not None,
        version=version[1].decode("utf-8", "replace") if version is not None else "",
        kitty=b"\x1b_Gi=%d;OK" % DIRECT in data,
        kitty_file=b"\x1b_Gi=%d;OK" % BY_FILE in data,
        sixel=attributes is not None and b"4" in attributes[1].split(b";"),
        sync=_SYNC.search(data) is not None,
        cell=size if min(size) > 0 else None,
    )


def _wrapped(question: str) -> str:
    """In the envelope that tmux hands on to the outer terminal (tmux(1), allow-passthrough)."""
    return "\x1bPtmux;" + question.replace("\x1b", "\x1b\x1b") + "\x1b\\"
