"""`studio doctor` on the terminal: how pictures will be shown, and what would make them better."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from studio.cli.checks import Finding, Verdict
from studio.cli.terminal_text import is_terminal


def check_terminal(graphics: str | None) -> Iterable[Finding]:
    """What the terminal says of itself, asked once. Without a terminal there is nothing to ask."""
    term = os.environ.get("TERM", "")
    if not is_terminal(sys.stdout) or not is_terminal(sys.stdin):
        yield Finding("terminal", Verdict.SKIPPED, "Not asked: this is no terminal.", "Run studio doctor in one.")
    elif term in {"", "dumb"}:
        told = f"TERM is {term or 'not set'}: the screen cannot be drawn."
        yield Finding("terminal", Verdict.BAD, told, "Use another terminal; the other commands work here.")
    else:
        yield _graphics(graphics)
    if os.environ.get("TMUX"):
        yield check_tmux()


def check_tmux() -> Finding:
    """Whether tmux lets pictures through."""
    from studio.ui.terminal_ask import tmux_passthrough

    if tmux_passthrough():
        return Finding("tmux", Verdict.OK, "allow-passthrough is on.")
    told = "allow-passthrough is off, so nothing but text reaches the terminal."
    return Finding("tmux", Verdict.WARNING, told, "In ~/.tmux.conf: set -g allow-passthrough on")


def _graphics(asked: str | None) -> Finding:
    from studio.ui.terminal import probe

    terminal = probe(asked)
    width, height = terminal.cell
    parts = [
        f"{terminal.name or os.environ.get('TERM', '')}: pictures as {terminal.graphics.value}, "
        f"because {terminal.because}",
        f"colours {terminal.colours.value}{', NO_COLOR' if terminal.no_color else ''}",
        "UTF-8" if terminal.utf8 else "no UTF-8",
        f"cells of {width}x{height} pixels",
        f"answered in {terminal.trip_ms:.0f} ms" if terminal.answered else "it answered nothing",
    ]
    verdict = Verdict.WARNING if terminal.advice else Verdict.OK
    return Finding("terminal", verdict, f"{'; '.join(parts)}.", terminal.advice)
