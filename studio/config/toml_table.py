"""A table of a TOML file, read key by key; whatever is not as expected is a ProjectError that names line and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from studio.config.toml_file import Source, parse, read_source
from studio.config.toml_lines import KeyPath
from studio.domain.errors import ProjectError
from studio.domain.request import Json
from studio.domain.text import plain

LONGEST_TEXT = 20_000
"""Characters of one text; a longer one is refused, never cut."""

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping of a file and its place in it. Reading methods return the fallback for an absent key."""

    source: Source
    values: Mapping[str, object]
    where: KeyPath = ()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def error(self, key: str, expected: str) -> ProjectError:
        """The error for one key; an empty key means the table itself."""
        return self.source.error(expected, (*self.where, key) if key else self.where)

    def only(self, known: Iterable[str]) -> None:
        """Refuse every key that is not known."""
        allowed = tuple(known)
        for key in self.values:
            if key not in allowed:
                close = closest(key, allowed)
                hint = f"did you mean {close}?" if close else f"expected one of {', '.join(allowed)}"
                raise self.error(key, f"there is no such key here; {hint}")

    def text(self, key: str, fallback: str | None = None, *, lines: bool = False, filled: bool = False) -> str:
        """A text without control characters and without blanks at its ends. `filled` refuses an empty one."""
        value = self._value(key, fallback)
        if not isinstance(value, str):
            raise self._wrong(key, "a text in quotes", value)
        if len(value) > LONGEST_TEXT:
            raise self.error(key, f"expected at most {LONGEST_TEXT} characters, found {len(value)}")
        clean = tidy(value, lines=lines)
        if filled and not clean:
            raise self.error(key, "expected a text that is not empty")
        return clean

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "a list of texts", value)
        return tuple(tidy(item) for item in value)

    def choice(self, key: str, allowed: Iterable[str], fallback: str | None = None) -> str:
        """A text that is one of a few words."""
        word, words = self.text(key, fallback), tuple(allowed)
        if word in words or (word == fallback and key not in self.values):
            return word
        close = closest(word, words)
        hint = f"; did you mean {close}?" if close else ""
        raise self.error(key, f"expected one of {', '.join(words)}, found {word!r}{hint}")

    def flag(self, key: str, fallback: bool) -> bool:
        """true or false."""
        value = self._value(key, fallback)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false", value)
        return value

    def integer(self, key: str, fallback: int | None = None, low: int | None = None, high: int | None = None) -> int:
        """A whole number inside its range."""
        value = self._value(key, fallback)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(key, "a whole number", value)
        self._in_range(key, Decimal(value), low, high)
        return value

    def number(
        self,
        key: str,
        fallback: Decimal | int | None = None,
        low: Decimal | int | None = None,
        high: Decimal | int | None = None,
    ) -> Decimal:
        """A number inside its range, exactly as it is written."""
        value = self._value(key, fallback)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self._wrong(key, "a number", value)
        exact = Decimal(value)
        if not exact.is_finite():
            raise self._wrong(key, "a number", value)
        self._in_range(key, exact, low, high)
        return exact

    def amount(self, key: str) -> Decimal | None:
        """Money in USD, a number or a number in quotes; None when absent."""
        value = self.values.get(key, _MISSING)
        if value is _MISSING:
            return None
        if isinstance(value, str) and value.strip().replace(".", "", 1).isdecimal():
            return Decimal(value.strip())
        if isinstance(value, str):
            raise self._wrong(key, "an amount in USD such as 0.50", value)
        return self.number(key, low=0)

    def json(self, key: str, fallback: Json = None) -> Json:
        """Any value that JSON has a word for; decimals become floats."""
        value = self.values.get(key, _MISSING)
        return fallback if value is _MISSING else self._as_json(key, value)

    def table(self, key: str) -> Table:
        """A table inside this one; absent is empty."""
        value = self._value(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, "a table", value)
        return Table(self.source, value, (*self.where, key))

    def tables(self, key: str) -> list[Table]:
        """The entries of a list of tables; absent is empty."""
        value = self._value(key, [])
        if not isinstance(value, list):
            raise self._wrong(key, "a list of tables", value)
        for position, item in enumerate(value):
            if not isinstance(item, dict):
                raise self.source.error(f"expected a table, found {found(item)}", (*self.where, key, position))
        return [Table(self.source, item, (*self.where, key, position)) for position, item in enumerate(value)]

    def _value(self, key: str, fallback: object) -> object:
        value = self.values.get(key, _MISSING)
        if value is not _MISSING:
            return value
        if fallback is None:
            raise self.error(key, "this key is missing; expected a value for it")
        return fallback

    def _wrong(self, key: str, expected: str, value: object) -> ProjectError:
        return self.error(key, f"expected {expected}, found {found(value)}")

    def _in_range(self, key: str, value: Decimal, low: Decimal | int | None, high: Decimal | int | None) -> None:
        if (low is not None and value < low) or (high is not None and value > high):
            span = f"from {low} to {high}" if high is not None and low is not None else f"of at least {low}"
            span = span if low is not None else f"of at most {high}"
            raise self.error(key, f"expected a number {span}, found {value}")

    def _as_json(self, key: str, value: object) -> Json:
        match value:
            case bool() | int() | str():
                return value
            case Decimal() if value.is_finite():
                return float(value)
            case list():
                return [self._as_json(key, item) for item in value]
            case dict():
                return {str(name): self._as_json(key, item) for name, item in value.items()}
            case _:
                raise self._wrong(key, "a text, a number, true, false or a list", value)


def closest(word: str, words: Iterable[str]) -> str | None:
    """The one of some words that was probably meant, or None."""
    import difflib  # only for a mistake

    by_plain = {known.casefold(): known for known in words}
    close = difflib.get_close_matches(word.casefold(), by_plain, 1, 0.6)
    return by_plain[close[0]] if close else None


def found(value: object) -> str:
    """A value in a few words, for the end of a sentence."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"the number {value}"[:60]
        case str():
            return f"the text {plain(value, limit=40)!r}"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return f"a {type(value).__name__}"


def read_table(path: Path, label: str = "") -> Table:
    """A whole file as a table. Raises ProjectError."""
    source = read_source(path, label)
    return Table(source, parse(source))


def tidy(text: str, *, lines: bool = False) -> str:
    """A text as it is read: without control characters, and without blanks at its ends."""
    return plain(text, lines=lines, limit=LONGEST_TEXT * 4).strip()
