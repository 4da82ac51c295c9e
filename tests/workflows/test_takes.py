"""The table of takes keeps its order whatever comes in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.domain.take import Take, Verdict
from studio.workflows.takes import TakeTable
from tests.fakes.shelf import FakeShelf


def take(number: int, pose: str = "running", **changes: Any) -> Take:
    made = Take(
        id=f"{pose}-{number:03}",
        job=f"j{number}",
        pose=pose,
        path=f"takes/{pose}/{pose}-{number:03}.png",
        width=8,
        height=8,
        created=float(number),
        endpoint="fal-ai/flux/dev",
        seed=number,
        request_id=f"r{number}",
    )
    return replace(made, **changes)


def table(tmp_path: Path, *takes: Take) -> TakeTable:
    shelf = FakeShelf(tmp_path)
    shelf.rows = {entry.id: entry for entry in takes}
    return TakeTable(shelf)


def test_takes_of_a_pose_stay_in_the_order_they_came(tmp_path: Path) -> None:
    takes = table(tmp_path, take(2), take(1), take(1, "sitting"))
    takes.put(take(3))
    takes.put(take(2, verdict=Verdict.PICKED))
    assert [entry.id for entry in takes.of_pose("Running")] == ["running-001", "running-002", "running-003"]
    assert takes.counts("running") == (1, 3)
    assert takes.totals() == (1, 4)


def test_counts_are_known_before_a_take_is_read_and_stay_right_after(tmp_path: Path) -> None:
    takes = table(tmp_path, take(1, verdict=Verdict.PICKED), take(2))
    assert takes.counts("running") == (1, 2)
    assert len(takes.of_pose("running")) == 2
    assert takes.counts("running") == (1, 2)
    assert takes.counts("never drawn") == (0, 0)


def test_what_comes_in_while_all_takes_are_read_is_not_taken_back(tmp_path: Path) -> None:
    old = [take(1), take(2), take(1, "sitting")]
    takes = table(tmp_path, *old)
    takes.put(take(1, verdict=Verdict.REJECTED))
    takes.fill(old)
    kept = takes.get("running-001")
    assert kept is not None
    assert kept.verdict is Verdict.REJECTED
    assert [entry.id for entry in takes.all()] == ["running-001", "sitting-001", "running-002"]


def test_neighbours_end_at_the_ends(tmp_path: Path) -> None:
    takes = table(tmp_path, take(1), take(2))
    after = takes.neighbour("running-001", 1)
    assert after is not None
    assert after.id == "running-002"
    assert takes.neighbour("running-002", 1) is None
    assert takes.neighbour("nobody", 1) is None


def test_a_take_that_went_to_the_trash_is_gone_and_comes_back_in_its_place(tmp_path: Path) -> None:
    takes = table(tmp_path, take(1), take(2), take(3))
    takes.put(take(2, trashed=True))
    assert [entry.id for entry in takes.of_pose("running")] == ["running-001", "running-003"]
    takes.put(take(2))
    assert [entry.id for entry in takes.of_pose("running")] == ["running-001", "running-002", "running-003"]
