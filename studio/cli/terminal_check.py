"""`studio doctor` on the terminal: how pictures will be shown, and what would make them better."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from studio.cli.checks import Finding, Verdict
from studio.cli.terminal_text import is_terminal

if TYPE_CHECKING:
    from studio.ui.terminal import Terminal


def check_terminal(graphics: str | None) -> Iterable[Finding]:
    """What the terminal says of itself, asked once. Without a terminal there is nothing to ask."""
    term = os.environ.get("TERM", "")
    if not is_terminal(sys.stdout) or not is_terminal(sys.stdin):
        yield Finding("terminal", Verdict.SKIPPED, "Not asked: this is no terminal.", "Run studio doctor in one.")
    elif term in {"", "dumb"}:
        told = f"TERM is {term or 'not set'}: the screen cannot be drawn."
        yield Finding("terminal", Verdict.BAD, told, "Use another terminal; the other commands work here.")
    else:
        yield from _graphics(graphics)
    if os.environ.get("TMUX"):
        yield check_tmux()


def check_tmux() -> Finding:
    """Whether tmux lets pictures through."""
    from studio.ui.terminal_ask import tmux_passthrough

    if tmux_passthrough():
        return Finding("tmux", Verdict.OK, "allow-passthrough is on.")
    told = "allow-passthrough is off, so nothing but text reaches the terminal."
    remedy = "Now: tmux set -g allow-passthrough on. For good, in ~/.tmux.conf: set -g allow-passthrough on"
    return Finding("tmux", Verdict.WARNING, told, remedy)


def line_of(terminal: Terminal) -> Finding | None:
    """The way pictures take to the terminal; None where they are characters like all others."""
    match terminal.graphics.value:
        case "kitty" if terminal.kitty_file and not terminal.tmux:
            return Finding("line", Verdict.OK, "The terminal is on this machine and reads pictures as files.")
        case "kitty" | "sixel" | "iterm" if terminal.ssh or terminal.tmux:
            way = "SSH" if terminal.ssh else "tmux"
            told = f"Pictures come through {way}: lean first, full when you look at one; L keeps them lean or full."
            remedy = "In ~/.ssh/config, Compression yes saves a quarter of the bytes." if terminal.ssh else ""
            return Finding("line", Verdict.OK, told, remedy)
        case "kitty" | "sixel" | "iterm":
            told = "Pictures come through the terminal's own line, lean first if it should turn out slow."
            return Finding("line", Verdict.OK, told)
        case _:
            return None


def _graphics(asked: str | None) -> Iterable[Finding]:
    from studio.ui.terminal import probe

    terminal = probe(asked)
    width, height = terminal.cell
    parts = [
        f"{terminal.name or os.environ.get('TERM', '')}: pictures as {terminal.graphics.value}, "
        f"because {terminal.because}",
        f"colours {terminal.colours.value}{', NO_COLOR' if terminal.no_color else ''}",
        "UTF-8" if terminal.utf8 else "no UTF-8",
        f"cells of {width}x{height} pixels",
        f"it says it draws {_said(terminal)}",
        f"answered in {terminal.trip_ms:.0f} ms" if terminal.answered else "it answered nothing",
    ]
    verdict = Verdict.WARNING if terminal.advice else Verdict.OK
    yield Finding("terminal", verdict, f"{'; '.join(parts)}.", terminal.advice)
    if (line := line_of(terminal)) is not None:
        yield line


def _said(terminal: Terminal) -> str:
    protocols = {"kitty pictures": terminal.kitty, "the same from files": terminal.kitty_file, "sixel": terminal.sixel}
    return ", ".join(name for name, can in protocols.items() if can) or "no pictures"
