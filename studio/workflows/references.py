"""Reference pictures as an edit model takes them: read from disk, checked, small ones as data URIs, others to be
uploaded.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from studio.domain.errors import UsageError
from studio.domain.upload import placeholder
from studio.workflows.local_files import LocalFile, keep, seen

BIGGEST = 64 * 1024 * 1024
"""Bytes of a picture file that is still taken for one."""

INLINE = 1024 * 1024
"""Characters of data URIs in one request: what is more is uploaded. fal advises them for small files only (docs, file
uploads), and every copy of a request in the journal and in fal's history holds them.
"""

TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


@dataclass(frozen=True, slots=True)
class LoadedReference:
    """One reference picture ready to be sent."""

    path: str
    """As the project or the artist names it; never sent."""
    sha256: str
    uri: str
    """A data URI; a stand-in where the file is too big for one."""
    width: int
    height: int


def load_reference(path: Path, name: str = "") -> LoadedReference:
    """Read a PNG, JPEG or WebP file. Raises UsageError when it is missing, too big or no picture. Blocks."""
    from PIL import Image, UnidentifiedImageError

    shown = name or path.name
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode):
            raise UsageError(f"The reference {shown} is no file.", "Name a picture file.")
        if state.st_size > BIGGEST:
            raise UsageError(
                f"The reference {shown} has {state.st_size // 1024**2} MB; {BIGGEST // 1024**2} MB is the most.",
                "Save it smaller, as JPEG for instance.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The reference {shown} cannot be read: {error.strerror}.", "Name a picture file.") from error
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

    digest = hashlib.sha256(data).hexdigest()
    keep(LocalFile(path.absolute(), digest, len(data), TYPES[kind]))
    fits = len(data) * 4 // 3 < INLINE
    uri = f"data:{TYPES[kind]};base64,{base64.b64encode(data).decode()}" if fits else placeholder(digest)
    return LoadedReference(shown, digest, uri, width, height)


def local_reference(folder: Path, file: Path) -> LoadedReference:
    """A picture an artist names, from where they stand or from the project's folder. Raises UsageError. Blocks.

    One from elsewhere is known by its name alone: no path of this machine goes into a picture.
    """
    path = file if file.is_absolute() or file.exists() else folder / file
    inside = os.path.relpath(path.resolve(), folder.resolve())
    return load_reference(path, file.name if inside.startswith(os.pardir) else Path(inside).as_posix())


def addresses(references: Sequence[LoadedReference]) -> list[str]:
    """What each picture is sent as: data URIs while they are small together, stand-ins for files to be uploaded."""
    room, sent = INLINE, []
    for reference in references:
        inline = reference.uri.startswith("data:") and len(reference.uri) <= room
        room -= len(reference.uri) if inline else 0
        # A picture whose file nobody knows, as one that an old request carries, cannot be uploaded.
        sent.append(reference.uri if inline or seen(reference.sha256) is None else placeholder(reference.sha256))
    return sent


def picture_size_of(path: Path) -> tuple[int, int]:
    """Width and height in pixels of a picture file; 0, 0 when it is none or cannot be read. Blocks."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return 0, 0


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
