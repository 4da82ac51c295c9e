"""From the words of the command line to one command, and from its end to an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from studio.cli.commands import MODULES, SCREEN, command, meant
from studio.cli.exit_codes import Exit, exit_of_error
from studio.cli.flags import WITH_VALUE
from studio.cli.terminal_text import say, say_error, survive_any_encoding, write_raw
from studio.domain.errors import StudioError, UsageError
from studio.domain.version import VERSION

HELP = frozenset({"-h", "--help", "help"})


def run(words: list[str]) -> int:
    """Do what the words say and give the exit code. Nothing is raised: a failure is one sentence on stderr."""
    survive_any_encoding()
    try:
        return int(_dispatch(words))
    except StudioError as error:
        say_error(error)
        return int(exit_of_error(error))
    except KeyboardInterrupt:
        say("Stopped.")
        return int(Exit.INTERRUPTED)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(Exit.OK)
    except Exception as error:
        return _crashed(error, words)


def split(words: list[str]) -> tuple[str, list[str]]:
    """The command and its words; flags of every command may stand before it. A first word that is no command is
    a folder, and the command is the screen.
    """
    at = _first_plain(words)
    if at is not None and words[at] in MODULES:
        return words[at], [*words[:at], *words[at + 1 :]]
    return SCREEN, words


def _first_plain(words: list[str]) -> int | None:
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in WITH_VALUE else 1
    return at if at < len(words) else None


def _dispatch(words: list[str]) -> int:
    if words and words[0] in HELP:
        return _help(words[1:])
    if words and words[0] in {"--version", "version"}:
        write_raw(f"Pose Studio {VERSION}\n")
        return Exit.OK
    name, rest = split(words)
    if name == SCREEN:
        if HELP & set(rest) - {"help"}:
            return _help([])
        _refuse_slips(rest)
    from studio.cli.parser import parse

    return command(name).run(parse(name, rest))


def _help(words: list[str]) -> int:
    if words and words[0] in MODULES:
        from studio.cli.parser import parse

        parse(words[0], ["--help"])
    from studio.cli.help_page import PAGE

    write_raw(PAGE)
    return Exit.OK


def _refuse_slips(words: list[str]) -> None:
    """A mistyped command must not become a folder with a new project in it."""
    at = _first_plain(words)
    if at is None or os.sep in words[at] or Path(words[at]).exists():
        return
    guess = meant(words[at])
    if guess is not None:
        raise UsageError(
            f"There is no command {words[at]!r}.",
            f"Did you mean studio {guess}? For a folder of that name: studio .{os.sep}{words[at]}",
        )


def _crashed(error: Exception, words: list[str]) -> int:
    from studio.config.log_file import log_crash
    from studio.config.paths import homely
    from studio.config.secrets import redacted

    path = log_crash(error, " ".join(words))
    where = f"The details are in {homely(path)}." if path else "The log file could not be written."
    with contextlib.suppress(OSError):
        say(redacted(f"studio: Something unforeseen happened ({type(error).__name__}: {error}). {where}"))
    return int(Exit.FAILED)


def main(argv: list[str] | None = None) -> int:
    """The program. `argv` are the words after its name; those it was started with when None."""
    return run(list(sys.argv[1:] if argv is None else argv))
