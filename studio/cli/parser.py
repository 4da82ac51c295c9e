"""The parser of one command: mistakes are told in one sentence, with the flag somebody probably meant."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from studio.cli.commands import SCREEN, command
from studio.cli.flags import add_everywhere
from studio.domain.errors import UsageError


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UsageError instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        """Turn argparse's words into a sentence."""
        happened, remedy = self._told(message)
        raise UsageError(happened, remedy or f"{self.prog} --help lists what there is.")

    def _told(self, message: str) -> tuple[str, str]:
        if match := re.match(r"unrecognized arguments: (.+)", message, re.DOTALL):
            return self._stranger(match[1].split()[0])
        if match := re.match(r"the following arguments are required: (.+)", message):
            return f"{self.prog} needs {match[1].replace(', ', ' and ')}.", ""
        if match := re.match(r"argument (\S+): expected one argument", message):
            return f"{match[1]} needs a value after it.", ""
        if match := re.match(r"argument (\S+): not allowed with argument (\S+)", message):
            return f"{match[1]} and {match[2]} exclude each other.", "Leave one out."
        if match := re.match(r"argument ([^\s:]+): (.+)", message, re.DOTALL):
            return f"{match[1]} {match[2]}.", ""
        return f"{message[:1].upper()}{message[1:]}.", ""

    def _stranger(self, word: str) -> tuple[str, str]:
        if not word.startswith("-"):
            return f"{self.prog} does not know what to do with {word!r}.", ""
        import difflib  # only for a mistake

        known = [flag for action in self._actions for flag in action.option_strings if flag.startswith("--")]
        close = difflib.get_close_matches(word.split("=")[0], known, 1, 0.6)
        return f"There is no flag {word} for {self.prog}.", f"Did you mean {close[0]}?" if close else ""


def parse(name: str, words: list[str]) -> argparse.Namespace:
    """The flags of a command. Raises UsageError; `--help` prints the command's page and raises SystemExit."""
    module = command(name)
    prog = "studio" if name == SCREEN else f"studio {name}"
    parser = Parser(prog=prog, description=module.ABOUT, allow_abbrev=False)
    module.add_arguments(parser)
    add_everywhere(parser)
    parser.set_defaults(command=name)
    return parser.parse_args(words)
