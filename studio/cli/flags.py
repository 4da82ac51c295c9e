"""The flags: those of every command, those of a plan, and how their values are read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.terminal_text import sentence
from studio.domain import money
from studio.domain.errors import UsageError

if TYPE_CHECKING:
    from studio.compose import Options
    from studio.workflows.seeds import SeedWish

GRAPHICS = ("kitty", "iterm", "sixel", "octant", "sextant", "quadrant", "half", "textual-image", "off")
GUIDES = ("words", "skeleton", "mannequin")
WITH_VALUE = frozenset({"--faults", "--graphics", "--key-file"})
"""Flags of every command that are followed by a word of their own."""

MOST_TAKES = 100
"""Pictures of one pose in one plan; a slip of the finger must not cost a month's money."""


def add_everywhere(parser: argparse.ArgumentParser) -> None:
    """The flags that every command takes."""
    group = parser.add_argument_group("everywhere")
    group.add_argument("--json", action="store_true", help="one JSON object a line; by itself when stdout is a pipe")
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "--sandbox", action="store_true", default=None, help="draw in the built-in sandbox: nothing is charged"
    )
    which.add_argument("--no-sandbox", dest="sandbox", action="store_false", help="never the sandbox")
    group.add_argument("--faults", type=Path, metavar="FILE", help="failures for the sandbox to act out")
    group.add_argument(
        "--graphics", type=one_of(GRAPHICS), metavar="HOW", help=f"how pictures are shown: {', '.join(GRAPHICS)}"
    )
    group.add_argument("--key-file", type=Path, metavar="FILE", help="a file that holds the fal key")


def add_project(parser: argparse.ArgumentParser) -> None:
    """The project folder; this one when it is left out."""
    parser.add_argument("dir", nargs="?", type=Path, default=Path(), metavar="DIR", help="the project (default: here)")


def add_plan(parser: argparse.ArgumentParser, *, takes: bool = True) -> None:
    """What is to be drawn, how, and what it may cost; `takes` false leaves out how many."""
    group = parser.add_argument_group("what to draw")
    group.add_argument(
        "--pose", action="append", default=[], metavar="NAME", help="a pose of poses.toml (default: the ticked ones)"
    )
    if takes:
        group.add_argument("--takes", type=whole(1, MOST_TAKES), metavar="N", help="pictures of each pose")
    else:
        parser.set_defaults(takes=None)
    group.add_argument("--draft", action="store_true", help="few steps, to judge the composition")
    group.add_argument(
        "--seed", type=seeds, metavar="N", help="a fixed seed; 1,2,3: a take of each; next: the last one + 1; or new"
    )
    group = parser.add_argument_group("how to draw it")
    group.add_argument("--model", metavar="ID", help="a model of `studio models`, with its own remembered values")
    group.add_argument("--guidance", type=number, metavar="X", help="how strictly the words are followed")
    group.add_argument("--steps", type=whole(), metavar="N", help="how long each picture is worked on")
    group.add_argument("--size", metavar="S", help="portrait_4_3, square_hd, 768x1024 and the like")
    group.add_argument(
        "--set",
        action="append",
        default=[],
        dest="settings",
        metavar="NAME=VALUE",
        help="any setting of the model (studio models show ID lists them); NAME=default takes it back",
    )
    group.add_argument(
        "--guide", type=one_of(GUIDES), metavar="HOW", help="how the pose is told: words, skeleton or mannequin"
    )
    group.add_argument("--guide-strength", type=number, metavar="X", help="how strongly the guide counts")
    group.add_argument(
        "--reference", action="append", default=[], type=Path, metavar="FILE", help="a picture for an edit model"
    )
    add_cost(parser)


def add_cost(parser: argparse.ArgumentParser) -> None:
    """What it may cost."""
    group = parser.add_argument_group("what it may cost")
    group.add_argument("--max-cost", type=usd, metavar="USD", help="refuse a plan that costs more")
    group.add_argument("--yes", action="store_true", help="do not ask")


def options(flags: argparse.Namespace, *, offline: bool = False, needs_key: bool = True) -> Options:
    """What compose has to know. An `offline` command sends nothing, so that it needs no key. Raises UsageError."""
    from studio.compose import Options

    if flags.faults is not None and flags.sandbox is False:
        raise UsageError("--faults is for the sandbox, and --no-sandbox rules it out.", "Leave one out.")
    if offline:
        return Options(sandbox=True)
    return Options(sandbox=flags.sandbox, faults=flags.faults, key_file=flags.key_file, needs_key=needs_key)


def one_of(words: Iterable[str]) -> Callable[[str], str]:
    """A word out of a few."""
    allowed = tuple(words)

    def read(text: str) -> str:
        if text not in allowed:
            raise argparse.ArgumentTypeError(f"is one of {', '.join(allowed)}, not {text!r}")
        return text

    return read


def whole(low: int | None = None, high: int | None = None) -> Callable[[str], int]:
    """A whole number within its bounds."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"is a whole number, not {text!r}") from None
        if (low is not None and value < low) or (high is not None and value > high):
            bounds = f"goes from {low} to {high}" if high is not None else f"is at least {low}"
            raise argparse.ArgumentTypeError(f"{bounds}, not {value}")
        return value

    return read


def seeds(text: str) -> SeedWish:
    """A seed policy: `7`, `1,2,3`, `next` or `new`."""
    from studio.workflows.seeds import parse_seeds

    try:
        return parse_seeds(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(f"{text}: {sentence(error)}".rstrip(".")) from None


def number(text: str) -> Decimal:
    """A number with or without a fraction."""
    try:
        return money.usd(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"is a number, not {text!r}") from None


def usd(text: str) -> Decimal:
    """An amount in USD, with or without the sign, at least 0."""
    try:
        amount = money.usd(text.strip().removeprefix("$"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"is an amount in USD such as 0.50, not {text!r}") from None
    if amount < 0:
        raise argparse.ArgumentTypeError(f"is at least 0, not {text}")
    return amount
