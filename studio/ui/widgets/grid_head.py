"""The first row of a grid: whose takes, in which order, how many, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.message import Message

from studio.ui.widgets.run_line import Run, RunLine, clipped, justified, width_of


@dataclass(frozen=True, slots=True)
class GridStanding:
    """Everything the row says."""

    title: str
    scope: str
    order: str
    place: int = 0
    """Number of the take under the cursor, from 1; 0 when there is none."""
    shown: int = 0
    total: int = 0
    fresh: int = 0
    waiting: int = 0
    misfits: int = 0
    marked: int = 0
    trouble: str = ""


class GridHead(RunLine):
    """`Takes · this pose: running (w) · newest first (z) · 12 of 34 · 3 new`. A click on a part is its key."""

    DEFAULT_CSS = "GridHead { height: 1; padding: 0 1; background: $panel; }"

    class Pressed(Message):
        """A part was clicked; `verb` is what its key does."""

        def __init__(self, verb: str) -> None:
            super().__init__()
            self.verb = verb

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.standing = GridStanding("", "", "")

    def use(self, standing: GridStanding) -> None:
        """Say something else."""
        if standing != self.standing:
            self.standing = standing
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """One row; the counts stay when there is little room."""
        now = self.standing
        right = self._counts()
        left = [Run(now.title, "strong")]
        if now.scope:
            free = width - width_of([*left, *right]) - len(now.order) - 14
            left += [Run("  "), Run("w ", "key", "scope"), Run(clipped(now.scope, max(8, free)), "", "scope")]
        if now.order:
            left += [Run("  "), Run("z " if now.scope else "", "key", "order"), Run(now.order, "", "order")]
        if now.trouble:
            left += [Run("  "), Run(now.trouble, "warn")]
        return [justified(left, right, width)]

    def clicked(self, target: str, event: events.Click) -> None:
        """As good as the key."""
        self.post_message(self.Pressed(target))

    def _counts(self) -> list[Run]:
        now = self.standing
        runs = [Run(f" ◆ {now.marked} marked ", "accent")] if now.marked else []
        if now.misfits:
            runs.append(Run(f" {now.misfits} no longer fit: . ", "warn", "tidy"))
        if now.fresh:
            here = f", {now.waiting} here: ." if now.waiting else ""
            runs.append(Run(f" {now.fresh} new{here} ", "accent", "tidy" if now.waiting else "newest"))
        of = f" of {now.total}" if now.total != now.shown else ""
        runs.append(Run(f" {now.place}/{now.shown}{of}", "muted"))
        return runs
