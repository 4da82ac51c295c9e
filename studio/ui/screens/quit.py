"""What to do with jobs that still run when the artist leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studio.ui.screens.dialog import Dialog, words

REFRESH = 0.25
"""Seconds between two looks at what is unfinished."""


class QuitChoice(StrEnum):
    """What the artist chose."""

    LEAVE = "leave"
    CANCEL = "cancel"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is not done: jobs that were sent, those that were not and cost nothing yet, and those that are finished and
    cannot be brought to disk for now.
    """

    sent: int
    waiting: int
    held: int = 0

    def words(self, place: str) -> str:
        """For the artist, `place` being where they were sent."""
        parts = [f"{self.sent} sent to {place}, {self.waiting} not sent yet."] if self.sent or self.waiting else []
        parts += [f"{self.held} done and safe there, but not on the disk yet."] if self.held else []
        return " ".join(parts) or "Everything has come to its end meanwhile."


class QuitScreen(Dialog[QuitChoice]):
    """Asked only while jobs run. What is unfinished is asked again and again, because it goes on meanwhile."""

    title_text = "Jobs are still running"
    hint = "enter chooses · esc stays"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "choose('leave')", "Leave running"),
        Binding("c", "choose('cancel')", "Cancel"),
        Binding("s,escape", "choose('stay')", "Stay"),
    ]
    DEFAULT_CSS: ClassVar[str] = "QuitScreen OptionList { height: auto; margin-top: 1; }"

    def __init__(self, unfinished: Callable[[], Unfinished], place: str = "fal") -> None:
        super().__init__()
        self._unfinished = unfinished
        self._place = place

    def body(self) -> Iterable[Widget]:
        """The count and the three ways."""
        yield words(self._unfinished().words(self._place), name="quit-count")
        yield OptionList(
            Option("l  Leave them running; they are collected at the next start", id=QuitChoice.LEAVE),
            Option("c  Cancel what is still queued, then leave", id=QuitChoice.CANCEL),
            Option("s  Stay", id=QuitChoice.STAY),
        )

    def on_mount(self) -> None:
        """The list has the focus, and the count is right while it is read."""
        self.query_one(OptionList).focus()
        self.set_interval(REFRESH, self._count)

    def _count(self) -> None:
        self.query_one("#quit-count", Static).update(self._unfinished().words(self._place))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A way was chosen in the list."""
        self.dismiss(QuitChoice(str(event.option.id)))

    def action_choose(self, choice: str) -> None:
        """A way was chosen by its letter."""
        self.dismiss(QuitChoice(choice))
