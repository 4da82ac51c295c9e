"""Small pictures kept beside the large ones, so that a preview or a grid need not decode millions of pixels. Runs in
worker threads only.
"""

from __future__ import annotations

from pathlib import Path

from studio.imaging.thumbnail import SIDES, write_thumbnails
from studio.ui.pictures.source import PictureSource


def keep(source: PictureSource) -> None:
    """Make the small pictures that are missing or older than the picture. Raises OSError when they cannot be written or
    the picture cannot be read.
    """
    if source.sidecars is None or all(_fresh(source, side) for side in SIDES):
        return
    source.sidecars.mkdir(parents=True, exist_ok=True)
    write_thumbnails(source.path, source.sidecars, source.key)


def nearest(source: PictureSource, size: tuple[int, int], pixels: tuple[int, int]) -> Path | None:
    """The smallest kept picture that has all `pixels` that are asked for, of a picture of `size`; None when there is
    none, or when the picture itself is hardly larger.
    """
    longest = max(size)
    for side in sorted(SIDES):
        scale = min(side / longest, 1.0)
        enough = pixels[0] <= size[0] * scale + 1 and pixels[1] <= size[1] * scale + 1
        if enough and side < longest and _fresh(source, side):
            return _path(source, side)
    return None


def _fresh(source: PictureSource, side: int) -> bool:
    path = _path(source, side)
    try:
        return path is not None and path.stat().st_mtime_ns >= source.path.stat().st_mtime_ns
    except OSError:
        return False


def _path(source: PictureSource, side: int) -> Path | None:
    return None if source.sidecars is None else source.sidecars / f"{source.key}-{side}.jpg"
