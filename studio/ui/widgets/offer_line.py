"""What ctrl+g would do and what it would cost, and the button for hands that hold a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.message import Message

from studio.domain import money
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
        hint = self._hint(width - cell_len(BUTTON) - 1)
        return [justified([Run(offer.words())], [price], width), justified(hint, button, width)]

    def _hint(self, room: int) -> list[Run]:
        """The key; or what the price does not hold, or that the budget does not allow it."""
        offer = self._offer
        if room < 7:
            return []
        if offer.left is not None and offer.too_dear:
            return [Run(clipped(f"{money.shown(offer.left.amount)} left of the {offer.left.name}", room), "bad")]
        if offer.unsure:
            return [Run(clipped(f"and: {offer.unsure[0]}", room), "warn")]
        return [Run("ctrl+g", "muted")]

    def clicked(self, target: str, event: events.Click) -> None:
        """The button was pressed."""
        self.post_message(self.Pressed())
