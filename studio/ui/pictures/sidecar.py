"""Small pictures kept beside the large ones, so that a preview or a grid need not decode millions of pixels. Runs in
worker threads only.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from studio.imaging.thumbnail import SIDES, thumbnail_path, write_thumbnails
from studio.ui.pictures.as_seen import MOST_PIXELS, as_seen, turn_of
from studio.ui.pictures.source import PictureSource

if TYPE_CHECKING:
    from PIL.Image import Image

LIMIT = 1_000_000_000
"""Bytes the small pictures of a project may take: some four thousand takes with both sizes."""


def keep(source: PictureSource) -> None:
    """Make the small pictures that are missing, or were made of another content of the file. Raises OSError, ValueError
    or SyntaxError when they cannot be written or the picture cannot be read.
    """
    from PIL import Image

    if source.sidecars is None or all(_is_kept(source, side) for side in SIDES):
        return
    with Image.open(source.path) as file:
        if file.width * file.height > MOST_PIXELS:
            return
        stamp = content_of(source.path)
        file.load()
        keep_seen(source, as_seen(file, turn_of(file, loaded=True)), stamp)


def keep_seen(source: PictureSource, picture: Image, stamp: str) -> None:
    """The same from pixels that are decoded already; `stamp` was the file's `content_of` before. Raises OSError."""
    if source.sidecars is not None:
        source.sidecars.mkdir(parents=True, exist_ok=True)
        write_thumbnails(picture, source.sidecars, source.key, note=stamp)


def content_of(path: Path) -> str:
    """Size and time of a file, which tell its content from another one under the same name. Raises OSError."""
    state = path.stat()
    return f"{state.st_size}-{state.st_mtime_ns}"


def small(source: PictureSource, size: tuple[int, int], pixels: tuple[int, int]) -> Image | None:
    """The smallest kept picture that has all `pixels` that are asked for, opened, of a picture of `size`; None when
    there is none, or when the picture itself is hardly larger.
    """
    longest = max(size)
    for side in sorted(SIDES):
        scale = min(side / longest, 1.0)
        enough = pixels[0] <= size[0] * scale + 1 and pixels[1] <= size[1] * scale + 1
        if enough and side < longest and (found := _opened(source, side)) is not None:
            if abs(found.width - size[0] * scale) <= 1 and abs(found.height - size[1] * scale) <= 1:
                return found
            found.close()
    return None


def prune(folder: Path, limit: int = LIMIT) -> None:
    """Delete the small pictures that were made longest ago until the rest fits into `limit` bytes. They are made again
    when they are looked at.
    """
    if folder.is_symlink():
        return  # whoever made it may lead to pictures of somebody's own
    endings = tuple(f"-{side}.jpg" for side in SIDES)
    with contextlib.suppress(OSError):
        with os.scandir(folder) as entries:
            ours = [entry for entry in entries if entry.name.endswith(endings) and entry.is_file(follow_symlinks=False)]
        kept = [(entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in ours]
        surplus = sum(size for _, size, _ in kept) - limit
        for _, size, path in sorted(kept):
            if surplus <= 0:
                break
            Path(path).unlink(missing_ok=True)
            surplus -= size


def _opened(source: PictureSource, side: int) -> Image | None:
    """A kept picture, its pixels not read yet; None when it is not there or was made of another content."""
    from PIL import Image

    if source.sidecars is None:
        return None
    try:
        found = Image.open(thumbnail_path(source.sidecars, source.key, side))
        if found.info.get("comment") == content_of(source.path).encode():
            return found
        found.close()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        pass  # it can be made again
    return None


def _is_kept(source: PictureSource, side: int) -> bool:
    if (found := _opened(source, side)) is None:
        return False
    found.close()
    return True
