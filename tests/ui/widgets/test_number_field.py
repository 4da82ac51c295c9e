from __future__ import annotations

from decimal import Decimal as D

from textual.app import App, ComposeResult

from studio.ui.widgets.number_field import NumberField
from studio.ui.widgets.slider_track import Scale

STEPS = Scale(D(1), D(50), step=D(1), big_step=D(5), best=D(28))


class Desk(App[None]):
    """One number field."""

    def __init__(self, field: NumberField) -> None:
        super().__init__()
        self.field = field
        self.heard: list[D | None] = []

    def compose(self) -> ComposeResult:
        yield self.field

    def on_number_field_changed(self, message: NumberField.Changed) -> None:
        self.heard.append(message.value)

    def row(self) -> str:
        return self.field.render_line(0).text


async def test_arrows_step_and_shift_steps_further() -> None:
    app = Desk(NumberField(STEPS, D(35), label="steps"))
    async with app.run_test() as pilot:
        await pilot.press("up", "shift+up", "down")
        assert app.heard == [36, 41, 40]
        assert app.row().rstrip().endswith("40›")


async def test_a_typed_number_is_taken_with_enter_and_has_no_decimals() -> None:
    app = Desk(NumberField(STEPS, D(35), label="steps"))
    async with app.run_test() as pilot:
        await pilot.press("1", "full_stop", "2", "enter")
        assert app.field.value == 12


async def test_a_number_outside_the_range_is_refused_with_the_range() -> None:
    app = Desk(NumberField(STEPS, D(35), label="steps"))
    async with app.run_test() as pilot:
        await pilot.press("9", "9", "enter")
        assert app.field.value == 35
        assert "99 is not in 1 to 50" in app.row()


async def test_an_empty_field_says_what_empty_means_and_backspace_goes_there() -> None:
    app = Desk(NumberField(Scale(D(0), D(2**31 - 1), step=D(1)), None, label="seed", empty="new each time"))
    async with app.run_test() as pilot:
        assert "new each time" in app.row()
        await pilot.press("7", "enter")
        await pilot.press("backspace")
        assert app.field.value is None
        assert app.heard == [7, None]


async def test_backspace_goes_to_the_recommended_number() -> None:
    app = Desk(NumberField(STEPS, D(35), label="steps"))
    async with app.run_test() as pilot:
        await pilot.press("backspace")
        assert app.field.value == 28


async def test_a_setting_the_model_does_not_have_says_so() -> None:
    app = Desk(NumberField(STEPS, None, label="steps", unavailable="set by the model"))
    async with app.run_test():
        assert "set by the model" in app.row()
        assert app.field.disabled
