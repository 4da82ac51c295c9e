"""Pictures on their way in and out: opened with limits, stamped as sandbox pictures, encoded as asked."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageDraw, ImageFont, ImageOps, PngImagePlugin

from studio.sandbox.answers import Violation, listed
from studio.sandbox.files import Product
from studio.sandbox.inputs import Input

SOFTWARE = "fal sandbox"
STAMP = "SANDBOX"

MOST_PIXELS = 50_000_000
"""Pixels of an input picture that the sandbox is willing to decode."""

_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Opened:
    """An input picture, decoded and upright, in RGB or RGBA."""

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
                return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise listed(422, Violation(one.loc, "image_load_error", "The file is no picture")) from error
    side = int(MOST_PIXELS**0.5)
    raise listed(
        422, Violation(one.loc, "image_too_large", "The picture is too large", {"max_width": side, "max_height": side})
    )


def stamped(picture: Image.Image) -> Image.Image:
    """The picture with a small SANDBOX in its lower right corner, readable on any ground and in nobody's way."""
    out = picture.copy()
    size = max(9, min(out.size) // 48)
    font = ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(STAMP)
    width, height, pad = int(right - left), int(bottom - top), max(2, size // 3)
    if width + 2 * pad > out.width or height + 2 * pad > out.height:
        return out
    plate = Image.new("RGBA", (width + 2 * pad, height + 2 * pad), (0, 0, 0, 0))
    pen = ImageDraw.Draw(plate)
    pen.rounded_rectangle((0, 0, plate.width - 1, plate.height - 1), radius=pad, fill=(20, 20, 24, 110))
    pen.text((pad - left, pad - top), STAMP, font=font, fill=(255, 255, 255, 205))
    place = (out.width - plate.width - pad, out.height - plate.height - pad)
    if out.mode == "RGBA":
        out.alpha_composite(plate, place)
    else:
        out.paste(plate.convert("RGB"), place, plate.getchannel("A"))
    return out


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
