"""Reference pictures as an edit model takes them: read from disk, checked, turned into data URIs."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import UsageError

BIGGEST = 12 * 1024 * 1024
"""Bytes of a file that is still sent as a data URI."""

TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


@dataclass(frozen=True, slots=True)
class LoadedReference:
    """One reference picture ready to be sent."""

    path: str
    """As the project or the artist names it; never sent."""
    sha256: str
    uri: str
    width: int
    height: int


def load_reference(path: Path, name: str = "") -> LoadedReference:
    """Read a PNG, JPEG or WebP file. Raises UsageError when it is missing, too big or no picture. Blocks."""
    from PIL import Image, UnidentifiedImageError

    shown = name or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The reference {shown} cannot be read: {error.strerror}.", "Name a picture file.") from error
    if len(data) > BIGGEST:
        raise UsageError(
            f"The reference {shown} has {len(data) // 1024**2} MB; {BIGGEST // 1024**2} MB is the most.",
            "Save it smaller, as JPEG for instance.",
        )
    try:
        with Image.open(path) as picture:
            kind, (width, height) = picture.format or "", picture.size
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UsageError(
            f"The reference {shown} is no picture the studio can read.", "Use PNG, JPEG or WebP."
        ) from error
    if kind not in TYPES:
        raise UsageError(f"The reference {shown} is {kind or 'an unknown format'}.", "Use PNG, JPEG or WebP.")
    import hashlib

    uri = f"data:{TYPES[kind]};base64,{base64.b64encode(data).decode()}"
    return LoadedReference(shown, hashlib.sha256(data).hexdigest(), uri, width, height)


def picture_of_uri(uri: str) -> tuple[int, int]:
    """Width and height in pixels of the picture in a data URI; 0, 0 for any other address."""
    from PIL import Image, UnidentifiedImageError

    head, comma, body = uri.partition(",")
    if not comma or not head.startswith("data:") or not head.endswith(";base64"):
        return 0, 0
    try:
        with Image.open(io.BytesIO(base64.b64decode(body))) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError):
        return 0, 0
