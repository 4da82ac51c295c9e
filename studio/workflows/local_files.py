"""Files of this machine that a plan refers to by their content, until they have an address at fal."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import UsageError
from studio.domain.text import plain
from studio.domain.upload import placeholder

PIECE = 1 << 20
"""Bytes read at a time for a hash, so that weights of gigabytes never lie in memory."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file as it was when it was read."""

    path: Path
    """Absolute."""
    sha256: str
    size: int
    """Bytes."""
    content_type: str

    @property
    def placeholder(self) -> str:
        """What stands for its address in the arguments of a plan."""
        return placeholder(self.sha256)

    def words(self) -> str:
        """Its name and its size, for a person."""
        return f"{plain(self.path.name, limit=60)}, {size_words(self.size)}"


_SEEN: dict[str, LocalFile] = {}
# By content, so the same entry is right for every project of this process, and plans stay plain values.


def place(path: Path, content_type: str) -> LocalFile:
    """Read a file's hash and keep where it lies, so that its placeholder can be sent. Blocks on the disk.

    Raises UsageError when it cannot be read.
    """
    import hashlib  # OpenSSL, which the first frame need not wait for

    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(f"{plain(path.name)} cannot be read: {why}.", "Choose another file.") from error
    return keep(LocalFile(path.absolute(), digest.hexdigest(), size, content_type))


def keep(file: LocalFile) -> LocalFile:
    """Keep where a file lies whose hash is known already."""
    _SEEN[file.sha256] = file
    return file


def seen(sha256: str) -> LocalFile | None:
    """Where this process last saw a file of this content, or None."""
    return _SEEN.get(sha256)


def size_words(size: int) -> str:
    """`812 kB`, `3.2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"
