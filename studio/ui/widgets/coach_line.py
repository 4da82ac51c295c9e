"""One row of the coach: the weightiest advice on the present choices, and what one key does about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message

from studio.ui.widgets.run_line import Run, RunLine, clipped, width_of

if TYPE_CHECKING:
    from studio.workflows.coach.advice import Advice

LOOKS = {1: "muted", 2: "warn", 3: "bad"}
"""Look of a row by the weight of its advice."""


class CoachLine(RunLine):
    """Empty while there is nothing to say. A click applies what it offers, or asks for everything there is to say."""

    DEFAULT_CSS = "CoachLine { height: 1; width: 1fr; }"

    class Pressed(Message):
        """The row was clicked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._advice: Sequence[Advice] = ()

    def use(self, advice: Sequence[Advice]) -> None:
        """Say the first of these."""
        if list(advice) != list(self._advice):
            self._advice = advice
            self.tooltip = advice[0].sentence if advice else None
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """The sentence as far as there is room, then the key."""
        if not self._advice:
            return [[]]
        first = self._advice[0]
        key = [Run(" F3", "key"), Run(f" {first.fix_words if first.fix else 'more'}", "strong")]
        if width_of(key) > width // 2:
            key = [Run(" F3", "key"), Run(" mend" if first.fix else " more", "strong")]
        return [[Run(clipped(first.said, width - width_of(key)), LOOKS[int(first.severity)]), *key]]

    def on_click(self, event: events.Click) -> None:
        """As good as the key."""
        event.stop()
        self.post_message(self.Pressed())
