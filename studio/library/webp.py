"""Text inside WebP files: an EXIF chunk put into the RIFF container, the picture's own chunks left as they are.

`parameters` is the EXIF user comment; our own text is the maker note, the keyword and a zero byte before it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from studio.library import exif
from studio.library.jpeg import PARAMETERS
from studio.library.png import LONGEST_TEXT, BrokenFile

HAS_EXIF = 0x08
HAS_ALPHA = 0x10


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk of the container."""

    kind: bytes
    body: bytes

    def packed(self) -> bytes:
        """The chunk's bytes, padded to an even length."""
        return self.kind + struct.pack("<I", len(self.body)) + self.body + b"\0" * (len(self.body) & 1)


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks inside the RIFF container. Raises BrokenFile where one is cut off."""
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise BrokenFile("it does not begin like a WebP")
    end = 8 + int(struct.unpack_from("<I", data, 4)[0])
    if end > len(data):
        raise BrokenFile("it is cut off")
    at = 12
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > end:
            raise BrokenFile("it is cut off")
        yield Chunk(kind, data[at + 8 : at + 8 + length])
        at += 8 + length + (length & 1)


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels that the first chunk claims."""
    width, height, _ = _canvas(next(chunks(data), None))
    return width, height


def texts(data: bytes) -> dict[str, str]:
    """The user comment as `parameters`, and our maker note by its keyword."""
    found: dict[str, str] = {}
    for chunk in chunks(data):
        if chunk.kind == b"EXIF" and not found:
            block = chunk.body.removeprefix(b"Exif\0\0")
            if (text := exif.comment(block)) is not None:
                found[PARAMETERS] = text
            keyword, zero, own = (exif.maker_note(block) or b"").partition(b"\0")
            if zero and len(own) <= LONGEST_TEXT:
                found[keyword.decode("latin-1")] = own.decode("ascii", "replace")
    return found


def with_texts(data: bytes, wanted: Mapping[str, str]) -> bytes:
    """The file with `parameters` as its user comment and the one other text, which must be ASCII, as maker note."""
    there = list(chunks(data))
    if not there:
        raise BrokenFile("it has no pixels")
    width, height, flags = _canvas(there[0])
    extended = there[0].body if there[0].kind == b"VP8X" else bytes(4) + _three(width - 1) + _three(height - 1)
    head = Chunk(b"VP8X", bytes([extended[0] | flags | HAS_EXIF]) + extended[1:])
    block = next((chunk.body.removeprefix(b"Exif\0\0") for chunk in there if chunk.kind == b"EXIF"), b"")
    own = [f"{keyword}\0{text}".encode("ascii") for keyword, text in wanted.items() if keyword != PARAMETERS]
    made = Chunk(b"EXIF", exif.with_comment(block, wanted.get(PARAMETERS, ""), own[0] if own else None))
    # The container format wants EXIF after the pixels and before XMP.
    pixels = [chunk for chunk in there if chunk.kind not in {b"VP8X", b"EXIF", b"XMP "}]
    rest = [chunk for chunk in there if chunk.kind == b"XMP "]
    body = b"WEBP" + b"".join(chunk.packed() for chunk in (head, *pixels, made, *rest))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _canvas(chunk: Chunk | None) -> tuple[int, int, int]:
    body = chunk.body if chunk else b""
    match chunk.kind if chunk else b"":
        case b"VP8X" if len(body) >= 10:
            return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"), 0
        case b"VP8 " if len(body) >= 10 and body[3:6] == b"\x9d\x01\x2a":
            width, height = struct.unpack_from("<HH", body, 6)
            return width & 0x3FFF, height & 0x3FFF, 0
        case b"VP8L" if len(body) >= 5 and body[0] == 0x2F:
            bits = int.from_bytes(body[1:5], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), HAS_ALPHA if bits >> 28 & 1 else 0
        case _:
            raise BrokenFile("it has no header")


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")
