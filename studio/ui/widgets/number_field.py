"""One row for a number: steps, takes per pose, seed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from studio.domain.text import plain
from studio.ui.widgets.number_entry import NumberEntry, Pressed
from studio.ui.widgets.slider_track import Scale


class NumberField(Widget, can_focus=True):
    """A label and a number that is stepped with arrows or the wheel, or typed.

    `value` is a Decimal, or None where `empty` names what no number means (such as a new seed); backspace goes there.
    A typed number outside the range is not bent into it: the row says the range until it is corrected or dropped.
    Every change posts `NumberField.Changed`.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    NumberField { height: 1; width: 1fr; color: $text; }
    NumberField > .number-field--label { color: $text-muted; }
    NumberField > .number-field--value { text-style: bold; }
    NumberField > .number-field--wrong { color: $text-error; text-style: bold; }
    NumberField > .number-field--off { color: $foreground 40%; }
    NumberField:focus > .number-field--label { color: $text; text-style: bold; }
    NumberField:focus > .number-field--value { color: $text-accent; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"number-field--{name}" for name in ("label", "value", "wrong", "off")}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,down,h", "move(-1)", "less", show=False, id="number.less"),
        Binding("right,up,l", "move(1)", "more", show=False, id="number.more"),
        Binding("shift+left,shift+down,pagedown", "move(-1, True)", "much less", show=False, id="number.much-less"),
        Binding("shift+right,shift+up,pageup", "move(1, True)", "much more", show=False, id="number.much-more"),
        Binding("backspace", "reset", "recommended", show=False, id="number.reset"),
    ]

    value: reactive[Decimal | None] = reactive[Decimal | None](None)

    class Changed(Message):
        """The number is another one; None where the field may be empty and is."""

        def __init__(self, field: NumberField, value: Decimal | None) -> None:
            super().__init__()
            self.field = field
            self.value = value

        @property
        def control(self) -> NumberField:
            """The field that changed."""
            return self.field

    def __init__(
        self,
        scale: Scale,
        value: Decimal | None = None,
        *,
        label: str = "",
        empty: str = "",
        unavailable: str = "",
        utf8: bool = True,
        **options: Any,
    ) -> None:
        """`options` are those of every widget: id, classes, name."""
        super().__init__(**options)
        self.label = label
        self._scale = scale
        self._empty = empty
        self._utf8 = utf8
        self._unavailable = unavailable
        self._entry = NumberEntry(whole=scale.step == scale.step.to_integral_value())
        self.disabled = bool(unavailable)
        self.set_reactive(NumberField.value, value)

    @property
    def scale(self) -> Scale:
        """The range and the steps in use."""
        return self._scale

    @property
    def complaint(self) -> str:
        """What is wrong with the number being typed; empty when nothing is."""
        return self._entry.complaint

    def use(self, scale: Scale, value: Decimal | None, *, unavailable: str = "") -> None:
        """Another model: its range, the value it starts with, or the reason why it has none. Posts no message."""
        self._scale, self._unavailable = scale, unavailable
        self._entry.drop()
        self.disabled = bool(unavailable)
        self.set_reactive(NumberField.value, value)
        self.refresh()

    def watch_value(self, value: Decimal | None) -> None:
        """Tell the screen about a new value."""
        self._entry.drop()
        self.post_message(self.Changed(self, value))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits open typing, and while typing is open every character belongs to it."""
        return self._entry.keeps(character)

    def action_move(self, steps: int, big: bool = False) -> None:
        """A step; from empty to the lowest or the recommended number."""
        if self.value is None:
            self.value = self._scale.best if self._scale.best is not None else self._scale.low
        else:
            self.value = self._scale.moved(self.value, steps, big=big)

    def action_reset(self) -> None:
        """To empty where that means something, else to the recommended number when there is one."""
        if self._empty:
            self.value = None
        elif self._scale.best is not None:
            self.value = self._scale.best

    def on_key(self, event: events.Key) -> None:
        """Typing of a number: digits open it, enter takes it, escape forgets it."""
        match self._entry.press(event.key, event.character):
            case Pressed.IGNORED:
                return
            case Pressed.TAKEN:
                self._take()
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_blur(self) -> None:
        """A number left open is taken when it is a good one, and forgotten otherwise."""
        if self._entry.active:
            self._take()
            self._entry.drop()
        self.refresh()

    def _take(self) -> None:
        number = self._entry.take(self._scale.low, self._scale.high, self._scale.range_text())
        if number is not None:
            self.value = number

    def on_click(self) -> None:
        """A click opens typing."""
        self._entry.text = ""
        self.refresh()

    @on(events.MouseScrollUp)
    @on(events.MouseScrollDown)
    def _wheel(self, event: events.MouseEvent) -> None:
        event.stop()
        self.action_move(1 if isinstance(event, events.MouseScrollUp) else -1, event.shift or event.ctrl)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Label and number, the number at the right end."""
        width, base = self.content_size.width, self.rich_style
        label_style, value_style, wrong, off = (
            self.get_component_rich_style(f"number-field--{name}") for name in ("label", "value", "wrong", "off")
        )
        if y:
            return Strip.blank(width, base)
        if self.disabled:
            label_style = value_style = off
        label = Segment(f"{self.label} ", label_style)
        if self._entry.complaint:
            label, label_style = Segment(self._entry.complaint + " ", wrong), wrong
        number = self._number(value_style)
        gap = width - cell_len(label.text) - sum(cell_len(part.text) for part in number)
        return Strip([label, Segment(" " * max(0, gap), base), *number]).adjust_cell_length(width, base)

    def _number(self, style: Style) -> list[Segment]:
        before, after = (("‹", "›") if self._utf8 else ("<", ">")) if self.has_focus else (" ", " ")
        if self._entry.text is not None:
            return [Segment(before + self._entry.text, style), Segment(" ", style + Style(reverse=True))]
        if self._unavailable:
            return [Segment(f"{before}{plain(self._unavailable)}{after}", style)]
        text = self._scale.text(self.value) if self.value is not None else plain(self._empty) or "-"
        return [Segment(f"{before}{text}{after}", style)]
