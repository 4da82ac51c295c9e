"""`--json`: one JSON object a line on stdout, each with its `event`, money as decimal strings in USD."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath

from studio.cli.terminal_text import is_terminal, write_raw
from studio.domain import money
from studio.domain.text import plain


def wanted(flags: argparse.Namespace) -> bool:
    """Whether a command writes JSON lines: `--json`, or stdout is not a terminal."""
    return bool(flags.json) or not is_terminal(sys.stdout)


def emit(event: str, **fields: object) -> None:
    """Write one object."""
    write_raw(encode({"event": event, **fields}) + "\n")


def encode(fields: Mapping[str, object]) -> str:
    """One object as a line of ASCII: it says the same in every locale and does nothing to a terminal."""
    return json.dumps(_value(fields), allow_nan=False).replace("\x7f", "\\u007f")


def told(text: str) -> str:
    """A foreign sentence, such as a log line, without anything that could act on a terminal once it is decoded."""
    return plain(text)


def _value(value: object) -> object:
    match value:
        case Decimal():
            return money.text(value)
        case PurePath():
            return value.as_posix()
        case Mapping():
            return {str(key): _value(item) for key, item in value.items()}
        case list() | tuple():
            return [_value(item) for item in value]
        case _:
            return value
