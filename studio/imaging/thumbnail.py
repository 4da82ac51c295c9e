"""Small pictures of pictures: for the strip, the lists and the preview."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SIDES = (1024, 320)
"""Longest sides in pixels of the kept small pictures: one for the preview, one for strips and lists."""

FOLDER = Path(".studio", "thumbnails")
"""Where a project keeps those of its takes. They can all be made again."""

QUALITY = 88
BACKDROP = (255, 255, 255)
"""What shows through transparent pixels in a JPEG, which has none."""


def thumbnail(source: Path | Image.Image, box: tuple[int, int]) -> Image.Image:
    """A new RGB or RGBA picture that fits into `box` (width, height in pixels), never larger than the source.

    The source is left as it is. Raises OSError when a file cannot be read or decoded.
    """
    from PIL import Image

    if isinstance(source, Image.Image):
        return _scaled(source, box)
    with Image.open(source) as image:
        # JPEG can be decoded at an eighth of its size; twice the box leaves the filter enough to work with.
        image.draft(None, (box[0] * 2, box[1] * 2))
        return _scaled(image, box)


def write_thumbnails(
    source: Path | Image.Image, folder: Path, stem: str, sides: tuple[int, ...] = SIDES, *, note: str = ""
) -> dict[int, Path]:
    """Write `<stem>-<side>.jpg` for every side into an existing folder, complete or not at all; paths by side. `note`
    is kept in them as their comment.

    Each is made from the next larger one. Raises OSError when a file cannot be read or written.
    """
    written: dict[int, Path] = {}
    small = source
    for side in sorted(sides, reverse=True):
        picture = thumbnail(small, (side, side))
        small = picture
        path = thumbnail_path(folder, stem, side)
        # Two threads may make the same one; each writes a file of its own.
        part = path.with_name(f".{path.name}.{threading.get_ident()}.part")
        flat(picture).save(part, format="JPEG", quality=QUALITY, comment=note)
        part.replace(path)
        written[side] = path
    return written


def thumbnail_path(folder: Path, stem: str, side: int) -> Path:
    """Where one of them lies."""
    return folder / f"{stem}-{side}.jpg"


def forget_thumbnails(folder: Path, stems: Iterable[str]) -> None:
    """The pictures are gone for good, so their small ones go too. Raises OSError."""
    for stem in stems:
        for side in SIDES:
            thumbnail_path(folder, stem, side).unlink(missing_ok=True)


def flat(picture: Image.Image, backdrop: tuple[int, int, int] = BACKDROP) -> Image.Image:
    """The picture as RGB, its transparent parts over one colour."""
    from PIL import Image

    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, backdrop)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _scaled(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    from PIL import Image

    ratio = min(box[0] / image.width, box[1] / image.height, 1.0)
    size = max(1, round(image.width * ratio)), max(1, round(image.height * ratio))
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if size == image.size:
        return image.convert(mode)
    seen = image if image.mode == mode else image.convert(mode)
    # The gap shrinks by whole factors first, which makes Lanczos cheap on large pictures.
    return seen.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
