"""`studio ledger`: what was spent."""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path

from studio.cli import flags as flag_sets
from studio.cli import json_lines
from studio.cli.exit_codes import Exit
from studio.cli.ledger_tables import tell_ledger
from studio.cli.open_project import offline_studio
from studio.cli.terminal_text import say, write_raw
from studio.domain import money
from studio.workflows.ledger import Entry, Group, Ledger, Sum, make_ledger
from studio.workflows.ledger_csv import ledger_csv, write_ledger_csv
from studio.workflows.ledger_words import moment_text

ABOUT = "Say what was spent, by take, pose, session and day, and what each picked take cost."

STDOUT = Path("-")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, and which part of the ledger."""
    flag_sets.add_project(parser)
    parser.add_argument("--since", type=day_start, metavar="DATE", help="from this day on: 2026-11-20, today")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write every job into a CSV file; - is stdout")
    parser.add_argument("--sandbox-too", action="store_true", help="also what the sandbox drew, which was not charged")


def run(flags: argparse.Namespace) -> int:
    """The jobs that left for fal, grouped and summed. Nothing is sent."""
    studio = offline_studio(flags)
    try:
        rows = studio.engine.desk.journal.spent(flags.since)
    finally:
        asyncio.run(studio.close())
    whole = make_ledger(rows)
    ledger = whole if flags.sandbox_too else make_ledger(row for row in rows if not row.sandbox)
    if flags.csv is not None and not _export(flags.csv, ledger, len(whole.entries) - len(ledger.entries)):
        return Exit.OK
    if json_lines.wanted(flags):
        _emit(ledger, whole.total)
    else:
        tell_ledger(ledger, whole.total, sandbox_too=flags.sandbox_too)
    return Exit.OK


def day_start(text: str) -> float:
    """The first moment of a local day, in seconds since the epoch."""
    import datetime  # only where a day is named

    words = {"today": 0, "yesterday": 1}
    try:
        if text in words:
            now = time.localtime()
            day = datetime.date(now.tm_year, now.tm_mon, now.tm_mday) - datetime.timedelta(days=words[text])
        else:
            day = datetime.date.fromisoformat(text)
        return time.mktime(day.timetuple())
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"is a day such as 2026-11-20, today or yesterday, not {text!r}") from None


def _export(path: Path, ledger: Ledger, left_out: int) -> bool:
    """Write the file; False when the CSV went to stdout, which is all there is to say then."""
    if path == STDOUT:
        write_raw(ledger_csv(ledger.entries))
        return False
    write_ledger_csv(path, ledger.entries)
    number = "1 job" if len(ledger.entries) == 1 else f"{len(ledger.entries)} jobs"
    more = f" {left_out} of the sandbox left out: --sandbox-too writes them as well." if left_out else ""
    say(f"{number} written to {path}.{more}")
    return True


def _emit(ledger: Ledger, total: Sum) -> None:
    for entry in ledger.entries:
        json_lines.emit("row", **_row_fields(entry))
    for event, groups in (("pose", ledger.poses), ("session", ledger.sessions), ("day", ledger.days)):
        for group in groups:
            json_lines.emit(event, **{event: json_lines.told(group.name)}, **_moments(group), **_sum_fields(group.sum))
    json_lines.emit("total", **_sum_fields(total))


def _row_fields(entry: Entry) -> dict[str, object]:
    row = entry.row
    return {
        "take": row.take or None,
        "job": row.job,
        "pose": json_lines.told(row.pose),
        "endpoint": row.endpoint,
        "session": row.session,
        "sent": moment_text(row.sent),
        "day": entry.day,
        "state": row.state.value,
        "picked": row.picked,
        "sandbox": row.sandbox,
        "estimate": row.estimate,
        "billed": row.billed,
        "units": row.units,
        "unit_price": row.unit_price,
        "known_as": entry.mark.value,
        "spent": money.ZERO if row.sandbox else entry.amount,
        "would_cost": entry.amount if row.sandbox else money.ZERO,
        "charged": json_lines.told(row.charged) or None,
    }


def _sum_fields(total: Sum) -> dict[str, object]:
    return {
        "jobs": total.jobs,
        "takes": total.takes,
        "picked": total.picked,
        "estimate": total.expected,
        "billed": total.billed,
        "estimated": total.estimated,
        "maybe": total.maybe,
        "spent": total.spent,
        "per_picked": total.per_picked,
        "unknown": total.unknown,
        "unpriced": total.unpriced,
        "sandbox_jobs": total.sandbox_jobs,
        "sandbox_takes": total.sandbox_takes,
        "sandbox_picked": total.sandbox_picked,
        "would_cost": total.would_cost,
        "would_cost_per_picked": total.sandbox_per_picked,
    }


def _moments(group: Group) -> dict[str, object]:
    return {"first": moment_text(group.first), "last": moment_text(group.last)}
