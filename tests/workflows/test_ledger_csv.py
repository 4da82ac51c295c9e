"""The exported ledger is harmless, whole, and never replaces an earlier export."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from studio.workflows.ledger import make_ledger
from studio.workflows.ledger_csv import HEADER, export_path, ledger_csv, safe_cell, write_ledger_csv
from tests.workflows.test_ledger import LOST, S, spent


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "\x1b[2J=1", "\u202e=1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text).startswith("'")
    assert "\x1b" not in safe_cell(text) and "\t" not in safe_cell(text)


@pytest.mark.parametrize("text", ["running", "a-b", "", "3 - 4", "hero, standing", 'the "jump"'])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_every_row_has_every_column_and_reads_back() -> None:
    entries = make_ledger(
        [spent(pose='a, "b"\nc'), spent(**LOST, state=S.UNKNOWN, charged="maybe charged"), spent(sandbox=True)]
    ).entries
    rows = list(csv.DictReader(io.StringIO(ledger_csv(entries), newline="")))
    assert [tuple(row) for row in rows] == [HEADER] * 3
    assert rows[0]["pose"] == 'a, "b" c'
    assert [(row["paid_usd"], row["would_cost_usd"], row["known_as"]) for row in rows] == [
        ("0.06", "0", "billed"),
        ("0.045", "0", "maybe paid"),
        ("0", "0.06", "would cost"),
    ]
    assert (rows[1]["billed_usd"], rows[1]["remark"]) == ("", "maybe charged")


def test_an_export_never_replaces_another(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        path = export_path(tmp_path, "2026-11-20")
        write_ledger_csv(path, make_ledger([spent()]).entries)
        names.append(path.name)
    assert names == ["ledger-2026-11-20.csv", "ledger-2026-11-20-2.csv", "ledger-2026-11-20-3.csv"]
