"""What was spent, for programs, for people and for spreadsheets."""

from __future__ import annotations

import csv
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.errors import Refused, Unknown
from tests.cli.conftest import Call, Fal, money_of

TIERED = ("--model", "fal-ai/flux-2-pro", "--size", "1920x1080")


def test_estimate_and_bill_are_told_by_take_pose_session_day_and_project(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", "--pose", "running", "--takes", "2")
    call("render", project, "--yes", "--pose", "hero-stance")
    call("pick", project, "running-001")
    said = call("ledger", project)
    assert said.code == 0
    rows = said.events("row")
    assert {row["take"]: row["picked"] for row in rows} == {
        "running-001": True,
        "running-002": False,
        "hero-stance-001": False,
    }
    assert {(row["estimate"], row["billed"], row["unit_price"], row["known_as"]) for row in rows} == {
        ("0.05", "0.05", "0.05", "billed")
    }
    assert [(line["pose"], line["spent"], line["per_picked"]) for line in said.events("pose")] == [
        ("running", "0.1", "0.1"),
        ("hero-stance", "0.05", None),
    ]
    assert [line["spent"] for line in said.events("session")] == ["0.1", "0.05"]
    assert [line["day"] for line in said.events("day")] == [time.strftime("%Y-%m-%d", time.localtime(1.7e9))]
    total = said.lines[-1]
    assert total["event"] == "total"
    assert (total["spent"], total["billed"], total["per_picked"], total["picked"]) == ("0.15", "0.15", "0.15", 1)
    assert sum(money_of(row, "spent") for row in rows) == money_of(total, "spent")


def test_a_bill_that_follows_another_rule_than_the_price_list_is_told_beside_the_estimate(
    call: Call, call_at_terminal: Call, project: Path, fal: Fal
) -> None:
    fal.provider.push("fake-1", replace(fal.provider.completed("fake-1"), units=Decimal(2)))
    call("render", project, "--yes", "--pose", "running", *TIERED)
    (row,) = call("ledger", project).events("row")
    assert (row["estimate"], row["billed"], row["units"], row["unit_price"]) == ("0.045", "0.06", "2", "0.03")
    said = call_at_terminal("ledger", project)
    assert "est. $0.045, billed $0.06" in said.out
    assert "$0.045 was expected" in said.out


def test_what_may_be_paid_is_counted_and_what_was_refused_is_not(
    call: Call, call_at_terminal: Call, project: Path, fal: Fal
) -> None:
    fal.provider.fail_with("submit", Unknown("The answer never came."), Refused("The policy said no."))
    call("render", project, "--yes", "--pose", "running", "--takes", "2")
    said = call("ledger", project)
    assert [(row["known_as"], row["spent"], row["take"]) for row in said.events("row")] == [
        ("maybe paid", "0.05", None),
        ("not charged", "0", None),
    ]
    assert said.events("row")[1]["charged"] == "fal may charge a refusal when GPU time was used"
    total = said.lines[-1]
    assert (total["maybe"], total["unknown"], total["spent"], total["billed"]) == ("0.05", 1, "0.05", "0")
    assert "1 job is of unknown fate: $0.05 may be paid" in call_at_terminal("ledger", project).out


def test_the_sandbox_is_no_expense_and_is_listed_only_when_asked_for(
    call: Call, call_at_terminal: Call, project: Path, fal: Fal
) -> None:
    fal.provider._sandbox = True
    call("render", project, "--pose", "running")
    said = call("ledger", project)
    assert [line["event"] for line in said.lines] == ["total"]
    assert (said.lines[0]["spent"], said.lines[0]["would_cost"], said.lines[0]["sandbox_jobs"]) == ("0", "0.05", 1)
    asked = call("ledger", project, "--sandbox-too").events("row")
    assert [(row["known_as"], row["spent"], row["would_cost"]) for row in asked] == [("would cost", "0", "0.05")]
    words = call_at_terminal("ledger", project).out
    assert "Nothing was spent." in words and "would have cost $0.05" in words and "--sandbox-too" in words


def test_days_before_the_date_are_left_out(call: Call, project: Path, fal: Fal) -> None:
    call("render", project, "--yes", "--pose", "running")
    day = call("ledger", project).events("day")[0]["day"]
    assert len(call("ledger", project, "--since", day).events("row")) == 1
    assert call("ledger", project, "--since", "today").events("row") == []
    said = call("ledger", project, "--since", "last week")
    assert said.code == 2 and "2026-11-20" in said.err


def test_the_file_has_a_header_and_nothing_a_spreadsheet_would_run(call: Call, project: Path, fal: Fal) -> None:
    poses = project / "poses.toml"
    poses.write_text(
        '[[pose]]\nname = "=HYPERLINK(\\"http://x\\")"\ntext = "running"\nticked = true\n', encoding="utf-8"
    )
    call("render", project, "--yes")
    out = project / "spent.csv"
    said = call("ledger", project, "--csv", out)
    assert said.code == 0 and "1 job written" in said.err
    with out.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["pose"] == '\'=HYPERLINK("http://x")'
    assert (row["estimate_usd"], row["billed_usd"], row["paid_usd"], row["known_as"]) == (
        *("0.05", "0.05", "0.05", "billed"),
    )
    assert call("ledger", project, "--csv", "-").out.splitlines()[0] == ",".join(row)


def test_what_the_sandbox_drew_is_left_out_of_the_file_and_said(call: Call, project: Path, fal: Fal) -> None:
    fal.provider._sandbox = True
    call("render", project, "--yes", "--pose", "running")
    out = project / "spent.csv"
    said = call("ledger", project, "--csv", out)
    assert "0 jobs written" in said.err and "1 of the sandbox left out: --sandbox-too" in said.err
    assert "1 job written" in call("ledger", project, "--csv", out, "--sandbox-too").err


def test_a_file_that_cannot_be_written_is_one_sentence(call: Call, project: Path, fal: Fal) -> None:
    said = call("ledger", project, "--csv", project / "nowhere" / "x.csv")
    assert said.code == 2 and len(said.err.splitlines()) == 1 and "x.csv" in said.err


@pytest.mark.parametrize("words", [(), ("--sandbox-too",)])
def test_an_empty_ledger_says_so(call_at_terminal: Call, project: Path, fal: Fal, words: tuple[str, ...]) -> None:
    said = call_at_terminal("ledger", project, *words)
    assert said.code == 0 and said.out.strip() == "Nothing has been sent yet."


def test_a_run_says_at_its_end_that_the_bill_was_another_one(call_at_terminal: Call, project: Path, fal: Fal) -> None:
    fal.provider.push("fake-1", replace(fal.provider.completed("fake-1"), units=Decimal(2)))
    said = call_at_terminal("render", project, "--yes", "--pose", "running", *TIERED)
    assert "est. $0.045, billed $0.06" in said.out + said.err
