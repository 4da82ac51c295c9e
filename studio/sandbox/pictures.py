"""Pictures on their way in and out: opened with limits, encoded as asked."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from studio.sandbox.answers import Violation, listed
from studio.sandbox.files import Product
from studio.sandbox.inputs import Input
from studio.sandbox.stamp import without_stamp

SOFTWARE = "fal sandbox"

MOST_PIXELS = 50_000_000
"""Pixels of an input picture that the sandbox is willing to decode."""

_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Opened:
    """An input picture, decoded and upright, in RGB or RGBA, without the stamp of an earlier sandbox picture."""

    role: str
    picture: Image.Image


def open_pictures(inputs: Sequence[Input]) -> list[Opened]:
    """Every input that is a picture. Raises `image_load_error` or `image_too_large` with the argument's place."""
    return [Opened(one.role, _opened(one)) for one in inputs if one.role != "archive"]


def _opened(one: Input) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow's own warning about size comes long before our limit and would go nowhere.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(one.data), formats=("PNG", "JPEG", "WEBP", "GIF", "BMP"))
            if picture.width * picture.height <= MOST_PIXELS:
                upright = ImageOps.exif_transpose(picture)
                return without_stamp(upright.convert("RGBA" if upright.has_transparency_data else "RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise listed(422, Violation(one.loc, "image_load_error", "The file is no picture")) from error
    side = int(MOST_PIXELS**0.5)
    raise listed(
        422, Violation(one.loc, "image_too_large", "The picture is too large", {"max_width": side, "max_height": side})
    )


def encoded(picture: Image.Image, wanted: str, index: int, *, flagged: bool = False) -> Product:
    """The picture as a file in the wanted format (png, jpeg or webp), saying which software made it.

    A picture with transparency asked for as JPEG comes back as PNG.
    """
    format_ = wanted if wanted in _TYPES and not (wanted == "jpeg" and picture.mode == "RGBA") else "png"
    buffer = io.BytesIO()
    if format_ == "png":
        info = PngImagePlugin.PngInfo()
        info.add_text("Software", SOFTWARE)
        # Level 4 is a third of the time of the default for files hardly larger.
        picture.save(buffer, "PNG", pnginfo=info, compress_level=4)
    else:
        exif = Image.Exif()
        exif[ExifTags.Base.Software] = SOFTWARE
        picture.save(buffer, format_.upper(), exif=exif, quality=92, **({"method": 2} if format_ == "webp" else {}))
    return Product(
        name=f"{index}.{format_}",
        content_type=_TYPES[format_],
        data=buffer.getvalue(),
        width=picture.width,
        height=picture.height,
        flagged=flagged,
    )
