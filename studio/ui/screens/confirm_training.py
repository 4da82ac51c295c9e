"""The question before a training: what is trained on what, how long, for how much, and what the doctor fears."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from studio.domain import money
from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words
from studio.workflows.doctor import Remark
from studio.workflows.lora_trainers import TrainingWish
from studio.workflows.plan import Plan

MOST = 4
"""Weak points that are named."""


class ConfirmTrainingScreen(Dialog[bool]):
    """True when the artist says yes. Asked before every training: it is the dearest press of a key there is."""

    title_text = "Train a LoRA"
    hint = "y sends it · esc or n does not"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Train"),
        Binding("n,escape", "answer(False)", "Do not"),
    ]

    def __init__(self, wish: TrainingWish, plan: Plan, pictures: int, weak: Sequence[Remark], *, sandbox: bool) -> None:
        super().__init__()
        self._wish = wish
        self._plan = plan
        self._pictures = pictures
        self._weak = weak
        self._sandbox = sandbox

    def body(self) -> Iterable[Widget]:
        """The training, its price, the weak points."""
        wish, price = self._wish, self._plan.jobs[0].estimate
        yield words(
            plain(f"{wish.trainer.title}: {wish.steps} steps on {self._pictures} pictures, word {wish.trigger}.")
        )
        if self._sandbox:
            yield words(f"The sandbox trains it: nothing is charged. With a key it would cost {money.shown(price)}.")
        else:
            yield words("Its price is unknown." if price is None else f"It costs about {money.shown(price)}.")
        minutes = round(wish.trainer.speed_s / 60) if wish.trainer.speed_s else 15
        yield words(
            f"It takes about {minutes} minutes. The studio may be closed meanwhile: the next start picks it up.",
            muted=True,
        )
        for remark in self._weak[:MOST]:
            yield words(plain(f"! {remark.text}"), muted=True)
        if len(self._weak) > MOST:
            yield words(f"and {len(self._weak) - MOST} more weak points", muted=True)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)
