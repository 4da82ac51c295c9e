"""`studio themes`: the colours of the screen."""

from __future__ import annotations

import argparse

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.tables import print_table
from studio.cli.terminal_text import say

ABOUT = "List the themes of the screen; `theme` in studio.toml takes their names."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(flags: argparse.Namespace) -> int:
    """A line per theme."""
    from studio.config.themes import load_themes

    themes, problems = load_themes()
    for problem in problems:
        say(problem)
    if json_lines.wanted(flags):
        for theme in themes.values():
            json_lines.emit(
                "theme", name=theme.name, title=theme.title, dark=theme.dark, author=theme.author, colours=theme.colours
            )
    else:
        rows = [(theme.name, theme.title, "dark" if theme.dark else "light") for theme in themes.values()]
        print_table(("theme", "title", ""), rows)
    return Exit.OK
