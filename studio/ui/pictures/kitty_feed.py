"""Pictures in the words of kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol). Pure but for the
file that a terminal on the same machine reads.
"""

from __future__ import annotations

import base64
import io
import re
import tempfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from studio.ui.pictures.quick_png import quick_png
from studio.ui.pictures.tier import Tier

if TYPE_CHECKING:
    from PIL.Image import Image

CHUNK = 4096
"""Characters of base64 in one command; the protocol allows no more."""

MEMORY = Path("/dev/shm")

_COMMAND = re.compile("\x1b_G[^\x1b]*\x1b\\\\")


class Medium(StrEnum):
    """The way a picture takes to the terminal."""

    FILE = "file"
    """The terminal runs on this machine and reads a file in memory: 100 bytes through the line."""
    DIRECT = "direct"
    """Everything through the line: 740 KB for a large preview, 120 KB for a lean one."""


@dataclass(frozen=True, slots=True)
class Plate:
    """An encoded picture, the number it has in the terminal, and the commands that bring it there."""

    number: int
    texts: tuple[str, ...]
    """None when the terminal reads a file."""
    pixels: bytes = b""
    """What that file holds."""
    place: str = ""

    @property
    def weight(self) -> int:
        """Bytes it holds in memory, about."""
        return sum(map(len, self.texts)) + len(self.pixels)


def plate_of(
    picture: Image, number: int, cells: tuple[int, int], tier: Tier, *, quick: bool = False, tmux: bool = False
) -> Plate:
    """A picture that goes through the line, as PNG, ready for placeholder cells; `quick` where time counts more than
    bytes. Runs in a thread.
    """
    data = quick_png(picture) if quick and tier is Tier.FULL else png(picture, tier)
    place = f"a=T,U=1,f=100,q=2,i={number},c={cells[0]},r={cells[1]},"
    text = base64.standard_b64encode(data).decode()
    parts = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    last = len(parts) - 1
    commands = (_command(f"{'q=2,' if at else place}m={int(at < last)}", part) for at, part in enumerate(parts))
    return Plate(number, tuple(wrapped(command) if tmux else command for command in commands))


def plate_for_file(picture: Image, number: int, cells: tuple[int, int]) -> Plate:
    """A picture for a terminal on this machine, uncompressed: a file in memory costs nothing to move. In a thread."""
    size = f"s={picture.width},v={picture.height}"
    place = f"a=T,U=1,f=24,q=2,i={number},{size},c={cells[0]},r={cells[1]},t=t"
    return Plate(number, (), picture.tobytes(), place)


def png(picture: Image, tier: Tier) -> bytes:
    """Full: Huffman coding alone is faster and smaller on pictures than the usual compression. Lean: half the size
    and 6 bits a colour, a sixth of the bytes.
    """
    stream = io.BytesIO()
    if tier is Tier.FULL:
        picture.save(stream, "PNG", compress_level=1, compress_type=zlib.Z_HUFFMAN_ONLY)
        return stream.getvalue()
    from PIL.Image import Resampling

    half = (max(1, picture.width // 2), max(1, picture.height // 2))
    small = picture.resize(half, Resampling.HAMMING).point([(value & ~3) | 2 for value in range(256)] * 3)
    small.save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def file_of(plate: Plate) -> Path:
    """The pixels as a file that costs no disk where the system has such a place. kitty demands these words in the
    name of a file it may delete. Whoever asks for it deletes it too, because the terminal may never come to it.
    """
    with tempfile.NamedTemporaryFile(
        prefix="tty-graphics-protocol-", suffix=".rgb", dir=MEMORY if MEMORY.is_dir() else None, delete=False
    ) as file:
        file.write(plate.pixels)
    return Path(file.name)


def reading(plate: Plate, path: Path) -> str:
    """The command by which a terminal on this machine reads the picture from `path` and deletes the file."""
    return _command(plate.place, base64.standard_b64encode(str(path).encode()).decode())


def deletion(number: int) -> str:
    """The command that frees a picture and its pixels."""
    return _command(f"a=d,d=I,i={number},q=2", "")


def breaking_off(number: int) -> str:
    """The commands that end a transmission in the middle, and free what has come of it."""
    return _command("q=2,m=0", "") + deletion(number)


def wrapped(text: str) -> str:
    """Every command in the envelope that tmux hands on to the terminal around it (tmux(1), allow-passthrough)."""
    return _COMMAND.sub(lambda found: "\x1bPtmux;" + found[0].replace("\x1b", "\x1b\x1b") + "\x1b\\", text)


def _command(keys: str, payload: str) -> str:
    return f"\x1b_G{keys}{';' if payload else ''}{payload}\x1b\\"
