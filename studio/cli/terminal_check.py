"""`studio doctor` on the terminal: how pictures will be shown, and what would make them better."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable

from studio.cli.checks import Finding, Verdict
from studio.cli.terminal_text import is_terminal

TMUX_SECONDS = 2.0


def check_terminal(graphics: str | None) -> Iterable[Finding]:
    """What the terminal says of itself, asked once. Without a terminal there is nothing to ask."""
    term = os.environ.get("TERM", "")
    if not is_terminal(sys.stdout) or not is_terminal(sys.stdin):
        yield Finding("terminal", Verdict.SKIPPED, "Not asked: this is no terminal.", "Run studio doctor in one.")
    elif term in {"", "dumb"}:
        told = f"TERM is {term or 'not set'}: the screen cannot be drawn."
        yield Finding("terminal", Verdict.BAD, told, "Use another terminal; the other commands work here.")
    else:
        yield Finding("terminal", Verdict.OK, f"TERM is {term}; pictures as {graphics or 'the terminal allows'}.")
    if os.environ.get("TMUX"):
        yield check_tmux()


def check_tmux() -> Finding:
    """Whether tmux lets pictures through. Asks the tmux we run in, for two seconds at most."""
    try:
        answer = subprocess.run(
            ["tmux", "show-options", "-gqv", "allow-passthrough"],
            capture_output=True,
            text=True,
            timeout=TMUX_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Finding(
            "tmux", Verdict.WARNING, "This is tmux, and it does not answer.", "Pictures are made of letters."
        )
    value = answer.stdout.strip()
    if value in {"on", "all"}:
        return Finding("tmux", Verdict.OK, f"allow-passthrough is {value}: pictures get through.")
    return Finding(
        "tmux",
        Verdict.WARNING,
        f"allow-passthrough is {value or 'off'}: tmux keeps real pictures from the terminal.",
        "Add to ~/.tmux.conf: set -g allow-passthrough on",
    )
