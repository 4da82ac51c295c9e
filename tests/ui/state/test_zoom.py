"""Zoom: where a picture is looked at, and how near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.state.zoom import Pane, Zoom

PANE = Pane((1000, 1000), 40, 10, (10, 20))
"""400 × 200 pixels on a picture of a million."""


def test_at_a_hundred_percent_a_pixel_is_a_pixel() -> None:
    window = Zoom().at_scale(1.0, PANE).window(PANE)
    assert window.size == (400, 200)
    assert window.box == (300, 400, 700, 600)


def test_where_cells_have_no_known_pixels_a_hundred_percent_is_a_pixel_a_column() -> None:
    pane = Pane((1000, 1000), 40, 10, (10, 20), actual=10.0)
    left, top, right, bottom = Zoom().at_scale(1.0, pane).window(pane).box
    assert (right - left, bottom - top) == (40, 20)


def test_what_is_under_the_pointer_stays_under_it() -> None:
    at = (0.75, 0.25)
    before = Zoom().at_scale(1.0, PANE)
    after = before.magnify(1, PANE, at)

    def under(zoom: Zoom) -> tuple[float, float]:
        left, top, right, bottom = zoom.window(PANE).box
        return left + at[0] * (right - left), top + at[1] * (bottom - top)

    assert under(after) == pytest.approx(under(before))


def test_nothing_beyond_the_edges_is_looked_at() -> None:
    zoom = Zoom().at_scale(1.0, PANE).pan(-50, 50, PANE)
    left, _, _, bottom = zoom.window(PANE).box
    assert (left, bottom) == (0, 1000)


def test_farther_than_the_whole_picture_there_is_nothing() -> None:
    zoom = Zoom().at_scale(1.0, PANE)
    for _ in range(30):
        zoom = zoom.magnify(-1, PANE)
    assert zoom == Zoom()
    assert zoom.percent(PANE) == "fit 20 %"


def test_a_narrow_picture_covers_whole_cells_and_the_height_of_the_pane() -> None:
    pane = Pane((100, 1000), 40, 10, (10, 20))
    window = Zoom().at_scale(1.0, pane).window(pane)
    assert window.size == (100, 200)
    assert window.box[0] == 0


def test_the_same_place_of_a_picture_of_half_the_size_is_seen_beside_it() -> None:
    zoom = Zoom().at_scale(1.0, PANE).pan(0.5, 0.5, PANE)
    half = Pane((500, 500), 40, 10, (10, 20), actual=2.0)
    whole_box, half_box = zoom.window(PANE).box, zoom.window(half).box
    assert [2 * edge for edge in half_box] == pytest.approx(whole_box)


@given(
    size=st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    room=st.tuples(st.integers(1, 300), st.integers(1, 100)),
    moves=st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.integers(-2, 3)), max_size=12),
)
def test_wherever_one_goes_there_is_something_to_see(
    size: tuple[int, int], room: tuple[int, int], moves: list[tuple[float, float, int]]
) -> None:
    pane, zoom = Pane(size, *room, (10, 20)), Zoom()
    for across, down, by in moves:
        zoom = zoom.magnify(by, pane).pan(across, down, pane)
        left, top, right, bottom = zoom.window(pane).box
        assert right > left and bottom > top
        assert left < size[0] and right > 0 and top < size[1] and bottom > 0
        assert min(zoom.window(pane).size) >= 1
