"""Finds the line on which each key of a TOML text stands, which the standard parser does not tell.

Meant for texts that the parser has already accepted; for others it finds what it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]
"""Keys and positions from the top of the file to a value: `("pose", 2, "text")`."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_TEXTS = (
    re.compile(r'"""(?:\\.|[^\\])*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)
_PLAIN = re.compile(r"[^,\]}#\r\n]*")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)


def key_lines(text: str, first: int = 1) -> dict[KeyPath, int]:
    """The line of each key, table header and array entry, counted from `first`."""
    scanner = _Scanner(text, first)
    scanner.scan()
    return scanner.lines


class _Scanner:
    """One walk over the text; `at` only ever moves forward."""

    def __init__(self, text: str, first: int) -> None:
        self.text = text
        self.first = first
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}
        self.table: KeyPath = ()

    def scan(self) -> None:
        """Walk to the end."""
        while True:
            self._skip(_GAP)
            if self.at >= len(self.text):
                return
            before = self.at
            if self.text[self.at] == "[":
                self._header()
            else:
                self._pair(self.table)
            if self.at == before:  # not TOML: go on with the next line
                self._skip(re.compile(r"[^\n]*\n?"))

    def _line(self) -> int:
        return self.first + self.text.count("\n", 0, self.at)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def _take(self, mark: str) -> bool:
        if self.text.startswith(mark, self.at):
            self.at += len(mark)
            return True
        return False

    def _header(self) -> None:
        line = self._line()
        many = self._take("[[")
        if not many:
            self._take("[")
        path: KeyPath = ()
        keys = list(self._keys())
        for position, key in enumerate(keys, 1):
            path = (*path, key)
            if many and position == len(keys):
                self.counts[path] = self.counts.get(path, -1) + 1
                self.lines.setdefault(path, line)
            if path in self.counts:
                path = (*path, self.counts[path])
        self.lines.setdefault(path, line)
        self.table = path
        self._skip(re.compile(r"[ \t]*\]{0,2}"))

    def _keys(self) -> Iterator[str]:
        while True:
            self._skip(_BLANK)
            key = self._text() if self.text[self.at : self.at + 1] in {'"', "'"} else self._skip(_BARE)
            if key:
                yield key
            self._skip(_BLANK)
            if not self._take("."):
                return

    def _text(self) -> str:
        for pattern in _TEXTS:
            if raw := self._skip(pattern):
                return _ESCAPE.sub(_unescaped, raw[1:-1]) if raw[0] == '"' else raw[1:-1]
        self.at += 1
        return ""

    def _pair(self, inside: KeyPath) -> None:
        line = self._line()
        path = inside
        for key in self._keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._skip(_BLANK)
        if self._take("="):
            self._skip(_BLANK)
            self._value(path)

    def _value(self, path: KeyPath) -> None:
        match self.text[self.at : self.at + 1]:
            case "[":
                self._sequence(path)
            case "{":
                self._inline(path)
            case '"' | "'":
                self._text()
            case _:
                self._skip(_PLAIN)

    def _sequence(self, path: KeyPath) -> None:
        self.at += 1
        position = 0
        while self.at < len(self.text):
            self._skip(_GAP)
            if self._take("]") or self.at >= len(self.text):
                return
            before = self.at
            self.lines.setdefault((*path, position), self._line())
            self._value((*path, position))
            position += 1
            self._skip(_GAP)
            if not self._take(",") and self.at == before:
                return

    def _inline(self, path: KeyPath) -> None:
        self.at += 1
        while self.at < len(self.text):
            self._skip(_GAP)
            if self._take("}") or self.at >= len(self.text):
                return
            before = self.at
            self._pair(path)
            self._skip(_GAP)
            if not self._take(",") and self.at == before:
                return


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "uU" and len(code) > 1:
        return chr(int(code[1:], 16)) if int(code[1:], 16) < 0x110000 else ""
    return {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(code, code)
