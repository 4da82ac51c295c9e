from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from studio.ui.widgets.slider_track import Part, Scale, paint

GUIDANCE = Scale(D("1.5"), D(10), sweet=(D(5), D("6.5")), best=D("5.5"))


def test_small_steps_never_leave_tenths() -> None:
    value = D("1.5")
    for _ in range(40):
        value = GUIDANCE.moved(value, 1)
    assert str(value) == "5.5"


def test_a_step_from_between_lands_on_the_grid() -> None:
    assert GUIDANCE.moved(D("5.55"), 1) == D("5.6")
    assert GUIDANCE.moved(D("5.55"), -1) == D("5.5")


def test_the_ends_stop_every_step() -> None:
    assert GUIDANCE.moved(D("9.7"), 1, big=True) == 10
    assert GUIDANCE.moved(D("1.5"), -1) == D("1.5")


@given(cells=st.integers(2, 200), cell=st.integers(0, 199))
def test_every_cell_of_the_track_stands_for_a_value_that_is_drawn_in_that_cell(cells: int, cell: int) -> None:
    cell = min(cell, cells - 1)
    scale = Scale(D(0), D(cells - 1), step=D("0.1"))
    value = scale.at(cell / (cells - 1))
    assert value == cell
    assert round(scale.place(value) * (cells - 1)) == cell


def test_the_first_and_the_last_cell_are_the_ends_of_the_range() -> None:
    assert GUIDANCE.at(0) == D("1.5")
    assert GUIDANCE.at(1) == 10
    assert GUIDANCE.at(-3) == D("1.5")
    assert GUIDANCE.at(7) == 10


@given(
    cells=st.integers(2, 120),
    value=st.decimals(min_value=D("-5"), max_value=D(30), places=2),
    utf8=st.booleans(),
)
def test_the_track_is_exactly_as_wide_as_asked_and_has_one_thumb(cells: int, value: D, utf8: bool) -> None:
    runs = paint(GUIDANCE, value, cells, utf8=utf8)
    assert sum(cell_len(text) for text, _ in runs) == cells
    assert sum(part is Part.THUMB for _, part in runs) == 1


def test_the_thumb_moves_by_less_than_a_cell() -> None:
    drawings = {tuple(paint(GUIDANCE, D(value) / 10, 12)) for value in range(50, 58)}
    assert len(drawings) > 5


def test_without_colour_the_sweet_spot_is_heavier_than_the_rest() -> None:
    text = "".join(text for text, _ in paint(GUIDANCE, D("1.5"), 35))
    assert "━━━━" in text
    assert text.endswith("──────")


def test_without_utf8_the_track_is_ascii() -> None:
    text = "".join(text for text, _ in paint(GUIDANCE, D("5.5"), 30, utf8=False))
    assert text.isascii()
    assert "=O" in text


def test_without_a_value_there_is_no_thumb() -> None:
    assert all(part in {Part.EMPTY, Part.SWEET} for _, part in paint(GUIDANCE, None, 20))


@pytest.mark.parametrize(("value", "text"), [("5.5", "5.5"), ("5", "5.0"), ("10", "10.0"), ("5.55", "5.55")])
def test_a_value_is_written_with_the_decimals_of_the_step_and_its_own(value: str, text: str) -> None:
    assert GUIDANCE.text(D(value)) == text


def test_whole_steps_are_written_without_decimals() -> None:
    assert Scale(D(1), D(50), step=D(1)).text(D(35)) == "35"


def test_the_range_is_written_without_zeros() -> None:
    assert Scale(D("1.0"), D(20)).range_text() == "1 to 20"
