"""Text inside JPEG files: EXIF and comment segments put in without touching the picture's own segments.

`parameters` is the EXIF user comment. Texts of ours are comment segments that each begin with the keyword and a zero
byte; a text longer than one segment goes on in the next one of the same keyword.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from studio.library import exif
from studio.library.png import LONGEST_TEXT, BrokenFile

START = b"\xff\xd8"
APP1 = 0xE1
COM = 0xFE
SCAN = 0xDA
EXIF_HEAD = b"Exif\0\0"
ROOM = 65_533
"""Bytes a segment can hold: its length is 16 bits and counts itself."""

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
PARAMETERS = "parameters"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment before the picture's data, and where it lies in the file."""

    marker: int
    body: bytes
    start: int
    end: int


def segments(data: bytes) -> Iterator[Segment]:
    """The segments up to the first scan. Raises BrokenFile when the file ends before."""
    if not data.startswith(START):
        raise BrokenFile("it does not begin like a JPEG")
    at = len(START)
    while True:
        start = at
        while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] == b"\xff":
            at += 1
        if at + 4 > len(data) or data[at] != 0xFF:
            raise BrokenFile("it is cut off")
        marker = data[at + 1]
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise BrokenFile("it is cut off")
        yield Segment(marker, data[at + 4 : end], start, end)
        if marker == SCAN:
            return
        at = end


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels that the frame header claims. Raises BrokenFile without one, or without an end."""
    if data.rfind(b"\xff\xd9") < 0:
        raise BrokenFile("it is cut off")
    for segment in segments(data):
        if segment.marker in _FRAMES and len(segment.body) >= 5:
            height, width = struct.unpack_from(">HH", segment.body, 1)
            return width, height
    raise BrokenFile("it has no header")


def texts(data: bytes) -> dict[str, str]:
    """The user comment as `parameters`, and every keyword of our comment segments."""
    found: dict[str, str] = {}
    for segment in segments(data):
        if segment.marker == APP1 and segment.body.startswith(EXIF_HEAD):
            if (text := exif.comment(segment.body[len(EXIF_HEAD) :])) is not None:
                found.setdefault(PARAMETERS, text)
        elif segment.marker == COM and (keyword := _keyword(segment.body)):
            more = segment.body.partition(b"\0")[2].decode("ascii", "replace")
            found[keyword] = (found.get(keyword, "") + more)[:LONGEST_TEXT]
    return found


def with_texts(data: bytes, wanted: Mapping[str, str]) -> bytes:
    """The file with `parameters` as its user comment and the other texts, which must be ASCII, as comment segments.

    Raises BrokenFile when the file cannot be walked.
    """
    kept: list[bytes] = []
    block, tail = b"", len(data)
    for segment in segments(data):
        if segment.marker == SCAN:
            tail = segment.start
        elif segment.marker == APP1 and segment.body.startswith(EXIF_HEAD):
            block = block or segment.body[len(EXIF_HEAD) :]
        elif not (segment.marker == COM and _keyword(segment.body) in wanted):
            kept.append(data[segment.start : segment.end])
    # JFIF must stay the very first segment where there is one; EXIF comes right after it.
    head = 1 if kept and kept[0][1:2] == b"\xe0" else 0
    ours = [_exif_segment(block, wanted[PARAMETERS])] if PARAMETERS in wanted else []
    for keyword, text in wanted.items():
        if keyword != PARAMETERS:
            ours += _comments(keyword, text)
    return b"".join((START, *kept[:head], *ours, *kept[head:], data[tail:]))


def _keyword(body: bytes) -> str:
    keyword, zero, _ = body[:80].partition(b"\0")
    return keyword.decode("latin-1") if zero else ""


def _exif_segment(block: bytes, text: str) -> bytes:
    made = exif.with_comment(block, text)
    if len(made) + len(EXIF_HEAD) > ROOM:
        made = exif.with_comment(b"", text)
    while len(made) + len(EXIF_HEAD) > ROOM:
        # The last line is what readers look for, so the prompt before it gives way.
        prompt, _, last = text.rpartition("\n")
        text = f"{prompt[: len(prompt) // 2]}…\n{last}"
        made = exif.with_comment(b"", text)
    return _segment(APP1, EXIF_HEAD + made)


def _comments(keyword: str, text: str) -> list[bytes]:
    head, body = keyword.encode("latin-1") + b"\0", text.encode("ascii")
    step = ROOM - len(head)
    return [_segment(COM, head + body[at : at + step]) for at in range(0, max(len(body), 1), step)]


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
