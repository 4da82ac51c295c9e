"""Plain text to the person: messages on stderr, lines on stdout, in whatever encoding there is."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from studio.domain.errors import StudioError
from studio.domain.text import plain


def survive_any_encoding() -> None:
    """Make stdout and stderr replace what their encoding has no character for, instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """One message on stderr. Foreign parts of it do no harm; a closed stderr is no trouble."""
    _write(sys.stderr, plain(text) + "\n")


def say_error(error: StudioError) -> None:
    """What happened and what to do about it, on stderr."""
    say(f"studio: {sentence(error)}")


def sentence(error: StudioError) -> str:
    """What happened and what to do, in one line."""
    return f"{error.happened} {error.remedy}".strip()


def write_line(text: str = "", *, lines: bool = False) -> None:
    """One line on stdout, made harmless; `lines` keeps the line breaks inside it."""
    write_raw(plain(text, lines=lines, limit=1_000_000) + "\n")


def write_raw(text: str) -> None:
    """Text on stdout as it is, at once. When nobody reads any more, the rest of the output goes nowhere."""
    _write(sys.stdout, text)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is an open terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _let_go(stream)


def _let_go(stream: TextIO) -> None:
    # Python flushes the standard streams once more at its end and would complain then.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError):
        stream.close()
    finally:
        os.close(nowhere)
