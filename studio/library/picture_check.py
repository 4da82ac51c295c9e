"""Whether a downloaded file is a whole picture, found out before anybody relies on it."""

from __future__ import annotations

import io
from dataclasses import dataclass

from studio.library.metadata import LARGEST, claimed_size, picture_kind
from studio.library.png import BrokenFile, chunks

MOST_PIXELS = 100_000_000
"""Pixels that are decoded at most: 400 MB of memory. The largest picture fal makes has 16 million."""

_FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that decodes: its file ending and its size in pixels."""

    kind: str
    width: int
    height: int


def checked(data: bytes) -> Picture:
    """The picture in these bytes, fully decoded once. Raises BrokenFile: wrong type, too large, cut off or corrupt."""
    kind = picture_kind(data)
    if kind is None:
        raise BrokenFile("it is no PNG, JPEG or WebP picture")
    if len(data) > LARGEST:
        raise BrokenFile(f"it is larger than {LARGEST // 2**20} MB")
    width, height = claimed_size(data)
    if not 0 < width * height <= MOST_PIXELS:
        raise BrokenFile(f"it claims {width} x {height} pixels")
    if kind == "png":
        for _ in chunks(data):  # Pillow forgives a missing end and wrong checksums
            pass
    _decode(data, kind, (width, height))
    return Picture(kind, width, height)


def _decode(data: bytes, kind: str, size: tuple[int, int]) -> None:
    from PIL import Image

    # The size was looked at above; Pillow's own lower limit would warn on the terminal.
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as image:
            if image.size != size:
                raise BrokenFile("its size is not the one it claims")
            image.load()
    except BrokenFile:
        raise
    except Exception as error:  # Pillow raises a dozen kinds for corrupt files, some only from C
        raise BrokenFile(f"it cannot be decoded ({type(error).__name__})") from error
