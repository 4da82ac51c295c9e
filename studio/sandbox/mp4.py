"""A small MP4 writer for JPEG frames (ISO 14496-12 boxes; JPEG as an MPEG-4 visual stream, ISO 14496-1)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

JPEG_STREAM = 0x6C
"""objectTypeIndication of JPEG in ISO 14496-1, table 5; players decode it as motion JPEG."""

TIMESCALE = 12_000
"""Ticks of a second."""

_UNITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def mp4(frames: Sequence[bytes], size: tuple[int, int], frames_per_second: int, software: str) -> bytes:
    """A playable file of these JPEG frames, all of the same size in pixels. It carries `software` as its writer."""
    tick = TIMESCALE // frames_per_second
    length = tick * len(frames)
    kind = _box(b"ftyp", b"isom", struct.pack(">I", 0x200), b"isom", b"iso2", b"mp41")
    data = _box(b"mdat", *frames)
    first = len(kind) + 8
    header = _full(
        b"mvhd",
        0,
        0,
        struct.pack(">4I", 0, 0, TIMESCALE, length),
        struct.pack(">IHH2I", 0x10000, 0x100, 0, 0, 0),
        _UNITY,
        bytes(24),
        struct.pack(">I", 2),
    )
    movie = _box(b"moov", header, _track(frames, size, tick, length, first), _writer(software))
    return kind + data + movie


def _track(frames: Sequence[bytes], size: tuple[int, int], tick: int, length: int, first: int) -> bytes:
    head = _full(
        b"tkhd",
        0,
        3,
        struct.pack(">5I", 0, 0, 1, 0, length),
        bytes(8),
        struct.pack(">4H", 0, 0, 0, 0),
        _UNITY,
        struct.pack(">2I", size[0] << 16, size[1] << 16),
    )
    media_head = _full(b"mdhd", 0, 0, struct.pack(">4I2H", 0, 0, TIMESCALE, length, 0x55C4, 0))
    handler = _full(b"hdlr", 0, 0, struct.pack(">I4s", 0, b"vide"), bytes(12), b"Video\0")
    where = _box(b"dinf", _full(b"dref", 0, 0, struct.pack(">I", 1), _full(b"url ", 0, 1)))
    information = _box(b"minf", _full(b"vmhd", 0, 1, bytes(8)), where, _table(frames, size, tick, first))
    return _box(b"trak", head, _box(b"mdia", media_head, handler, information))


def _table(frames: Sequence[bytes], size: tuple[int, int], tick: int, first: int) -> bytes:
    entry = _box(
        b"mp4v",
        bytes(6),
        struct.pack(">H", 1),
        bytes(16),
        struct.pack(">2H", *size),
        struct.pack(">3I", 0x480000, 0x480000, 0),
        struct.pack(">H", 1),
        bytes(32),
        struct.pack(">Hh", 24, -1),
        _stream_description(max(map(len, frames))),
    )
    lengths = struct.pack(f">2I{len(frames)}I", 0, len(frames), *map(len, frames))
    return _box(
        b"stbl",
        _full(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        _full(b"stts", 0, 0, struct.pack(">3I", 1, len(frames), tick)),
        _full(b"stsc", 0, 0, struct.pack(">4I", 1, 1, len(frames), 1)),
        _full(b"stsz", 0, 0, lengths),
        _full(b"stco", 0, 0, struct.pack(">2I", 1, first)),
    )


def _stream_description(largest: int) -> bytes:
    decoder = struct.pack(">BB3s2I", JPEG_STREAM, 0x11, largest.to_bytes(3, "big"), 0, 0)
    parts = _descriptor(4, decoder) + _descriptor(6, b"\x02")
    return _full(b"esds", 0, 0, _descriptor(3, struct.pack(">HB", 1, 0) + parts))


def _writer(software: str) -> bytes:
    value = _box(b"data", struct.pack(">2I", 1, 0), software.encode("utf-8"))
    handler = _full(b"hdlr", 0, 0, bytes(4), b"mdir", b"appl", bytes(9))
    return _box(b"udta", _full(b"meta", 0, 0, handler, _box(b"ilst", _box(b"\xa9too", value))))


def _descriptor(tag: int, payload: bytes) -> bytes:
    return bytes([tag, len(payload)]) + payload


def _full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body
