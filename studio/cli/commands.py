"""The commands there are, and the module that holds each. A module is imported only when its command is called."""

from __future__ import annotations

import argparse
import importlib
from typing import Protocol, cast

SCREEN = "screen"
"""What `studio` and `studio DIR` call; not a word of the command line."""

MODULES = {
    "new": "new",
    "estimate": "estimate",
    "render": "render",
    "final": "final",
    "edit": "edit",
    "references": "references",
    "tree": "tree",
    "sweep": "sweep",
    "pack": "pack",
    "dataset": "dataset",
    "train": "train",
    "takes": "takes",
    "drift": "drift",
    "picks": "picks",
    "compare": "compare",
    "pick": "decide",
    "reject": "decide",
    "trash": "trash",
    "jobs": "jobs",
    "ledger": "ledger",
    "rescue": "rescue",
    "info": "info",
    "poses": "poses",
    "pose": "pose",
    "models": "models",
    "styles": "styles",
    "themes": "themes",
    "locate": "locate",
    "doctor": "doctor",
    "sandbox": "sandbox",
}
"""Module of each command."""


class Command(Protocol):
    """What a command's module holds."""

    ABOUT: str
    """One sentence for its help."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its own arguments; those of every command are there already."""
        ...

    def run(self, flags: argparse.Namespace) -> int:
        """Do it and give the exit code. Raises StudioError."""
        ...


def command(name: str) -> Command:
    """The module of a command."""
    return cast(Command, importlib.import_module(f"studio.cli.{MODULES.get(name, name)}"))


def meant(word: str) -> str | None:
    """The command somebody probably meant by a word that is none, or None."""
    import difflib  # only for a mistake

    close = difflib.get_close_matches(word.lower(), MODULES, 1, 0.75)
    return close[0] if close else None
