"""Reading a TOML file, with every fault told in one sentence: file, line, key, what is expected."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from studio.config.toml_lines import KeyPath, key_lines
from studio.domain.errors import ProjectError
from studio.domain.text import plain

LARGEST = 4 * 1024 * 1024
"""Bytes of a file that is read; a thousand poses with skeletons are a tenth of it."""

_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_KEY = re.compile(r"""[ \t]*(?:([A-Za-z0-9_.-]+)|["']([^"'\n]+)["'])[ \t]*(?:=|$)""")

_TOLD = {
    "Cannot overwrite a value": "this key is already there; each key may stand once",
    "Cannot declare": "this table is already there; each table may stand once",
    "Cannot mutate immutable namespace": "this key is already there; each key may stand once",
    "Duplicate inline table key": "this key is already there; each key may stand once",
    "Expected '=' after a key": "expected = after the key",
    "Invalid statement": "expected a key, or a table name in brackets",
    "Invalid value": "expected a value: text in quotes, a number, true, false, or a list in brackets",
    "Expected newline or end of document": "expected the end of the line after the value",
    "Unterminated string": "expected a closing quote",
    "Expected": "the text or list is not closed",
    "Unclosed array": "expected ] at the end of the list",
    "Unclosed inline table": "expected } at the end of the table",
    "Unescaped '\\' in a string": "expected \\\\ for a backslash, or single quotes around the text",
    "Illegal character": "a character that may not stand in a text file; control characters are written \\u0000",
    "Invalid initial character for a key part": "expected a key",
    "Invalid date or datetime": "expected a date that exists",
    "Exceeds the limit": "expected a smaller number",
}
"""The parser's complaints by their beginning, in an artist's words; the longest beginning that fits is taken."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read, and how to name it to a person."""

    label: str
    text: str
    first: int = 1
    """Line number of the text's first line, when it is a piece of a larger file."""

    def error(self, expected: str, where: KeyPath = ()) -> ProjectError:
        """The error for a key, with the line it stands on or, when it is missing, the line of its table."""
        lines = key_lines(self.text, self.first)
        known = where
        while known and known not in lines:
            known = known[:-1]
        return self.error_at(lines.get(known, self.first), expected, told(where))

    def error_at(self, line: int, expected: str, key: str = "") -> ProjectError:
        """The error for a line of the file."""
        place = f"{self.label}, line {line}, {key}" if key else f"{self.label}, line {line}"
        return ProjectError(plain(f"{place}: {expected.rstrip('.')}."))


def told(where: KeyPath) -> str:
    """A key path in words: `pose 3, key skeleton.lean`."""
    words: list[str] = []
    keys: list[str] = []
    for part in where:
        if isinstance(part, int):
            words.append(f"{'.'.join(keys)} {part + 1}")
            keys = []
        else:
            keys.append(part)
    if keys:
        words.append(f"key {'.'.join(keys)}")
    return ", ".join(words)


def read_source(path: Path, label: str = "") -> Source:
    """The text of a file, decoded. Raises ProjectError when it is absent, unreadable, too large or not UTF-8."""
    shown = label or path.name
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise ProjectError(f"{shown} cannot be read: {error.strerror or error}.") from error
    if len(raw) > LARGEST:
        raise ProjectError(f"{shown}, line 1: expected a file of at most {LARGEST // 1024 // 1024} MB.")
    try:
        return Source(shown, raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        key = _key_on(raw.splitlines()[line - 1].decode("utf-8", "replace"))
        raise Source(shown, "").error_at(line, "expected UTF-8 text, found a byte that is none", key) from error


def parse(source: Source) -> dict[str, object]:
    """The values of a TOML text; floats come as Decimal. Raises ProjectError with the line of the fault."""
    try:
        return tomllib.loads(source.text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(source, str(error)) from error
    except RecursionError as error:
        raise source.error_at(source.first, "expected fewer brackets inside each other") from error
    except (ValueError, ArithmeticError) as error:
        # Numbers that Python itself refuses; the parser gives no place for them.
        raise source.error_at(_line_of_long_number(source), "expected a smaller number") from error


def _syntax_error(source: Source, message: str) -> ProjectError:
    found = _WHERE.search(message)
    complaint = _WHERE.sub("", message)
    lines = source.text.splitlines() or [""]
    number = int(found[1]) if found and found[1] else len(lines)
    fitting = [beginning for beginning in _TOLD if complaint.startswith(beginning)]
    expected = _TOLD[max(fitting, key=len)] if fitting else complaint
    key = _key_on(lines[min(number, len(lines)) - 1])
    return source.error_at(source.first + number - 1, expected, key)


def _key_on(line: str) -> str:
    match = _KEY.match(line)
    return f"key {match[1] or match[2]}" if match else ""


def _line_of_long_number(source: Source) -> int:
    match = re.search(r"[0-9_]{400,}", source.text)
    return source.first + source.text.count("\n", 0, match.start() if match else 0)
