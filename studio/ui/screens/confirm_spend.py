"""The one question before real money leaves."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from studio.domain import money
from studio.ui.screens.dialog import Dialog, words


class ConfirmSpendScreen(Dialog[bool]):
    """Shows what a plan costs; True when the artist says yes. Never shown in the sandbox."""

    title_text = "This costs money"
    hint = "enter or y sends it · esc or n does not"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "Send"),
        Binding("n,escape", "answer(False)", "Do not send"),
    ]

    def __init__(self, pictures: int, model: str, estimate: Decimal, unknown: int = 0) -> None:
        super().__init__()
        self._pictures = pictures
        self._model = model
        self._estimate = estimate
        self._unknown = unknown

    def body(self) -> Iterable[Widget]:
        """Count, model and price."""
        noun = "picture" if self._pictures == 1 else "pictures"
        yield words(f"{self._pictures} {noun} with {self._model}: about {money.shown(self._estimate)}.")
        if self._unknown:
            yield words(f"The price of {self._unknown} of them is unknown and comes on top.", muted=True)
        yield words("Asked once in a session; the estimate stays in view.", muted=True)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)
