"""A small, fast model of a terminal screen, for what Textual writes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from tests.benchmarks.harness.attributes import PLAIN, Attributes, after_sgr

_TOKEN = re.compile(
    r"""
      (?P<text>[^\x00-\x1f\x7f]+)
    | \x1b\[(?P<csi>[0-?]*[ -/]*[@-~])
    | (?P<string>\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\))
    | (?P<escape>\x1b[ -/]*[0-OQ-WY-Z\\`-~=>])
    | (?P<control>[\x00-\x1a\x1c-\x1f\x7f])
    """,
    re.VERBOSE,
)
# Anything outside this class is one column wide and can be placed by slicing.
_ODD_WIDTH = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u1100-\u115f"
    "\u200b-\u200f\u20d0-\u20f0\u231a\u231b\u23e9-\u23f3\u25fd\u25fe"
    "\u2614-\u27bf\u2b1b-\u2b55\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3"
    "\uf900-\ufaff\ufe00-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    "\U00010000-\U0010ffff]"
)
_LONGEST_HELD = 1_000_000
"""Characters of an unfinished sequence that are kept for the next read."""


class Snapshot(NamedTuple):
    """All that can be seen at one moment."""

    lines: list[str]
    attributes: list[list[Attributes]]
    cursor: tuple[int, int] | None


class Screen:
    """What stands on the screen after a stream of output: a character and its attributes for every cell."""

    def __init__(self, rows: int, cols: int) -> None:
        self.rows, self.cols = rows, cols
        self.chars: list[list[str]] = []
        self.attributes: list[list[Attributes]] = []
        self.in_sync = False
        """Inside a synchronised update: the frame is not whole."""
        self.application_cursor = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._looks: dict[tuple[Attributes, str], Attributes] = {}
        self._x = self._y = 0
        self._look = PLAIN
        self._cursor_visible = True
        self._lines: list[str | None] = []
        self._clear()

    def lines(self) -> list[str]:
        """The screen as text, one string per row."""
        whole = [line if line is not None else "".join(self.chars[y]) for y, line in enumerate(self._lines)]
        self._lines[:] = whole
        return whole

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines())

    def snapshot(self) -> Snapshot:
        """A copy of all that can be seen, for comparison."""
        return Snapshot(self.lines(), [row[:] for row in self.attributes], self._cursor())

    def differs(self, before: Snapshot) -> bool:
        """Something that can be seen is not as it was."""
        return self.lines() != before.lines or self.attributes != before.attributes or self._cursor() != before.cursor

    def feed(self, data: bytes) -> None:
        """Take output in, as it was read: it may end anywhere."""
        text = self._held + self._decoder.decode(data)
        self._held = ""
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is not None:
                at = token.end()
                self._take(token)
            elif (cancelled := text.find("\x1b", at + 1)) > 0 and text[at + 1] not in "]P_^X":
                at = cancelled
            elif len(text) - at < _LONGEST_HELD:
                self._held = text[at:]
                return
            else:
                at += 1

    def _take(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "text":
                self._put(token.group())
            case "csi":
                self._sequence(token.group("csi"))
            case "control":
                self._control(token.group())
            case _:
                pass

    def _put(self, text: str) -> None:
        if text.isascii() or not _ODD_WIDTH.search(text):
            self._place(text)
            return
        for char in text:
            match _width(char):
                case 0:
                    self.chars[self._y][max(0, self._x - 1)] += char
                    self._lines[self._y] = None
                case 1:
                    self._place(char)
                case _:
                    self._place(char + "\0")

    def _place(self, text: str) -> None:
        """Characters of one column each; NUL is the second column of the one before."""
        start, end = self._x, min(self.cols, self._x + len(text))
        self.chars[self._y][start:end] = ["" if char == "\0" else char for char in text[: end - start]]
        self.attributes[self._y][start:end] = [self._look] * (end - start)
        self._lines[self._y] = None
        # Textual addresses every row and never relies on wrapping.
        self._x = min(self.cols - 1, end)

    def _control(self, char: str) -> None:
        match char:
            case "\r":
                self._x = 0
            case "\n":
                self._y = min(self.rows - 1, self._y + 1)
            case "\b":
                self._x = max(0, self._x - 1)
            case _:
                pass

    def _sequence(self, body: str) -> None:
        raw, final = body[:-1], body[-1]
        if raw.startswith("?"):
            if final in "hl":
                for mode in raw[1:].split(";"):
                    self._mode(mode, on=final == "h")
            return
        if raw[:1] in (">", "<", "="):
            return
        if final == "m":
            key = (self._look, raw)
            if key not in self._looks:
                self._looks[key] = after_sgr(self._look, raw)
            self._look = self._looks[key]
            return
        numbers = [int(part) if part.isdigit() else 0 for part in raw.split(";")]
        self._move_or_erase(final, numbers[0], numbers[1] if len(numbers) > 1 else 0)

    def _move_or_erase(self, final: str, first: int, second: int) -> None:
        count = first or 1
        match final:
            case "H" | "f":
                self._y, self._x = min(self.rows, count) - 1, min(self.cols, second or 1) - 1
            case "A":
                self._y = max(0, self._y - count)
            case "B":
                self._y = min(self.rows - 1, self._y + count)
            case "C":
                self._x = min(self.cols - 1, self._x + count)
            case "D":
                self._x = max(0, self._x - count)
            case "G":
                self._x = min(self.cols, count) - 1
            case "J":
                for y in range(self._y + 1 if first == 0 else 0, self.rows):
                    self._erase(y, 0)
                if first == 0:
                    self._erase(self._y, self._x)
            case "K":
                self._erase(self._y, self._x if first == 0 else 0)
            case _:
                pass

    def _erase(self, y: int, start: int) -> None:
        self.chars[y][start:] = [" "] * (self.cols - start)
        self.attributes[y][start:] = [Attributes(background=self._look.background)] * (self.cols - start)
        self._lines[y] = None

    def _mode(self, mode: str, *, on: bool) -> None:
        match mode:
            case "2026":
                self.in_sync = on
            case "1049":
                self._clear()
            case "1":
                self.application_cursor = on
            case "25":
                self._cursor_visible = on
            case _:
                pass

    def _clear(self) -> None:
        self.chars = [[" "] * self.cols for _ in range(self.rows)]
        self.attributes = [[PLAIN] * self.cols for _ in range(self.rows)]
        self._lines = [None] * self.rows

    def _cursor(self) -> tuple[int, int] | None:
        return (self._x, self._y) if self._cursor_visible else None


def _width(char: str) -> int:
    """Columns taken by one character."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
