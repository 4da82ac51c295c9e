"""A failed job's card: what happened, what it cost, and what helps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from studio.domain.job import Job
from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words
from studio.ui.state.failure_card import KEYS, Card, card_of


class FailureScreen(Dialog[str]):
    """Gives the name of the remedy the artist chose, one of `Remedy`; nothing when it was only read."""

    hint = "the letter, or ↑ ↓ and enter, chooses · esc leaves it as it is"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"choose('{remedy}')", show=False, id=f"failure.{remedy}") for remedy, key in KEYS.items()),
        Binding("j", "move(1)", "Next", show=False, id="failure.next"),
        Binding("k", "move(-1)", "Previous", show=False, id="failure.previous"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    FailureScreen {
        & > .dialog-panel { width: 84; }
        #failure-told { height: auto; max-height: 50vh; }
        OptionList, OptionList:focus { height: auto; max-height: 8; margin-top: 1; border: none; padding: 0; }
    }
    """

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.card: Card = card_of(job)

    def body(self) -> Iterable[Widget]:
        """The sentences, then a line for each remedy."""
        card = self.card
        yield words(plain(card.about), muted=True)
        yield VerticalScroll(
            words(f"\n{plain(card.happened, lines=True)}", name="failure-happened"),
            words(plain(card.advice, lines=True), muted=True, name="failure-advice"),
            words(f"\n{plain(card.money)}", name="failure-money"),
            id="failure-told",
            can_focus=False,
        )
        yield OptionList(
            *(
                Option(Text.assemble((f" {offer.key} ", "bold"), f" {offer.words}"), offer.remedy)
                for offer in card.offers
            )
        )

    def on_mount(self) -> None:
        """The most helpful remedy is chosen by enter."""
        self.query_one(".dialog-panel").border_title = self.card.title
        rows = self.query_one(OptionList)
        rows.highlighted = 0
        rows.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer."""
        self.dismiss(event.option.id)

    def action_choose(self, remedy: str) -> None:
        """The answer, where the card offers it."""
        if any(offer.remedy == remedy for offer in self.card.offers):
            self.dismiss(remedy)

    def action_move(self, by: int) -> None:
        """Another remedy."""
        rows = self.query_one(OptionList)
        rows.action_cursor_down() if by > 0 else rows.action_cursor_up()
