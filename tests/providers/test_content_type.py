"""Files are what their content says."""

from __future__ import annotations

import pytest

from studio.providers.fal.content_type import content_type
from tests.fakes.picture import tiny_png

KINDS = [
    (tiny_png(), "image/png"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    (b"GIF89a", "image/gif"),
    (b"\x00\x00\x00\x20ftypisom\x00\x00", "video/mp4"),
    (b"\x00\x00\x00\x20ftypavif\x00\x00", "image/avif"),
    (b"PK\x03\x04rest", "application/zip"),
    ((80).to_bytes(8, "little") + b'{"__metadata__":{}}', "application/x-safetensors"),
    (b" <!DOCTYPE html><html>", "text/html"),
    (b'{"detail": "no"}', "application/json"),
    (b"anything", "application/octet-stream"),
    (b"", "application/octet-stream"),
]


@pytest.mark.parametrize(("head", "kind"), KINDS)
def test_the_first_bytes_tell(head: bytes, kind: str) -> None:
    assert content_type(head) == kind
