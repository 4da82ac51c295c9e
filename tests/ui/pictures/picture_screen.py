"""A screen that understands pictures: which cell shows which part of which picture, and what was done wrong."""

from __future__ import annotations

import base64
import codecs
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.cells import get_character_cell_size

from studio.ui.pictures.kitty_marks import MARKS, PLACEHOLDER
from tests.ui.pictures.sixel_reader import read_sixel

MARK = {mark: index for index, mark in enumerate(MARKS)}
TOKEN = re.compile(
    rb"\x1bPtmux;(?P<tmux>(?:\x1b\x1b|[^\x1b])*)\x1b\\|\x1b_G(?P<kitty>[^\x1b]*)\x1b\\|"
    rb"\x1bP[\d;]*q(?P<sixel>[^\x1b]*)\x1b\\|\x1b\]1337;File=(?P<file>[^\x07\x1b]*)(?:\x07|\x1b\\)|"
    rb"\x1b[P_^X][^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|"
    rb"\x1b\[(?P<private>[?<=>]?)(?P<args>[\d;:]*)(?P<inter>[ -/]*)(?P<final>[@-~])|"
    rb"\x1b(?P<esc>[78=>cDMEH]|[()][0-9A-Z])|(?P<control>[\x00-\x1a\x1c-\x1f])|(?P<text>[^\x00-\x1f\x1b]+)",
    re.DOTALL,
)
UNFINISHED = re.compile(
    rb"\x1b(?:\[[\d;:?<=>]*[ -/]*|Ptmux;(?:[^\x1b]|\x1b\x1b)*\x1b?|[P_\]^X][^\x1b\x07]*\x1b?|[()])?\Z", re.DOTALL
)
"""The beginning of a sequence at the end of what has arrived."""
Pixels = NDArray[np.uint8]


@dataclass(slots=True)
class Cell:
    """One cell: its characters, its foreground as a picture's number, and pixels drawn over it."""

    text: str = " "
    low: int | None = None
    pixels: Pixels | None = None


@dataclass(slots=True)
class _Coming:
    keys: dict[str, str]
    parts: list[str] = field(default_factory=list)


