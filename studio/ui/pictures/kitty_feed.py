"""Pictures in the words of kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol). Pure but for the
file that a terminal on the same machine reads.
"""

from __future__ import annotations

import base64
import io
import tempfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

CHUNK = 4096
"""Characters of base64 in one command; the protocol allows no more."""

BATCH = 64 * 1024
"""Characters in one write: few writes, because Textual's writer waits when thirty are queued."""

MEMORY = Path("/dev/shm")


class Medium(StrEnum):
    """The way a picture takes to the terminal."""

    FILE = "file"
    """The terminal runs on this machine and reads a file in memory: 70 bytes through the line."""
    DIRECT = "direct"
    """All pixels through the line: 750 KB for a large preview."""
    LEAN = "lean"
    """Half the size and 6 bits a colour: 130 KB, for slow lines."""


@dataclass(frozen=True, slots=True)
class Plate:
    """An encoded picture and the cells it covers."""

    png: bytes
    columns: int
    rows: int


def encode(picture: Image, columns: int, rows: int, medium: Medium) -> Plate:
    """As PNG. Huffman coding alone is faster and smaller on pictures than the usual compression. Runs in a thread."""
    if medium is Medium.LEAN:
        from PIL.Image import Resampling

        half = (max(1, picture.width // 2), max(1, picture.height // 2))
        picture = picture.resize(half, Resampling.HAMMING).point([(value & ~3) | 2 for value in range(256)] * 3)
    stream = io.BytesIO()
    if medium is Medium.LEAN:
        picture.save(stream, "PNG", compress_level=6)
    else:
        picture.save(stream, "PNG", compress_level=1, compress_type=zlib.Z_HUFFMAN_ONLY)
    return Plate(stream.getvalue(), columns, rows)


def writes(plate: Plate, number: int) -> list[str]:
    """Everything that brings a picture to the terminal under a number, ready for placeholder cells, in few writes."""
    place = f"{_place(plate, number)},"
    text = base64.standard_b64encode(plate.png).decode()
    parts = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    last = len(parts) - 1
    commands = [
        _command(f"{'q=2,' if index else place}m={int(index < last)}", part) for index, part in enumerate(parts)
    ]
    each = BATCH // CHUNK
    return ["".join(commands[start : start + each]) for start in range(0, len(commands), each)]


def write_of_file(plate: Plate, number: int, path: Path) -> str:
    """The command by which a terminal on this machine reads the picture from `path` and deletes the file."""
    return _command(f"{_place(plate, number)},t=t", base64.standard_b64encode(str(path).encode()).decode())


def in_memory(plate: Plate) -> Path:
    """The picture as a file that costs no disk where the system has such a place. kitty demands these words in the
    name of a file it may delete. Whoever asks for it deletes it too, because the terminal may never come to it.
    """
    with tempfile.NamedTemporaryFile(
        prefix="tty-graphics-protocol-", suffix=".png", dir=MEMORY if MEMORY.is_dir() else None, delete=False
    ) as file:
        file.write(plate.png)
    return Path(file.name)


def deletion(number: int) -> str:
    """The command that frees a picture and its pixels."""
    return _command(f"a=d,d=I,i={number},q=2", "")


def _place(plate: Plate, number: int) -> str:
    return f"a=T,U=1,f=100,q=2,i={number},c={plate.columns},r={plate.rows}"


def _command(keys: str, payload: str) -> str:
    return f"\x1b_G{keys}{';' if payload else ''}{payload}\x1b\\"
