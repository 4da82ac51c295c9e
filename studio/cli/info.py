"""`studio info`: the recipe inside a picture."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.terminal_text import write_line
from studio.domain.money import shown, usd
from studio.domain.request import Json

ABOUT = "Show the recipe inside a picture: the exact arguments that were sent, the seed, the model, the price."

FIRST = ("take", "character", "pose", "endpoint", "seed", "request_id", "billed", "estimate")
"""What a person is told before the arguments, in this order."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a PNG, JPEG or WebP picture")


def run(flags: argparse.Namespace) -> int:
    """The whole recipe as one JSON object, or what matters of it as lines."""
    from studio.library.metadata import read_recipe

    recipe = read_recipe(flags.file)
    if json_lines.wanted(flags):
        json_lines.emit("info", **{key: value for key, value in recipe.items() if key != "event"})
        return Exit.OK
    for name in FIRST:
        if recipe.get(name) not in (None, ""):
            write_line(f"{name.replace('_', ' '):<12}{_shown(name, recipe[name])}")
    if recipe.get("sandbox"):
        write_line(f"{'sandbox':<12}yes: nothing was charged")
    arguments = recipe.get("arguments")
    if isinstance(arguments, dict) and arguments:
        write_line("arguments")
        for name, value in sorted(arguments.items()):
            write_line(f"  {name} = {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    return Exit.OK


def _shown(name: str, value: Json) -> str:
    if name not in {"billed", "estimate"}:
        return str(value)
    try:
        return shown(usd(value))
    except ValueError:
        return str(value)
