"""Which takes are looked at together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.domain.take import Take, Verdict
from studio.engine.ports import PoseCounts
from studio.ui.state.look_choice import AT_ONCE, to_compare, to_survey
from studio.workflows.takes import TakeTable


class Source:
    """Takes in memory."""

    def __init__(self, rows: list[Take]) -> None:
        self._rows = rows

    def take(self, take_id: str) -> Take | None:
        return next((take for take in self._rows if take.id == take_id), None)

    def takes(self, pose: str | None = None, *, trashed: bool = False) -> list[Take]:
        return [take for take in self._rows if pose in {None, take.pose}]

    def counts(self) -> Mapping[str, PoseCounts]:
        return {}


def take(number: int, pose: str = "running", **changes: str) -> Take:
    made = Take(f"{pose}-{number:03}", f"j{number}", pose, "a.png", 64, 64, float(number), "fal-ai/x", number, "r")
    return replace(made, parent=changes.get("parent", ""), verdict=Verdict(changes.get("verdict", "undecided")))


def table(*rows: Take) -> TakeTable:
    made = TakeTable(Source(list(rows)))
    made.fill(rows)
    return made


def test_marked_takes_come_first_and_a_single_mark_is_compared_with_the_shown_one() -> None:
    rows = [take(number) for number in range(1, 7)]
    assert to_compare(rows[0], rows[1:4], table(*rows)) == rows[1:4]
    assert to_compare(rows[0], [rows[4]], table(*rows)) == [rows[0], rows[4]]


def test_what_a_take_was_made_from_is_nearer_than_its_neighbour() -> None:
    draft, other, final = take(1), take(2), take(3, parent="running-001")
    takes = table(draft, other, final)
    assert to_compare(final, [], takes) == [draft, final]
    assert to_compare(draft, [], takes) == [draft, final]
    assert to_compare(other, [], takes) == [other, final]
    assert to_compare(take(1, "idle"), [], table(take(1, "idle"))) == [take(1, "idle")]


def test_a_survey_leaves_out_what_is_rejected_unless_nothing_is_left_to_choose() -> None:
    rows = [take(1), take(2, verdict="rejected"), take(3)]
    assert to_survey(rows[0], [], table(*rows)) == [rows[0], rows[2]]
    rows = [take(1), take(2, verdict="rejected")]
    assert to_survey(rows[0], [], table(*rows)) == rows
    many = [take(number) for number in range(1, AT_ONCE + 10)]
    assert len(to_survey(many[0], many, table(*many))) == AT_ONCE
