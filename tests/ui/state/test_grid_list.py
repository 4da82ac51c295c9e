"""The grid's list: its view stands still whatever comes in, and the artist's own deeds move it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.take import Take, Verdict
from studio.ui.state.grid_list import GridList
from studio.ui.state.grid_scroll import GridScroll
from studio.workflows.take_query import parse_query
from studio.workflows.take_sorts import SORTS

COLUMNS, ROWS = 4, 3


def take(number: int) -> Take:
    return Take(f"running-{number:05d}", str(number), "running", "p", 1, 1, float(number), "e", number, "r")


class Table:
    """Takes and a grid of them."""

    def __init__(self, count: int, order: str = "newest") -> None:
        self.takes = {one.id: one for one in map(take, range(1000, 1000 + count))}
        self.list = GridList(self.takes.get, GridScroll())
        self.list.sort = SORTS[order]
        self.list.scroll.fit(COLUMNS, ROWS)
        self.list.fill(list(self.takes.values()), lambda one: True)

    def add(self, number: int, *, stars: int = 0) -> str:
        one = replace(take(number), stars=stars)
        self.takes[one.id] = one
        self.list.digest([one.id])
        return one.id

    def change(self, take_id: str, **changes: Any) -> None:
        self.takes[take_id] = replace(self.takes[take_id], **changes)
        self.list.digest([take_id])

    def drop(self, take_id: str) -> None:
        del self.takes[take_id]
        self.list.digest([take_id])

    def view(self) -> dict[tuple[int, int], str]:
        """What is seen where."""
        scroll = self.list.scroll
        places = {(column, row): scroll.item_at(column, row) for row in range(ROWS) for column in range(COLUMNS)}
        return {place: self.list.ids[number] for place, number in places.items() if number is not None}


def test_new_takes_above_and_below_leave_the_view_and_the_cursor_where_they_are() -> None:
    for order, end in (("newest", 0), ("oldest", -1)):
        table = Table(40, order)
        table.list.scroll.go(20)
        cursor, view = table.list.cursor, table.view()
        fresh = [table.add(5000 + number) for number in range(7)]
        assert table.list.cursor == cursor and table.view() == view
        assert table.list.ids[end] == fresh[-1] and table.list.fresh == set(fresh)


def test_a_new_take_at_the_top_of_what_is_looked_at_is_put_above_it() -> None:
    table = Table(40)
    view = table.view()
    fresh = table.add(5000)
    assert table.view() == view and table.list.ids[0] == fresh and table.list.fresh == {fresh}
    table.list.scroll.to_first()
    table.list.settle()
    assert table.view()[0, 0] == fresh and not table.list.fresh


def test_a_new_take_whose_place_is_in_view_waits_until_the_view_goes_elsewhere() -> None:
    table = Table(40, "stars")
    for one in list(table.takes.values()):
        table.change(one.id, stars=3 if one.seed and one.seed % 2 else 1)
    table.list.filter(table.list.query)
    table.list.scroll.go(20)
    view = table.view()
    fresh = table.add(5000, stars=2)
    assert table.view() == view and table.list.waiting == 1 and fresh not in table.list.ids
    table.list.scroll.go(39)
    table.list.settle()
    assert fresh in table.list.ids and table.list.waiting == 0


def test_decisions_leave_everything_in_its_place_until_it_is_put_into_order() -> None:
    table = Table(20)
    table.list.filter(parse_query("undecided", 0))
    view = table.view()
    table.change(table.list.ids[0], verdict=Verdict.PICKED)
    assert table.view() == view and len(table.list.misfits) == 1
    table.list.filter(table.list.query)
    assert len(table.list.ids) == 19 and not table.list.misfits


def test_the_take_after_one_that_went_is_under_the_cursor() -> None:
    table = Table(20)
    table.list.scroll.go(5)
    following = table.list.ids[6]
    table.drop(table.list.cursor)
    assert table.list.cursor == following
    table.list.scroll.go(18)
    before = table.list.ids[17]
    table.drop(table.list.cursor)
    assert table.list.cursor == before


def test_a_take_that_is_called_back_comes_under_the_cursor_and_is_no_news() -> None:
    table = Table(20)
    gone = table.list.ids[2]
    kept = table.takes[gone]
    table.drop(gone)
    table.list.scroll.go(15)
    table.takes[gone] = kept
    table.list.digest([gone], recalled=True)
    table.list.bring(gone)
    assert table.list.cursor == gone and table.list.ids[2] == gone and not table.list.fresh


def test_a_filter_keeps_the_cursor_on_its_take_when_it_still_fits() -> None:
    table = Table(40)
    table.list.scroll.go(30)
    cursor = table.list.cursor
    table.list.filter(parse_query(f"seed:<{int(cursor[-5:]) + 3}", 0))
    assert table.list.cursor == cursor
    table.list.filter(parse_query("seed:>1030", 0))
    assert table.list.cursor == table.list.ids[0]


def test_another_size_of_the_view_keeps_the_cursor_in_it() -> None:
    table = Table(100)
    table.list.scroll.go(57)
    for columns, rows in ((7, 2), (1, 1), (30, 10), (4, 3)):
        table.list.scroll.fit(columns, rows)
        scroll = table.list.scroll
        assert scroll.first <= scroll.cursor <= scroll.last


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from(["newest", "oldest", "stars"]), st.integers(0, 60))
def test_whatever_comes_nothing_in_view_moves(seed: int, order: str, count: int) -> None:
    chance = random.Random(seed)
    table = Table(count, order)
    for step in range(40):
        match chance.randrange(4):
            case 0 if table.list.ids:
                table.list.scroll.go(chance.randrange(len(table.list.ids)))
                table.list.settle()
            case 1:
                table.list.scroll.scroll(chance.choice((-1, 1)))
                table.list.settle()
            case _:
                before, cursor = table.view(), table.list.cursor
                table.add(2000 + step * 50 + chance.randrange(50) - chance.choice((0, 1900)), stars=chance.randrange(6))
                after = table.view()
                assert all(after.get(place) == one for place, one in before.items())
                assert not cursor or table.list.cursor == cursor
    table.list.filter(table.list.query)
    assert set(table.list.ids) == set(table.takes) and len(table.list.ids) == len(set(table.list.ids))
