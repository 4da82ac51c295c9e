"""The ledger as a CSV file: one line a job, plain decimals in USD, and no cell that a spreadsheet would execute."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from studio.config.atomic import write_text
from studio.domain import money
from studio.domain.text import plain
from studio.workflows.ledger import Entry
from studio.workflows.ledger_words import moment_text

HEADER = (
    *("sent", "day", "take", "pose", "model", "session", "job", "state", "picked", "sandbox"),
    *("estimate_usd", "billed_usd", "units", "unit_price_usd", "paid_usd", "would_cost_usd", "known_as", "remark"),
)

FORMULA = "=+-@＝＋－＠"
"""First characters by which spreadsheets take a cell for a formula, in both widths."""


def ledger_csv(entries: Iterable[Entry]) -> str:
    """These jobs as CSV with a header (RFC 4180). `paid_usd` is what a job adds to the sums of the ledger."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(_cells(entry) for entry in entries)
    return out.getvalue()


def write_ledger_csv(path: Path, entries: Iterable[Entry]) -> None:
    """Put these jobs into a file, whole or not at all. Raises ProjectError when the disk does not allow it."""
    write_text(path, ledger_csv(entries))


def export_path(folder: Path, day: str) -> Path:
    """A name for an export of that day that no file in the folder has yet: `ledger-2026-11-20.csv`."""
    path, number = folder / f"ledger-{day}.csv", 1
    while path.exists():
        number += 1
        path = folder / f"ledger-{day}-{number}.csv"
    return path


def safe_cell(text: str) -> str:
    """Foreign text as a cell: nothing that acts on a terminal, and an apostrophe before what looks like a formula."""
    harmless = plain(text)
    return f"'{harmless}" if harmless.lstrip()[:1] in FORMULA and harmless.strip() else harmless


def _cells(entry: Entry) -> list[str]:
    row = entry.row
    amount = money.text(entry.amount) or "0"
    texts = (row.take, row.pose, row.endpoint, row.session, row.job)
    known = (row.estimate, row.billed, row.units, row.unit_price)
    return [
        moment_text(row.sent),
        entry.day,
        *(safe_cell(text) for text in texts),
        row.state.value,
        "yes" if row.picked else "no",
        "yes" if row.sandbox else "no",
        *(money.text(value) or "" for value in known),
        "0" if row.sandbox else amount,
        amount if row.sandbox else "0",
        entry.mark.value,
        safe_cell(row.charged),
    ]
