"""The rows of the pack screen: each view, whether it is drawn with the next press, and what is picked of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.domain import money
from studio.domain.model import Model
from studio.domain.pack import PackView
from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.widgets.run_line import Run, clipped, justified
from studio.workflows.plan import Plan

SAY = 400
"""Characters of a sentence that are shown."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One view of the pack."""

    view: PackView
    wanted: bool
    """Drawn with the next press."""
    takes: int
    going: bool = False
    """Something of it is on its way."""
    picked: Take | None = None
    newest: Take | None = None

    @property
    def shown(self) -> Take | None:
        """The take that stands for it."""
        return self.picked or self.newest

    def state(self) -> tuple[str, str]:
        """How far it is, and its look."""
        if self.going:
            return "▶ on its way", "accent"
        if self.picked is not None:
            return f"✓ {self.picked.id}", "good"
        if self.takes:
            return f"{self.takes} to decide" if self.takes > 1 else "1 to decide", "warn"
        return "not drawn", "muted"


def heading(width: int) -> list[Run]:
    """Over the rows."""
    return justified([Run("    view", "muted")], [Run("picked take", "muted")], width)


def view_line(row: ViewRow, width: int) -> list[Run]:
    """One row."""
    words, look = row.state()
    tick = Run("[x] " if row.wanted else "[ ] ", "accent" if row.wanted else "muted")
    said = clipped(words, max(8, width - 24))
    return justified([tick, Run(clipped(plain(row.view.name), 20))], [Run(f" {said}", look)], width)


def price_line(plan: Plan | None, trouble: str, model: Model) -> str:
    """What the next press draws, with what, and for how much; or why it cannot."""
    if trouble:
        return plain(trouble, limit=SAY)
    if plan is None or not plan.jobs:
        return f"{model.title}. Nothing is ticked: space ticks a view."
    number = len(plan.jobs)
    noun = "picture" if number == 1 else "pictures"
    unknown = plan.unknown == number
    price = "price unknown" if unknown else f"~ {money.shown(plan.estimate)}"
    notes = f" {' '.join(plan.notes)}" if plan.notes else ""
    return plain(f"{model.title}: {number} {noun}, {price}.{notes}", limit=SAY)


def standing(rows: Sequence[ViewRow], written: bool) -> str:
    """How far the pack is, a sentence."""
    picked = sum(row.picked is not None for row in rows)
    waiting = sum(row.picked is None and row.takes > 0 for row in rows)
    if not any(row.takes for row in rows):
        return "Nothing is drawn yet. Draw the views, pick one take of each, then write the pack."
    parts = [f"{picked} of {len(rows)} views are picked"]
    parts += [f"{waiting} wait for a decision (enter goes there)"] if waiting else []
    end = "pack/ is written: its pictures are references." if written else "w writes them into pack/."
    return f"{', '.join(parts)}. {end if picked else ''}".strip()
