"""A slider over decimal numbers, for keys, mouse and typing."""

from __future__ import annotations

from collections.abc import Callable
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
from studio.ui.widgets.slider_track import Part, Scale, paint


class Slider(Widget, can_focus=True):
    """One row of track and value, and under it a row of words about the value.

    `value` is a Decimal, so 5.5 stays 5.5. Every change posts `Slider.Changed`. A typed number outside the range is
    not bent into it: the words say the range and the number stays open for correction. With height 1 the words are
    not drawn; `words` has them for another place. When the model has no such setting, say so in `unavailable` and
    the slider greys out.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Slider { height: 2; width: 1fr; color: $text; }
    Slider > .slider--label { color: $text-muted; }
    Slider > .slider--filled { color: $primary; }
    Slider > .slider--empty { color: $foreground 40%; }
    Slider > .slider--sweet { color: $text-success; }
    Slider > .slider--thumb { color: $foreground; }
    Slider > .slider--value { text-style: bold; }
    Slider > .slider--words { color: $text-muted; }
    Slider > .slider--wrong { color: $text-error; text-style: bold; }
    Slider > .slider--off { color: $foreground 40%; }
    Slider:focus > .slider--thumb { color: $accent; }
    Slider:focus > .slider--label { color: $text; text-style: bold; }
    Slider:focus > .slider--value { color: $text-accent; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"slider--{name}" for name in ("label", "filled", "empty", "sweet", "thumb", "value", "words", "wrong", "off")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "less", show=False, id="slider.less"),
        Binding("right,l", "move(1)", "more", show=False, id="slider.more"),
        Binding("shift+left,pagedown", "leap(-1)", "much less", show=False, id="slider.much-less"),
        Binding("shift+right,pageup", "leap(1)", "much more", show=False, id="slider.much-more"),
        Binding("home", "end(False)", "lowest", show=False, id="slider.lowest"),
        Binding("end", "end(True)", "highest", show=False, id="slider.highest"),
        Binding("backspace", "best", "recommended", show=False, id="slider.best"),
    ]

    value: reactive[Decimal | None] = reactive[Decimal | None](None)

    class Changed(Message):
        """The value is another one."""

        def __init__(self, slider: Slider, value: Decimal) -> None:
            super().__init__()
            self.slider = slider
            self.value = value

        @property
        def control(self) -> Slider:
            """The slider that moved."""
            return self.slider

    def __init__(
        self,
        scale: Scale,
        value: Decimal | None = None,
        *,
        label: str = "",
        describe: Callable[[Decimal], str] | None = None,
        unavailable: str = "",
        utf8: bool = True,
        **options: Any,
    ) -> None:
        """`options` are those of every widget: id, classes, name."""
        super().__init__(**options)
        self.label = label
        self._utf8 = utf8
        self._scale = scale
        self._describe = describe
        self._unavailable = unavailable
        self._dragging = False
        self._entry = NumberEntry()
        self.disabled = bool(unavailable)
        self.set_reactive(Slider.value, value)

    @property
    def scale(self) -> Scale:
        """The range and the steps in use."""
        return self._scale

    @property
    def words(self) -> str:
        """What the value does, or why there is none, or what is wrong with the typed number. One line."""
        if self._unavailable:
            return plain(self._unavailable)
        if self._entry.complaint:
            return self._entry.complaint
        if self.value is None:
            return ""
        if not self._scale.contains(self.value):
            return f"outside {self._scale.range_text()}"
        return plain(self._describe(self.value)) if self._describe is not None else ""

    def use(self, scale: Scale, value: Decimal | None, *, unavailable: str = "") -> None:
        """Another model: its range, the value it starts with, or the reason why it has none. Posts no message."""
        self._scale, self._unavailable = scale, unavailable
        self._entry.drop()
        self.disabled = bool(unavailable)
        self.set_reactive(Slider.value, value)
        self.refresh()

    def watch_value(self, value: Decimal | None) -> None:
        """Tell the screen about a new value."""
        self._entry.drop()
        if value is not None:
            self.post_message(self.Changed(self, value))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits open typing, and while typing is open every character belongs to it."""
        return self._entry.keeps(character)

    def action_move(self, steps: int) -> None:
        """A small step."""
        if self.value is not None:
            self.value = self._scale.moved(self.value, steps)

    def action_leap(self, steps: int) -> None:
        """A big step."""
        if self.value is not None:
            self.value = self._scale.moved(self.value, steps, big=True)

    def action_end(self, high: bool) -> None:
        """To one end of the range."""
        self.value = self._scale.at(1.0 if high else 0.0)

    def action_best(self) -> None:
        """To the recommended value, when there is one."""
        if self._scale.best is not None:
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

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Grab the thumb; a click on the number opens typing."""
        offset = event.get_content_offset(self)
        if self.value is None or event.button != 1 or offset is None:
            return
        event.stop()
        start, width = self._track()
        if offset.x > start + width:
            self._entry.text = ""
            self.refresh()
            return
        self._dragging = True
        self.capture_mouse()
        self._follow(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the pointer while it is held down."""
        if self._dragging:
            event.stop()
            self._follow(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._dragging:
            event.stop()
            self._dragging = False
            self.release_mouse()

    @on(events.MouseScrollUp)
    @on(events.MouseScrollDown)
    def _wheel(self, event: events.MouseEvent) -> None:
        """The wheel makes small steps, with shift or control big ones."""
        event.stop()
        steps = 1 if isinstance(event, events.MouseScrollUp) else -1
        if self.value is not None:
            self.value = self._scale.moved(self.value, steps, big=event.shift or event.ctrl)

    def _follow(self, event: events.MouseEvent) -> None:
        start, width = self._track()
        x = event.pointer_x - self.gutter.left - start
        if not isinstance(event.pointer_x, int):
            x -= 0.5  # the terminal reports pixels: the middle of the thumb belongs under the pointer
        self._entry.drop()
        self.value = self._scale.at(x / max(1, width - 1))

    def _track(self) -> tuple[int, int]:
        """First cell and width of the track inside the content."""
        start = cell_len(self.label) + 1 if self.label else 0
        return start, max(2, self.content_size.width - start - self._room() - 3)

    def _room(self) -> int:
        """Cells for the digits of the value."""
        shown = (self._scale.low, self._scale.high, self.value or self._scale.low)
        return max(len(self._scale.text(value)) for value in shown)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Track and words."""
        return 2

    def render_line(self, y: int) -> Strip:
        """The track, then the words."""
        base = self.rich_style
        styles = {name.removeprefix("slider--"): self.get_component_rich_style(name) for name in self.COMPONENT_CLASSES}
        if self.disabled:
            styles = dict.fromkeys(styles, styles["off"]) | {"words": styles["words"]}
        segments: list[Segment] = []
        if y == 0:
            segments = [*self._track_segments(styles), Segment(" ", base), *self._number(styles["value"])]
        elif y == 1:
            segments = [Segment(self.words, styles["wrong" if self._entry.complaint else "words"])]
        return Strip(segments).adjust_cell_length(self.content_size.width, base)

    def _track_segments(self, styles: dict[str, Style]) -> list[Segment]:
        segments = [Segment(f"{self.label} ", styles["label"])] if self.label else []
        value = None if self._unavailable else self.value
        for text, part in paint(self._scale, value, self._track()[1], utf8=self._utf8):
            style = styles["thumb"] + Style(reverse=True) if part is Part.THUMB_START else styles[part.value]
            segments.append(Segment(text, style))
        return segments

    def _number(self, style: Style) -> list[Segment]:
        room = self._room()
        before, after = (("‹", "›") if self._utf8 else ("<", ">")) if self.has_focus else (" ", " ")
        if (typed := self._entry.text) is not None:
            text = typed[-room:]
            caret = Segment(" " if len(text) < room else after, style + Style(reverse=True))
            rest = after.rjust(room - len(text)) if len(text) < room else ""
            return [Segment(before + text, style), caret, Segment(rest, style)]
        text = "-" if self._unavailable or self.value is None else self._scale.text(self.value)
        return [Segment(f"{before}{text:>{room}}{after}", style)]
