"""What the coach says about words while they are written: a few rows under an editor, and the key that mends them."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from textual import events
from textual.geometry import Size
from textual.message import Message

from studio.ui.widgets.coach_line import LOOKS
from studio.ui.widgets.run_line import Run, RunLine, clipped

if TYPE_CHECKING:
    from studio.workflows.coach.advice import Advice

ROWS = 2
"""Rows that one piece of advice may take."""


class CoachNotes(RunLine):
    """No higher than what there is to say: the weightiest advice whole, the next one if there is room.

    Posts `Pressed` when it is clicked. `mendable` is what the key does now.
    """

    DEFAULT_CSS = "CoachNotes { height: auto; width: 1fr; }"

    class Pressed(Message):
        """The row was clicked."""

    def __init__(self, most: int = 4, **options: Any) -> None:
        super().__init__(**options)
        self._most = most
        self._advice: Sequence[Advice] = ()

    @property
    def mendable(self) -> Advice | None:
        """The weightiest advice in view that one key can act on."""
        return next((entry for entry in self._in_view(self.size.width) if entry.fix is not None), None)

    def use(self, advice: Sequence[Advice]) -> None:
        """Say these."""
        if list(advice) != list(self._advice):
            before = len(self.rows(self.size.width))
            self._advice = advice
            self.refresh(layout=before != len(self.rows(self.size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as it has words for."""
        return len(self.rows(width))

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """Each advice in its look, the key behind the one it mends."""
        rows: list[list[Run]] = []
        shown = self._in_view(width)
        mendable = next((entry for entry in shown if entry.fix is not None), None)
        for entry in shown:
            look = LOOKS.get(int(entry.severity), "muted")
            rows += [[Run(line, look)] for line in _lines(entry, width)]
            key = f"F3 {entry.fix_words}" if entry is mendable else ""
            if key and len(rows[-1][0].text) + len(key) + 2 <= width:
                rows[-1].append(Run(f"  {key}", "key"))
            elif key:
                rows.append([Run(clipped(key, width), "key")])
        return rows

    def _in_view(self, width: int) -> list[Advice]:
        """What there is room for: the weightiest first, and of two that weigh the same the one a key can mend."""
        room = self._most
        shown: list[Advice] = []
        for entry in sorted(self._advice, key=lambda entry: (-entry.severity, entry.fix is None)):
            # Only the first that can be mended has its key behind it, for which a row is kept.
            first = entry.fix is not None and not any(one.fix for one in shown)
            needed = len(_lines(entry, width)) + (1 if first else 0)
            if shown and needed > room:
                break
            shown.append(entry)
            room -= needed
        return shown

    def on_click(self, event: events.Click) -> None:
        """As good as the key."""
        event.stop()
        self.post_message(self.Pressed())


def _lines(advice: Advice, width: int) -> list[str]:
    """The sentence in at most so many rows, the last one cut where it is longer."""
    width = max(12, width)
    lines = wrap(advice.said, width) or [""]
    if len(lines) <= ROWS:
        return lines
    return [*lines[: ROWS - 1], f"{lines[ROWS - 1][: width - 2].rstrip()} …"]
