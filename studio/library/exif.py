"""The EXIF block of JPEG and WebP files: the `parameters` text where other tools look for it, and our own beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

EXIF_IFD = 0x8769
USER_COMMENT = 0x9286
MAKER_NOTE = 0x927C
"""Exif 2.3: room for whatever the writer of the file wants to record."""

UNICODE = b"UNICODE\0"


def with_comment(block: bytes, text: str, note: bytes | None = None) -> bytes:
    """The EXIF block (TIFF header first) with this user comment, and this maker note if any; other tags are kept."""
    value = UNICODE + text.replace("\0", "").encode("utf-16-be", "replace")
    exif = _parsed(block)
    try:
        return _filled(exif, value, note)
    except Exception:  # tags that Pillow can read and not write again; the picture's own recipe matters more
        return _filled(_parsed(b""), value, note)


def comment(block: bytes) -> str | None:
    """The user comment of an EXIF block, in whichever of its encodings; None when there is none."""
    value = _parsed(block).get_ifd(EXIF_IFD).get(USER_COMMENT)
    if not isinstance(value, bytes):
        return value if isinstance(value, str) else None
    code, rest = value[:8], value[8:]
    if code == UNICODE:
        # Some writers use the byte order of the TIFF header instead; Latin text shows which it is.
        order = "utf-16-le" if rest[1:2] == b"\0" and rest[:1] != b"\0" else "utf-16-be"
        return rest.decode(order, "replace")
    return rest.decode("utf-8", "replace").strip("\0")


def maker_note(block: bytes) -> bytes | None:
    """The maker note of an EXIF block, or None."""
    value = _parsed(block).get_ifd(EXIF_IFD).get(MAKER_NOTE)
    return value if isinstance(value, bytes) else None


def _filled(exif: Image.Exif, value: bytes, note: bytes | None) -> bytes:
    inner = exif.get_ifd(EXIF_IFD)
    inner[USER_COMMENT] = value
    if note is not None:
        inner[MAKER_NOTE] = note
    return exif.tobytes().removeprefix(b"Exif\0\0")


def _parsed(block: bytes) -> Image.Exif:
    from PIL import Image

    exif = Image.Exif()
    if block:
        try:
            exif.load(block)
            exif.get_ifd(EXIF_IFD)
        except Exception:  # a hostile block makes Pillow raise nearly anything; it is replaced by a new one
            return Image.Exif()
    return exif
