"""The log on screen: follows the end, can be scrolled, filtered, selected and copied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from studio.domain.text import plain
from studio.ui.widgets.log_lines import HISTORY, LogEntry, LogLines
from studio.ui.widgets.log_pane import LogPane

GATHER = 0.1
"""Seconds that lines are gathered before they are drawn: measured to keep keys quick at any rate of lines."""


class LogView(Vertical):
    """The log with its filter. Feed it as often as you like: lines are gathered for up to a tenth of a second and
    drawn once. It follows the newest line unless somebody scrolled up; then it says how many came meanwhile.
    """

    DEFAULT_CSS = """
    LogView { height: 1fr; width: 1fr; }
    LogView > Input { height: 1; border: none; padding: 0; display: none; background: $boost; }
    LogView > Input.-open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "filter", id="log.filter"),
        Binding("y", "copy", "copy lines", id="log.copy"),
        Binding("escape", "no_filter", "show all", show=False),
    ]

    class Copied(Message):
        """Lines went to the clipboard."""

        def __init__(self, view: LogView, lines: int) -> None:
            super().__init__()
            self.view = view
            self.lines = lines

        @property
        def control(self) -> LogView:
            """The log they came from."""
            return self.view

    def __init__(
        self, *, history: int = HISTORY, empty: str = "Nothing has happened yet.", utf8: bool = True, **options: Any
    ) -> None:
        """`options` are those of every widget: id, classes, name."""
        super().__init__(**options)
        self.pane = LogPane(LogLines(history), empty, utf8)
        self._waiting: list[LogEntry] = []
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The rows, and the filter that opens with a key."""
        yield self.pane
        yield Input(placeholder="filter: words of pose, message or level", compact=True, id="log-filter")

    def feed(self, lines: Iterable[LogEntry]) -> None:
        """Take lines in; they are drawn within a tenth of a second. To be called on the event loop."""
        self._waiting.extend(lines)
        if self._waiting and self._timer is None and self.is_mounted:
            self._timer = self.set_timer(GATHER, self._draw)

    def on_mount(self) -> None:
        """Draw what came before there was a screen."""
        self._draw()

    def set_filter(self, text: str) -> None:
        """Show only lines that have every word of the text; empty shows all."""
        self._draw()
        self.pane.lines.use_filter(plain(text))
        self.pane.renew()

    def text(self) -> str:
        """All lines that match the filter, one a line."""
        self._draw()
        return self.pane.plain_text(0, len(self.pane.lines.shown))

    def clear(self) -> None:
        """Empty the log."""
        self._waiting.clear()
        self.pane.lines.clear()
        self.pane.renew()

    def action_filter(self) -> None:
        """Open the filter and put the cursor there."""
        field = self.query_one(Input)
        field.add_class("-open")
        field.display = True
        # At once, not in a moment: what was typed with the slash must not become deeds.
        self.screen.set_focus(field)

    def action_no_filter(self) -> None:
        """Close the filter and show everything."""
        field = self.query_one(Input)
        field.value = ""
        field.remove_class("-open")
        field.display = False
        self.pane.focus()

    def action_copy(self) -> None:
        """Copy the selection, or the lines in view when nothing is selected."""
        selection = self.pane.text_selection
        chosen = self.pane.get_selection(selection) if selection is not None else None
        text = chosen[0] if chosen is not None else self.pane.visible_text()
        if text:
            self.app.copy_to_clipboard(text)
            self.post_message(self.Copied(self, text.count("\n") + 1))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while it is typed."""
        event.stop()
        self.set_filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the lines; an empty filter goes away."""
        event.stop()
        event.input.set_class(bool(event.value), "-open")
        self.pane.focus()

    def _draw(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._waiting:
            lines, self._waiting = self._waiting, []
            self.pane.absorb(lines)
