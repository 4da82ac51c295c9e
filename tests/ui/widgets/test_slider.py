from __future__ import annotations

from decimal import Decimal as D
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Button

from studio.domain.guidance import describe_guidance
from studio.ui.widgets.slider import Slider
from studio.ui.widgets.slider_track import Scale

GUIDANCE = Scale(D("1.5"), D(10), sweet=(D(5), D("6.5")), best=D("5.5"))


class Desk(App[None]):
    """A slider, something to focus after it, and a key that must not fire while a number is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [("3", "stars", "stars"), ("x", "stars", "reject")]

    def __init__(self, scale: Scale = GUIDANCE, value: str = "5.5", unavailable: str = "", utf8: bool = True) -> None:
        super().__init__()
        self.slider = Slider(
            scale, D(value), label="guidance", describe=describe_guidance, unavailable=unavailable, utf8=utf8
        )
        self.heard: list[D] = []
        self.stars = 0

    def compose(self) -> ComposeResult:
        yield self.slider
        yield Button("next")

    def action_stars(self) -> None:
        self.stars += 1

    def on_slider_changed(self, message: Slider.Changed) -> None:
        self.heard.append(message.value)

    def row(self, y: int) -> str:
        return self.slider.render_line(y).text


async def test_arrows_make_small_steps_and_shift_makes_big_ones() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("right", "right", "h", "shift+right", "pagedown")
        assert app.slider.value == D("5.6")
        assert app.heard == [D("5.6"), D("5.7"), D("5.6"), D("6.6"), D("5.6")]


async def test_home_and_end_go_to_the_ends_and_backspace_to_the_recommended_value() -> None:
    app = Desk(value="3")
    async with app.run_test() as pilot:
        await pilot.press("end")
        assert app.slider.value == 10
        await pilot.press("home")
        assert app.slider.value == D("1.5")
        await pilot.press("backspace")
        assert app.slider.value == D("5.5")


async def test_a_number_can_be_typed_and_its_digits_trigger_nothing_else() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("3", "full_stop", "3", "x", "enter")
        assert app.slider.value == D("3.3")
        assert app.stars == 0


async def test_a_comma_is_a_decimal_point() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("4", "comma", "2", "5", "enter")
        assert str(app.slider.value) == "4.25"


async def test_a_typed_number_outside_the_range_is_refused_with_the_range() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("2", "2", "enter")
        assert app.slider.value == D("5.5")
        assert app.slider.words == "22 is not in 1.5 to 10"
        assert "22" in app.row(0)
        await pilot.press("backspace", "enter")
        assert app.slider.value == 2


async def test_escape_forgets_what_was_typed() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("9", "escape")
        assert app.slider.value == D("5.5")
        assert "5.5" in app.row(0)


async def test_leaving_the_slider_takes_a_good_number_and_forgets_a_bad_one() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("7", "tab")
        await pilot.pause()
        assert app.slider.value == 7
        await pilot.press("shift+tab", "9", "9", "tab")
        assert app.slider.value == 7
        assert "99" not in app.row(0)


async def test_a_click_sets_the_value_of_that_cell_and_the_thumb_comes_under_the_pointer() -> None:
    app = Desk()
    async with app.run_test(size=(50, 10)) as pilot:
        for cell in (9, 17, 30, 41):
            await pilot.click(app.slider, offset=(cell, 0))
            assert app.row(0)[cell] != "─", cell
            assert app.row(0)[cell] not in "━╼╾"
        await pilot.click(app.slider, offset=(9, 0))
        assert app.slider.value == D("1.5")


async def test_dragging_follows_the_pointer_past_the_ends() -> None:
    app = Desk()
    async with app.run_test(size=(50, 10)) as pilot:
        await pilot.mouse_down(app.slider, offset=(20, 0))
        await pilot.hover(app.slider, offset=(30, 0))
        middle = app.slider.value
        await pilot.hover(app.slider, offset=(49, 1))
        assert middle is not None
        assert 5 < middle < 10
        assert app.slider.value == 10
        await pilot.mouse_up(app.slider, offset=(49, 1))
        await pilot.hover(app.slider, offset=(20, 0))
        assert app.slider.value == 10


async def test_a_click_on_the_number_opens_typing() -> None:
    app = Desk()
    async with app.run_test(size=(50, 10)) as pilot:
        await pilot.click(app.slider, offset=(47, 0))
        await pilot.press("8", "enter")
        assert app.slider.value == 8


async def test_the_words_follow_the_value() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        assert "strong" in app.row(1)
        await pilot.press("end")
        assert "loses fine detail" in app.row(1)


async def test_focus_is_seen_without_colour() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        assert "‹ 5.5›" in app.row(0)
        await pilot.press("tab")
        assert "‹" not in app.row(0)


async def test_a_model_without_guidance_greys_the_slider_and_says_why() -> None:
    app = Desk(unavailable="FLUX.1 [schnell] has no guidance")
    async with app.run_test() as pilot:
        assert app.row(1).strip() == "FLUX.1 [schnell] has no guidance"
        assert app.row(0).rstrip().endswith("-")
        assert app.focused is not app.slider
        await pilot.click(app.slider, offset=(20, 0))
        assert app.heard == []


async def test_another_model_brings_its_range_without_a_message() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.slider.use(Scale(D(1), D(20)), D("3.5"))
        await pilot.press("right")
        assert app.heard == [D("3.6")]
        app.slider.use(Scale(D(1), D(20)), None, unavailable="no guidance")
        await pilot.pause()
        assert app.slider.disabled


async def test_a_remembered_value_outside_the_range_is_shown_as_it_is() -> None:
    app = Desk(value="22")
    async with app.run_test():
        assert "22.0" in app.row(0)
        assert app.slider.words == "outside 1.5 to 10"


async def test_without_utf8_the_whole_slider_is_ascii() -> None:
    app = Desk(utf8=False)
    async with app.run_test():
        assert app.row(0).isascii()


async def test_words_with_escape_sequences_are_harmless() -> None:
    app = Desk(unavailable="no\x1b[31m guidance\x07")
    async with app.run_test():
        assert app.slider.words == "no guidance"


async def test_where_the_terminal_reports_pixels_the_pointer_chooses_within_a_cell() -> None:
    app = Desk()
    async with app.run_test(size=(50, 10)) as pilot:
        values = []
        for x in (20.1, 20.5, 20.9):
            app.slider.post_message(events.MouseDown(app.slider, x, 0.5, 0, 0, 1, False, False, False, x, 0.5))
            await pilot.pause()
            values.append(app.slider.value)
        assert values == sorted(set(values), key=lambda value: value or D(0))
        assert len(values) == 3