class PictureScreen:
    """Feed it what a program wrote."""

    def __init__(self, columns: int, rows: int, cell: tuple[int, int] = (10, 20)) -> None:
        self.columns, self.rows, self.cell = columns, rows, cell
        self.images: dict[int, Image.Image] = {}
        """Pictures the terminal holds, by number."""
        self.placed: dict[int, tuple[int, int]] = {}
        self.errors: list[str] = []
        self.sent = 0
        """Pictures that arrived whole."""
        self.broken: list[str] = []
        """Pictures that did not arrive whole; those that are broken off are among them."""
        self.sizes: list[tuple[int, int]] = []
        """Pixels of every kitty picture that arrived."""
        self.grid = [[Cell() for _ in range(columns)] for _ in range(rows)]
        self._x = self._y = 0
        self._saved = (0, 0)
        self._low: int | None = None
        self._rest = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._coming: _Coming | None = None

    def feed(self, data: bytes) -> PictureScreen:
        """Take in a part of the output; gives itself."""
        data, position = self._rest + data, 0
        self._rest = b""
        while position < len(data):
            if UNFINISHED.match(data, position):
                self._rest = data[position:]
                break
            match = TOKEN.match(data, position)
            if match is None:
                self.errors.append(f"not understood: {data[position : position + 40]!r}")
                position += 1
                continue
            position = match.end()
            self._take(match)
        return self

    def resized(self, columns: int, rows: int) -> PictureScreen:
        """The same terminal with another, empty grid."""
        other = PictureScreen(columns, rows, self.cell)
        other.images, other.placed, other.errors, other.sent = self.images, self.placed, self.errors, self.sent
        other.sizes, other.broken = self.sizes, self.broken
        return other

    def shown(self, x: int, y: int) -> tuple[int, int, int] | None:
        """Number, row and column of the part of a kitty picture a cell shows."""
        cell = self.grid[y][x]
        if cell.text[:1] != PLACEHOLDER or cell.low is None or len(cell.text) != 4:
            return None
        row, column, high = (MARK[mark] for mark in cell.text[1:])
        number = high << 24 | cell.low
        return (number, row, column) if number in self.images and number in self.placed else None

    def picture_cells(self) -> int:
        """Cells that show a part of a picture."""
        return sum(
            self.shown(x, y) is not None or self.grid[y][x].pixels is not None
            for y in range(self.rows)
            for x in range(self.columns)
        )

    def colour(self, x: int, y: int) -> tuple[int, ...]:
        """The mean colour of the picture in a cell; empty where there is none."""
        if (part := self.shown(x, y)) is not None:
            number, row, column = part
            columns, rows = self.placed[number]
            seen = self.images[number].resize((columns, rows), Image.Resampling.BOX).getpixel((column, row))
            return tuple(seen)[:3] if isinstance(seen, tuple) else ()
        pixels = self.grid[y][x].pixels
        return tuple(int(value) for value in pixels.reshape(-1, pixels.shape[2]).mean(0)) if pixels is not None else ()

    def _take(self, match: re.Match[bytes]) -> None:
        found = match.lastgroup
        if match["tmux"] is not None:
            self.feed(match["tmux"].replace(b"\x1b\x1b", b"\x1b"))
        elif match["kitty"] is not None:
            self._kitty(match["kitty"].decode("ascii", "replace"))
        elif match["sixel"] is not None:
            self._draw(read_sixel(match["sixel"]))
        elif match["file"] is not None:
            self._file(match["file"].decode())
        elif found == "final":
            if not match["private"] and not match["inter"]:
                args = [int(arg or 0) for arg in match["args"].replace(b":", b";").split(b";")]
                self._csi(match["final"].decode(), args)
        elif match["esc"] == b"7":
            self._saved = (self._x, self._y)
        elif match["esc"] == b"8":
            self._x, self._y = self._saved
        elif match["control"] == b"\r":
            self._x = 0
        elif match["control"] == b"\n":
            self._y = min(self._y + 1, self.rows - 1)
        elif match["control"] == b"\b":
            self._x = max(0, self._x - 1)
        elif match["text"] is not None:
            self._text(self._decoder.decode(match["text"]))

    def _text(self, text: str) -> None:
        for character in text:
            if character in MARK:
                self.grid[self._y][self._x - 1].text += character
                continue
            if self._x >= self.columns:
                self._x, self._y = 0, min(self._y + 1, self.rows - 1)
            self.grid[self._y][self._x] = Cell(character, self._low)
            self._x += max(1, get_character_cell_size(character) if character != PLACEHOLDER else 1)

    def _csi(self, final: str, args: list[int]) -> None:
        count = max(1, args[0])
        match final:
            case "H" | "f":
                self._y = min(self.rows, count) - 1
                self._x = min(self.columns, max(1, args[1] if len(args) > 1 else 1)) - 1
            case "A":
                self._y = max(0, self._y - count)
            case "B":
                self._y = min(self.rows - 1, self._y + count)
            case "C":
                self._x = min(self.columns - 1, self._x + count)
            case "D":
                self._x = max(0, self._x - count)
            case "G":
                self._x = min(self.columns, count) - 1
            case "d":
                self._y = min(self.rows, count) - 1
            case "r":
                self._x = self._y = 0
            case "K":
                self.grid[self._y][self._x :] = [Cell() for _ in range(self._x, self.columns)]
            case "m":
                self._sgr(args)
            case "J" if args[0] in {2, 3}:
                self.grid = [[Cell() for _ in range(self.columns)] for _ in range(self.rows)]

    def _sgr(self, codes: list[int]) -> None:
        rest = iter(codes)
        for code in rest:
            if code in {38, 48}:
                kind = next(rest, 0)
                value = [next(rest, 0) for _ in range(1 if kind == 5 else 3)]
                if code == 38:
                    self._low = value[0] if kind == 5 else value[0] << 16 | value[1] << 8 | value[2]
            elif code in {0, 39}:
                self._low = None
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self._low = code - 30 if code < 40 else code - 82

    def _kitty(self, body: str) -> None:
        control, _, payload = body.partition(";")
        keys = dict(part.split("=", 1) for part in control.split(",") if "=" in part)
        if len(payload) > 4096:
            self.errors.append(f"{len(payload)} characters in one command")
        if "q" not in keys and keys.get("a") != "q":
            self.errors.append(f"{control} lets the terminal answer, which becomes keys")
        if self._coming is not None:
            if "a" in keys and keys.get("i") != self._coming.keys.get("i"):
                self.errors.append(f"{control} inside an unfinished transmission")
            self._coming.parts.append(payload)
        elif keys.get("a") == "d":
            number = int(keys.get("i", 0))
            if keys.get("d") != "I":
                self.errors.append(f"{control} frees nothing")
            self.images.pop(number, None)
            self.placed.pop(number, None)
        elif keys.get("a") == "p":
            self.placed[int(keys["i"])] = (int(keys.get("c", 0)), int(keys.get("r", 0)))
        elif keys.get("a", "t" if "f" in keys else "") in {"t", "T"}:
            self._coming = _Coming(keys, [payload])
        elif keys.get("a") != "q":
            self.errors.append(f"{control} continues nothing")
        if self._coming is not None and keys.get("m", "0") == "0":
            coming, self._coming = self._coming, None
            self._arrived(coming)

    def _arrived(self, coming: _Coming) -> None:
        keys, number = coming.keys, int(coming.keys.get("i", 0))
        data = b"".join(base64.b64decode(part) for part in coming.parts)
        try:
            if keys.get("t") == "t":
                path = Path(data.decode())
                data = path.read_bytes()
                path.unlink()
            if keys.get("f") == "100":
                image = Image.open(io.BytesIO(data)).convert("RGB")
            else:
                image = Image.frombytes("RGB", (int(keys["s"]), int(keys["v"])), data)
        except (OSError, ValueError, SyntaxError) as error:
            self.broken.append(f"picture {number}: {error!r}")
            return
        self.sent += 1
        self.images[number] = image
        self.sizes.append(image.size)
        if keys.get("U") == "1":
            self.placed[number] = (int(keys.get("c", 0)), int(keys.get("r", 0)))

    def _file(self, body: str) -> None:
        control, _, payload = body.partition(":")
        keys = dict(part.split("=", 1) for part in control.split(";") if "=" in part)
        size = int(keys["width"]) * self.cell[0], int(keys["height"]) * self.cell[1]
        self._draw(np.asarray(Image.open(io.BytesIO(base64.b64decode(payload))).convert("RGB").resize(size)))

    def _draw(self, pixels: Pixels) -> None:
        width, height = self.cell
        down, across = -(-pixels.shape[0] // height), -(-pixels.shape[1] // width)
        if self._y + down >= self.rows:
            self.errors.append("pixels in the last row scroll the screen")
        for row in range(down):
            for column in range(across):
                x, y = self._x + column, self._y + row
                if x < self.columns and y < self.rows:
                    part = pixels[row * height : (row + 1) * height, column * width : (column + 1) * width]
                    self.grid[y][x].pixels = part
        self.sent += 1
