"""One row of facts, the weightiest first; what does not fit is left out from the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events

from studio.ui.widgets.run_line import Run, RunLine, justified, width_of

BETWEEN = Run(" · ", "muted")


class FactsLine(RunLine):
    """Facts on the left, something that always stays on the right. A click on a fact with a target is that key."""

    DEFAULT_CSS = """
    FactsLine { height: 1; width: 100%; background: $panel; color: $text; padding: 0 1; }
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._facts: Sequence[Run] = ()
        self._right: Sequence[Run] = ()

    def use(self, facts: Sequence[Run], right: Sequence[Run] = ()) -> None:
        """Other facts; empty ones are left out."""
        facts = [fact for fact in facts if fact.text]
        if (facts, right) != (self._facts, self._right):
            self._facts, self._right = facts, right
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """As many whole facts as there is room for, at least the first."""
        room, kept = width - width_of(self._right) - 1, list[Run]()
        for fact in self._facts:
            more = [BETWEEN, fact] if kept else [fact]
            if kept and width_of([*kept, *more]) > room:
                break
            kept += more
        return [justified(kept, self._right, width)]

    def clicked(self, target: str, event: events.Click) -> None:
        """A click is the key."""
        self.app.simulate_key(target)
