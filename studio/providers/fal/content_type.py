"""What kind of file some bytes are, by their content and not by what a server says."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
ENOUGH = 64
"""Bytes from the beginning of a file that tell its kind."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"glTF", "model/gltf-binary"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"mif1": "image/heic",
    b"qt  ": "video/quicktime",
}


def content_type(head: bytes) -> str:
    """The media type of a file that begins with `head`; `application/octet-stream` when it is none we know."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    # safetensors: the length of a JSON header as 8 bytes, little endian, then that header.
    if len(head) > 9 and head[8:9] == b"{" and 2 <= int.from_bytes(head[:8], "little") < 100_000_000:
        return "application/x-safetensors"
    return _text(head)


def _text(head: bytes) -> str:
    words = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if words.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if words.startswith((b"<svg", b"<?xml")):
        return "image/svg+xml"
    return "application/json" if words.startswith((b"{", b"[")) else UNKNOWN
