from __future__ import annotations

from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from studio.ui.widgets.log_lines import Level, LogEntry
from studio.ui.widgets.log_view import LogView


class Desk(App[None]):
    """A log and what it copied."""

    CSS = "LogView { height: 10; }"

    def __init__(self) -> None:
        super().__init__()
        self.view = LogView(history=50)
        self.copied = 0

    def compose(self) -> ComposeResult:
        yield self.view

    def on_log_view_copied(self, message: LogView.Copied) -> None:
        self.copied = message.lines

    def rows(self) -> list[str]:
        return [self.view.pane.render_line(y).text.rstrip() for y in range(self.view.pane.size.height)]


def steps(first: int, end: int, pose: str = "hero") -> list[LogEntry]:
    return [LogEntry("12:00:00", pose, f"step {number}") for number in range(first, end)]


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not come true")


async def test_lines_fed_one_by_one_are_drawn_in_one_go() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        for line in steps(0, 5):
            app.view.feed([line])
        assert "step" not in " ".join(app.rows())
        await until(pilot, lambda: "step 4" in app.rows()[4])


async def test_lines_fed_before_there_is_a_screen_are_not_lost() -> None:
    app = Desk()
    app.view.feed(steps(0, 2))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.rows()[0].split() == ["12:00:00", "hero", "step", "0"]


async def test_the_newest_line_is_followed() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.feed(steps(0, 30))
        await until(pilot, lambda: app.rows()[-1].endswith("step 29"))


async def test_scrolled_up_the_view_stays_and_says_how_many_came() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.feed(steps(0, 30))
        await until(pilot, lambda: app.rows()[-1].endswith("step 29"))
        app.view.pane.focus()
        await pilot.press("home")
        app.view.feed(steps(30, 34))
        await until(pilot, lambda: "4 new below" in app.rows()[-1])
        assert app.rows()[0].endswith("step 0")
        await pilot.press("end")
        assert app.rows()[-1].endswith("step 33")


async def test_a_reader_keeps_the_same_lines_while_old_ones_go() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.feed(steps(0, 50))
        await until(pilot, lambda: app.rows()[-1].endswith("step 49"))
        app.view.pane.scroll_to(y=20, animate=False)
        await until(pilot, lambda: app.rows()[0].endswith("step 20"))
        app.view.feed(steps(50, 60))
        await until(pilot, lambda: "10 new below" in app.rows()[-1])
        assert app.rows()[0].endswith("step 20")


async def test_slash_opens_a_filter_that_works_while_it_is_typed_and_escape_shows_all() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.feed([*steps(0, 3), *steps(0, 3, "sitting")])
        await until(pilot, lambda: "step 2" in app.rows()[5])
        app.view.pane.focus()
        await pilot.press("slash", *"sit")
        await until(pilot, lambda: app.view.text().count("\n") == 2)
        assert all("sitting" in row for row in app.rows()[:3])
        await pilot.press("escape")
        await until(pilot, lambda: app.view.text().count("\n") == 5)
        assert not app.query_one(Input).has_class("-open")
        assert app.focused is app.view.pane


async def test_a_filter_without_matches_says_so() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.feed(steps(0, 3))
        app.view.set_filter("dragon")
        await pilot.pause()
        assert app.rows()[0] == "nothing matches: dragon"


async def test_the_lines_in_view_are_copied() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.feed(steps(0, 30))
        await until(pilot, lambda: app.rows()[-1].endswith("step 29"))
        app.view.pane.focus()
        await pilot.press("y")
        await pilot.pause()
        assert app.copied == app.view.pane.size.height
        assert app.clipboard.splitlines()[-1] == "12:00:00  hero  step 29"


async def test_selected_text_is_copied_as_it_is_drawn() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.feed(steps(0, 5))
        await until(pilot, lambda: "step 4" in app.rows()[4])
        pane = app.view.pane
        await pilot.mouse_down(pane, offset=(16, 1))
        await pilot.hover(pane, offset=(22, 2))
        await pilot.mouse_up(pane, offset=(22, 2))
        await until(pilot, lambda: pane.text_selection is not None)
        pane.focus()
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard.splitlines()[0] == "step 1"
        assert app.clipboard.splitlines()[1].startswith("12:00:00  hero  step")


async def test_foreign_text_can_do_nothing_to_the_terminal() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.feed([LogEntry("12:00:00", "po\x1b[2Jse", "\x1b]0;x\x07[b]bold[/b]\u202e\r\nnext", Level.ERROR)])
        await pilot.pause()
        assert app.view.text() == "12:00:00  pose      [b]bold[/b] next"


async def test_long_lines_are_reached_sideways() -> None:
    app = Desk()
    async with app.run_test(size=(40, 12)) as pilot:
        app.view.feed([LogEntry("12:00:00", "hero", "x" * 60 + " the end")])
        await until(pilot, lambda: "xxx" in app.rows()[0])
        assert app.rows()[0].endswith("x…"), "a line that goes on says so"
        app.view.pane.focus()
        for _ in range(8):
            await pilot.press("right")
        assert app.rows()[0].endswith("the end")


async def test_the_open_filter_is_one_row_in_which_the_words_are_seen() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.view.pane.focus()
        await pilot.press("slash", "s", "t", "e", "p")
        await pilot.pause()
        field = app.view.query_one(Input)
        assert (field.has_focus, field.region.height, field.content_size.height) == (True, 1, 1)
