"""Text inside PNG files: read and put in by walking the chunks, the pixels left as they are."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TEXT_KINDS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
LONGEST_TEXT = 4 * 1024 * 1024
"""Bytes of one text that is read, compressed or not; recipes are a few thousand."""


class BrokenFile(ValueError):
    """The bytes are not a whole file of their type; the text says where it goes wrong."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk, with the bytes it is made of in the file."""

    kind: bytes
    body: memoryview
    whole: memoryview


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks of a PNG up to and with IEND. Raises BrokenFile where one is cut off or its checksum is wrong."""
    if not data.startswith(SIGNATURE):
        raise BrokenFile("it does not begin like a PNG")
    view, at = memoryview(data), len(SIGNATURE)
    while True:
        if at + 12 > len(data):
            raise BrokenFile("it is cut off")
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise BrokenFile("it is cut off")
        (checksum,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(view[at + 4 : end - 4]) != checksum:
            raise BrokenFile("a checksum is wrong")
        yield Chunk(kind, view[at + 8 : end - 4], view[at:end])
        if kind == b"IEND":
            return
        at = end


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels that the header claims."""
    first = next(chunks(data))
    if first.kind != b"IHDR" or len(first.body) != 13:
        raise BrokenFile("it has no header")
    width, height = struct.unpack_from(">II", first.body)
    return width, height


def texts(data: bytes) -> dict[str, str]:
    """Every text of the file by its keyword, at most `LONGEST_TEXT` bytes each; unreadable ones are left out."""
    found: dict[str, str] = {}
    for chunk in chunks(data):
        if chunk.kind in TEXT_KINDS and (text := _text(chunk)) is not None:
            found.setdefault(_keyword(chunk), text)
    return found


def with_texts(data: bytes, wanted: Mapping[str, str]) -> bytes:
    """The file with these texts before its pixels, any others under the same keywords gone, all else byte for byte."""
    parts: list[bytes | memoryview] = [SIGNATURE]
    pending = [_text_chunk(keyword, text) for keyword, text in wanted.items()]
    length = len(SIGNATURE)
    for chunk in chunks(data):
        length += len(chunk.whole)
        if chunk.kind in TEXT_KINDS and _keyword(chunk) in wanted:
            continue
        if chunk.kind == b"IDAT":
            parts += pending
            pending = []
        parts.append(chunk.whole)
    if pending:
        raise BrokenFile("it has no pixels")
    return b"".join((*parts, memoryview(data)[length:]))


def _keyword(chunk: Chunk) -> str:
    return bytes(chunk.body[:80]).split(b"\0", 1)[0].decode("latin-1")


def _text_chunk(keyword: str, text: str) -> bytes:
    clean = text.replace("\0", "")
    try:
        kind, body = b"tEXt", clean.encode("latin-1")
    except UnicodeEncodeError:
        # No compression, no language, no translated keyword: the form every reader knows.
        kind, body = b"iTXt", b"\0\0\0\0" + clean.encode("utf-8", "replace")
    content = keyword.encode("latin-1") + b"\0" + body
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _text(chunk: Chunk) -> str | None:
    if len(chunk.body) > LONGEST_TEXT:
        return None
    _, _, rest = bytes(chunk.body).partition(b"\0")
    match chunk.kind:
        case b"tEXt":
            return rest.decode("latin-1")
        case b"zTXt":
            unpacked = _unpacked(rest[1:])
            return None if unpacked is None else unpacked.decode("latin-1")
        case _:
            packed = rest[:1] == b"\1"
            _, _, rest = rest[2:].partition(b"\0")
            _, _, content = rest.partition(b"\0")
            plain = _unpacked(content) if packed else content
            return None if plain is None else plain.decode("utf-8", "replace")


def _unpacked(data: bytes) -> bytes | None:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, LONGEST_TEXT)
    except zlib.error:
        return None
    return text if unpacker.eof else None
