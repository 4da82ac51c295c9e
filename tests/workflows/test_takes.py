"""The table of takes keeps its order whatever comes in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from studio.domain.take import Take, Verdict
from studio.workflows.takes import TakeTable


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


def test_takes_of_a_pose_stay_in_the_order_they_came() -> None:
    table = TakeTable([take(1), take(2), take(1, "sitting")])
    table.put(take(3))
    table.put(take(2, verdict=Verdict.PICKED))
    assert [entry.id for entry in table.of_pose("Running")] == ["running-001", "running-002", "running-003"]
    assert table.counts("running") == (1, 3)
    assert len(table) == 4


def test_neighbours_end_at_the_ends() -> None:
    table = TakeTable([take(1), take(2)])
    after = table.neighbour("running-001", 1)
    assert after is not None
    assert after.id == "running-002"
    assert table.neighbour("running-002", 1) is None
    assert table.neighbour("nobody", 1) is None


def test_a_take_that_went_to_the_trash_is_gone_and_comes_back_in_its_place() -> None:
    table = TakeTable([take(1), take(2), take(3)])
    table.put(take(2, trashed=True))
    assert [entry.id for entry in table.of_pose("running")] == ["running-001", "running-003"]
    table.put(take(2))
    assert [entry.id for entry in table.of_pose("running")] == ["running-001", "running-002", "running-003"]
