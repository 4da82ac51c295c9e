"""The take under the cursor of a grid, large, beside the grid of a very wide terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical

from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.widgets.run_line import Run, RunLine, clipped
from studio.ui.widgets.take_badges import VERDICTS, price_words


class TakeFacts(RunLine):
    """Two rows about a take: what it is, and the words it was made from."""

    DEFAULT_CSS = "TakeFacts { height: 3; padding: 0 1; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._take: Take | None = None

    def use(self, take: Take | None) -> None:
        """Another take."""
        if take != self._take:
            self._take = take
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """As much as there is room for."""
        take = self._take
        if take is None:
            return []
        seed = "" if take.seed is None else f"seed {take.seed}"
        facts = [seed, f"{take.width}×{take.height}", take.endpoint, price_words(take), "draft" if take.draft else ""]
        words = "  ".join(fact for fact in facts if fact)
        name = [*([VERDICTS[take.verdict]] if take.verdict in VERDICTS else []), Run(plain(take.id), "strong")]
        stars = [Run("  " + "★" * take.stars, "warn")] if take.stars else []
        black = [Run("  blacked out by fal's safety checker", "bad")] if take.flagged else []
        return [
            [*name, *stars, *black],
            [Run(clipped(words, width))],
            [Run(clipped(plain(take.prompt), width), "muted")],
        ]


class GridPreview(Vertical):
    """The picture follows `show`; the one before stays until the next is complete."""

    DEFAULT_CSS = "GridPreview { width: 45%; height: 1fr; display: none; }"

    def __init__(self, darkroom: Darkroom, **options: Any) -> None:
        super().__init__(**options)
        self._picture = PictureView(darkroom, empty="")
        self._facts = TakeFacts()

    def compose(self) -> ComposeResult:
        """Picture and facts."""
        yield self._picture
        yield self._facts

    def show(self, take: Take | None, source: PictureSource | None) -> None:
        """Another take, or none. Nothing is prepared while there is no room for it."""
        if not self.display:
            return
        self._facts.use(take)
        if self._picture.source != source:
            self._picture.show(source)
