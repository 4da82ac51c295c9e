"""What ctrl+g would do and what it would cost, and the button for hands that hold a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.message import Message

from studio.ui.session import Offer
from studio.ui.widgets.run_line import Run, RunLine, clipped, justified

BUTTON = " ▶ Generate "


class OfferLine(RunLine):
    """`6 poses × 1 = 6   ~ $0.30   ▶ Generate`; what is in the way is said instead of a price."""

    DEFAULT_CSS = """
    OfferLine { height: 2; width: 1fr; }
    """

    class Pressed(Message):
        """The button was clicked."""

    def __init__(self, offer: Offer, **options: Any) -> None:
        super().__init__(**options)
        self._offer = offer

    @property
    def offer(self) -> Offer:
        """What is shown."""
        return self._offer

    def use(self, offer: Offer) -> None:
        """Another offer."""
        if offer != self._offer:
            self._offer = offer
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """The sum, then the button; or what is in the way over both rows."""
        offer = self._offer
        if offer.trouble:
            lines = wrap(offer.trouble, max(10, width))
            shown = [*lines[:1], clipped(" ".join(lines[1:]), width)]
            return [[Run(line, "warn")] for line in shown]
        price = Run(offer.price(), "strong" if offer.total is not None else "warn")
        button = [Run(BUTTON, "chosen", "generate")]
        hint = [Run("ctrl+g", "muted")] if width > cell_len(BUTTON) + 8 else []
        return [justified([Run(offer.words())], [price], width), justified(hint, button, width)]

    def clicked(self, target: str, event: events.Click) -> None:
        """The button was pressed."""
        self.post_message(self.Pressed())
