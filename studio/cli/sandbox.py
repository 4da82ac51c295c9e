"""`studio sandbox`: a fal of your own that draws placeholders and charges nothing."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.terminal_text import say, write_line

ABOUT = "Serve fal's own protocol on this machine until Ctrl+C, drawing a clay figure for every request."

PORT = 8799


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Port and behaviour."""
    parser.add_argument(
        "--port", type=flag_sets.whole(0, 65535), default=PORT, metavar="N", help=f"default {PORT}; 0 takes a free one"
    )
    parser.add_argument("--concurrency", type=flag_sets.whole(1), metavar="N", help="requests worked on at once")
    parser.add_argument(
        "--pace", type=flag_sets.number, default=Decimal(1), metavar="X", help="0 as fast as it can, 2 twice the time"
    )
    parser.add_argument("--state", type=Path, metavar="DIR", help="where accepted requests outlive a restart")


def run(flags: argparse.Namespace) -> int:
    """Serve until stopped; the address is the first thing said."""
    from studio.sandbox.server import CONCURRENCY
    from studio.sandbox.server import run as serve

    def ready(address: str) -> None:
        if json_lines.wanted(flags):
            json_lines.emit("ready", url=address)
        else:
            write_line(f"The sandbox serves at {address}")
        say(f"Use it with STUDIO_FAL_URL={address} and any FAL_KEY. Ctrl+C stops it.")

    serve(
        flags.port,
        faults=flags.faults,
        state=flags.state,
        ready=ready,
        concurrency=flags.concurrency or CONCURRENCY,
        pace=float(flags.pace),
    )
    return Exit.OK
