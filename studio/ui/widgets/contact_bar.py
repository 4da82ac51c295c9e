"""The bar of what is left: a piece for every pose, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studio.domain.text import plain
from studio.ui.state.contact import Left
from studio.ui.widgets.run_line import Run, RunLine, clipped, justified, width_of

SHARE = 4
"""The bar takes at most one in so many cells of the line, or one for every pose."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the flow is."""

    pose: str
    number: int
    marks: tuple[str, ...]
    """A look for every pose: `good` with a pick, `muted` gone past without one, `faint` to come, `accent` now."""
    left: Left
    told: str = ""
    """What the last key did."""


class ContactBar(RunLine):
    """`running · pose 2 of 6  ████▒▒░░  4 poses left · 11 takes · 2 picked`."""

    DEFAULT_CSS = "ContactBar { height: 1; background: $panel; color: $text; padding: 0 1; }"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._stand: Stand | None = None

    def use(self, stand: Stand) -> None:
        """Another pose, or fewer takes left."""
        if stand != self._stand:
            self._stand = stand
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """The pose, the bar, the counts; the words give way first."""
        stand = self._stand
        if stand is None:
            return []
        left = stand.left
        counts = [Run(counts_of(left), "muted")]
        head = [Run(clipped(plain(stand.pose), 32), "strong"), Run(f" · pose {stand.number} of {left.poses}  ")]
        room = max(4, min(width // SHARE, width - width_of(head) - width_of(counts) - 2))
        return [justified([*head, *pieces(stand.marks, room), Run("  "), Run(stand.told, "muted")], counts, width)]


def counts_of(left: Left) -> str:
    """`4 poses left · 11 takes · 2 picked`."""
    poses = left.poses - left.done
    if not poses:
        return f"nothing left · {left.picked} of {left.poses} picked"
    noun = "pose" if poses == 1 else "poses"
    return f"{poses} {noun} left · {left.takes} {'take' if left.takes == 1 else 'takes'} · {left.picked} picked"


def pieces(marks: Sequence[str], room: int) -> list[Run]:
    """One cell for each pose; more poses than cells share them, and the weightiest of those that share one is seen."""
    order = ("accent", "faint", "muted", "good")
    cells = min(room, len(marks))
    runs = []
    for cell in range(cells):
        shared = marks[cell * len(marks) // cells : (cell + 1) * len(marks) // cells]
        look = min(shared, key=order.index)
        runs.append(Run("░" if look == "faint" else "▒" if look == "muted" else "█", look))
    return runs
