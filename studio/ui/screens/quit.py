"""What to do with jobs that still run when the artist leaves."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from studio.ui.screens.dialog import Dialog, words


class QuitChoice(StrEnum):
    """What the artist chose."""

    LEAVE = "leave"
    CANCEL = "cancel"
    STAY = "stay"


class QuitScreen(Dialog[QuitChoice]):
    """Asked only while jobs run. `at_fal` jobs were sent; `waiting` ones were not and cost nothing yet."""

    title_text = "Jobs are still running"
    hint = "enter chooses · esc stays"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "choose('leave')", "Leave running"),
        Binding("c", "choose('cancel')", "Cancel"),
        Binding("s,escape", "choose('stay')", "Stay"),
    ]
    DEFAULT_CSS: ClassVar[str] = "QuitScreen OptionList { height: auto; margin-top: 1; }"

    def __init__(self, at_fal: int, waiting: int) -> None:
        super().__init__()
        self._at_fal = at_fal
        self._waiting = waiting

    def body(self) -> Iterable[Widget]:
        """The count and the three ways."""
        yield words(f"{self._at_fal} sent to fal, {self._waiting} not sent yet.")
        yield OptionList(
            Option("l  Leave them running; they are collected at the next start", id=QuitChoice.LEAVE),
            Option("c  Cancel what is still queued, then leave", id=QuitChoice.CANCEL),
            Option("s  Stay", id=QuitChoice.STAY),
        )

    def on_mount(self) -> None:
        """The list has the focus."""
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A way was chosen in the list."""
        self.dismiss(QuitChoice(str(event.option.id)))

    def action_choose(self, choice: str) -> None:
        """A way was chosen by its letter."""
        self.dismiss(QuitChoice(choice))
