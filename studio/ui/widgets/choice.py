"""One of several words, in one row: arrows turn it, a click on either side too, letters find one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from studio.ui.widgets.run_line import Run, RunLine, clipped, justified


class Choice(RunLine, can_focus=True):
    """A label and one of `options`, each a pair of value and words. Every change posts `Choice.Changed`.

    With `unavailable` set it shows the reason, greyed, and takes no focus.
    """

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "turn(-1)", "Before", show=False, id="choice.before"),
        Binding("right,l,enter", "turn(1)", "Next", show=False, id="choice.next"),
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another option was chosen."""

        def __init__(self, choice: Choice, value: str) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

        @property
        def control(self) -> Choice:
            """The choice that turned."""
            return self.choice

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]] = (),
        value: str = "",
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self.label = label
        self._options = list(options)
        self._unavailable = ""
        self.set_reactive(Choice.value, value)

    @property
    def options(self) -> list[tuple[str, str]]:
        """The values and their words."""
        return self._options

    def use(self, options: Sequence[tuple[str, str]], value: str, *, unavailable: str = "") -> None:
        """Other options, or the reason why there are none. Posts no message."""
        if (list(options), value, unavailable) == (self._options, self.value, self._unavailable):
            return
        self._options, self._unavailable = list(options), unavailable
        self.disabled = bool(unavailable)
        self.set_reactive(Choice.value, value)
        self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """Label, arrows around the words."""
        if self._unavailable:
            return [
                justified(
                    [Run(self.label, "faint")], [Run(clipped(self._unavailable, width - 8) + " ", "faint")], width
                )
            ]
        before, after = ("‹", "›") if self.has_focus else (" ", " ")
        words = clipped(self._words(), width - cell_len(self.label) - 3)
        look = "accent" if self.has_focus else "strong"
        value = [Run(before, look, "before"), Run(words, look, "next"), Run(after, look, "next")]
        return [justified([Run(self.label, "strong" if self.has_focus else "muted")], value, width)]

    def clicked(self, target: str, event: events.Click) -> None:
        """A click turns it; on the left arrow backwards."""
        self.action_turn(-1 if target == "before" else 1)

    def action_turn(self, by: int) -> None:
        """The next option, or the one before; round and round."""
        values = [value for value, _ in self._options]
        if values:
            at = values.index(self.value) if self.value in values else -by if by > 0 else 0
            self.value = values[(at + by) % len(values)]

    def watch_value(self, value: str) -> None:
        """Tell the screen about another option."""
        self.post_message(self.Changed(self, value))

    def _words(self) -> str:
        return next((words for value, words in self._options if value == self.value), self.value)
