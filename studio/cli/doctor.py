"""`studio doctor`: what works here and what does not."""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Sequence

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.checks import Finding, Verdict, check_clock, check_disk, check_network, check_versions
from studio.cli.exit_codes import KEY_KINDS, Exit
from studio.cli.key_check import check_key
from studio.cli.terminal_check import check_terminal
from studio.cli.terminal_text import write_line

ABOUT = "Check the key, the network, the terminal, the disk and the clock. The key itself is never shown."

MARKS = {Verdict.OK: "ok", Verdict.WARNING: "note", Verdict.BAD: "BAD", Verdict.SKIPPED: "-"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR."""
    flag_sets.add_project(parser)


def run(flags: argparse.Namespace) -> int:
    """A line per finding. The exit code is 0 when nothing is bad, 4 when it is the key, else 1."""
    findings = _examine(flags)
    as_json = json_lines.wanted(flags)
    for finding in findings:
        if as_json:
            json_lines.emit(
                "check",
                name=finding.check,
                status=finding.verdict.value,
                message=json_lines.told(finding.message),
                remedy=json_lines.told(finding.remedy),
            )
        else:
            write_line(f"{MARKS[finding.verdict]:<5}{finding.check:<10}{finding.message}")
            if finding.remedy:
                write_line(f"{'':<15}{finding.remedy}")
    return _exit(findings)


def _examine(flags: argparse.Namespace) -> list[Finding]:
    from studio.config.paths import cache_dir, config_dir, state_dir

    key = check_key(flags)
    network = asyncio.run(check_network(key.value, os.environ.get("STUDIO_FAL_URL") or None))
    places = {"project": flags.dir.absolute(), "journal": state_dir(), "settings": config_dir(), "cache": cache_dir()}
    return [
        check_versions(),
        key.finding,
        network,
        *check_terminal(flags.graphics),
        *check_disk(places),
        check_clock(time.time()),
    ]


def _exit(findings: Sequence[Finding]) -> Exit:
    bad = [finding for finding in findings if finding.verdict is Verdict.BAD]
    if not bad:
        return Exit.OK
    return Exit.KEY if any(finding.kind in KEY_KINDS for finding in bad) else Exit.FAILED
