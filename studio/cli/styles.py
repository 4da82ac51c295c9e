"""`studio styles`: the looks a character can be drawn in."""

from __future__ import annotations

import argparse

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.tables import print_table
from studio.cli.terminal_text import say

ABOUT = "List the style presets; `style` in character.toml takes their names."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(flags: argparse.Namespace) -> int:
    """A line per style."""
    from studio.config.presets import Presets

    presets = Presets()
    styles = list(presets.styles.values())
    for problem in presets.problems:
        say(problem)
    if json_lines.wanted(flags):
        for style in styles:
            json_lines.emit("style", name=style.name, title=style.title, about=style.about, text=style.text)
    else:
        print_table(("style", "title", "about"), [(style.name, style.title, style.about) for style in styles])
    return Exit.OK
