"""TOML text for values, written so that a person likes to edit it."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from decimal import Decimal

WIDTH = 100
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def key(name: str) -> str:
    """A key, in quotes when it has to be."""
    return name if _BARE.fullmatch(name) else value(name)


def value(thing: object) -> str:
    """A value on one line. Raises TypeError for what TOML has no word for."""
    match thing:
        case bool():
            return "true" if thing else "false"
        case str():
            # JSON's escapes are TOML's too, but for the one character that TOML wants escaped and JSON does not.
            return json.dumps(thing, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float() | Decimal():
            return str(thing)
        case Mapping():
            inside = ", ".join(f"{key(str(name))} = {value(item)}" for name, item in thing.items())
            return f"{{ {inside} }}" if inside else "{}"
        case Sequence():
            return f"[{', '.join(value(item) for item in thing)}]"
        case _:
            raise TypeError(f"TOML has no word for {type(thing).__name__}")


def laid_out(thing: object) -> str:
    """A value on as many lines as make it readable: long texts wrapped, a list of tables with one a line."""
    match thing:
        case str() if "\n" in thing:
            return '"""\n' + "\n".join(value(line)[1:-1] for line in thing.split("\n")) + '"""'
        case str() if len(thing) > WIDTH - 20 and "  " not in thing:
            # A backslash at a line's end takes the line end out again, so the text itself stays one line.
            return '"""\n' + " \\\n".join(_wrapped(value(thing)[1:-1])) + '"""'
        case list() | tuple() if thing and all(isinstance(item, Mapping) for item in thing):
            return "[\n" + "".join(f"    {value(item)},\n" for item in thing) + "]"
        case _:
            return value(thing)


def comment(text: str) -> str:
    """Comment lines."""
    return "\n".join(f"# {line}" for line in _wrapped(text))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
