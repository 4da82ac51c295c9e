"""Marks: takes set aside to be looked at together."""

from __future__ import annotations

from studio.ui.state.marks import Marks


def test_marked_takes_come_back_in_the_order_they_were_marked() -> None:
    marks = Marks()
    assert marks.toggle("running-002")
    assert marks.toggle("running-001")
    assert marks.ids == ("running-002", "running-001")
    assert marks.has("running-001")


def test_a_second_toggle_takes_the_mark_away() -> None:
    marks = Marks()
    marks.toggle("running-001")
    assert not marks.toggle("running-001")
    assert not marks.has("running-001")
    assert len(marks) == 0


def test_a_take_that_is_gone_does_not_count() -> None:
    there = {"running-001", "running-002"}
    marks = Marks(there.__contains__)
    marks.add(("running-001", "running-002"))
    there.remove("running-001")
    assert marks.ids == ("running-002",)
    assert len(marks) == 1


def test_clearing_leaves_no_mark() -> None:
    marks = Marks()
    marks.add(("a-001", "a-002"))
    marks.drop("a-001")
    left = marks.ids
    marks.clear()
    assert (left, marks.ids) == (("a-002",), ())
