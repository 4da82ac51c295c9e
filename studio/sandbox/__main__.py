"""`python -m studio.sandbox`: the sandbox as a process of its own, as the studio starts it and as anybody may.

It prints one line, `ready http://127.0.0.1:PORT`, when it serves.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from studio.domain.errors import StudioError
from studio.sandbox.server import CONCURRENCY, run


def main(argv: list[str] | None = None) -> int:
    """Serve until stopped. Returns the exit code: 0, or 2 with a sentence when it could not start."""
    parser = argparse.ArgumentParser(prog="studio.sandbox", description="A fal-compatible service that draws.")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--faults", type=Path, help="a TOML file of scripted failures")
    parser.add_argument("--state", type=Path, help="a folder in which accepted requests outlive a restart")
    parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="requests worked on at once")
    parser.add_argument("--pace", type=float, default=1.0, help="0 works as fast as it can, 2 takes twice the time")
    parser.add_argument("--follow-parent", action="store_true", help="stop when standard input ends")
    given = parser.parse_args(argv)
    try:
        run(
            given.port,
            given.host,
            given.faults,
            given.state,
            lambda address: _say(f"ready {address}"),
            given.concurrency,
            given.pace,
            given.follow_parent,
        )
    except StudioError as error:
        sys.stderr.write(f"{error.happened} {error.remedy}\n")
        return 2
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
