"""Choosing from a list that is filtered as you type, with a remark on the highlighted row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from studio.ui.screens.dialog import Dialog, words


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it gives, what it shows, what is said about it, and whether it can be chosen."""

    id: str
    label: str
    remark: str = ""
    disabled: bool = False


class ChooseScreen(Dialog[str]):
    """Gives the id of the chosen row. Typing filters over label and remark; arrows move; enter chooses."""

    hint = "type to filter · ↑ ↓ move · enter chooses · esc leaves it as it was"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", priority=True, show=False),
        Binding("up", "move(-1)", "Previous", priority=True, show=False),
        Binding("pagedown", "move(10)", "Down", priority=True, show=False),
        Binding("pageup", "move(-10)", "Up", priority=True, show=False),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    ChooseScreen {
        & > .dialog-panel { width: 100; height: 90%; }
        OptionList { height: 1fr; margin-top: 1; }
        #choose-remark { height: auto; min-height: 4; max-height: 9; color: $text-muted; margin-top: 1; }
    }
    """

    def __init__(self, title: str, choices: Sequence[Choice], current: str = "") -> None:
        super().__init__()
        self._heading = title
        self._choices = choices
        self._current = current

    def body(self) -> Iterable[Widget]:
        """Filter, rows, remark."""
        yield Input(placeholder="filter", id="choose-filter")
        yield OptionList(id="choose-rows")
        yield words("", muted=True, name="choose-remark")

    def on_mount(self) -> None:
        """All rows, the current one highlighted, the filter ready for typing."""
        self.query_one(".dialog-panel").border_title = self._heading
        self._fill("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer rows with every letter."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Enter in the filter chooses the highlighted row."""
        rows = self.query_one(OptionList)
        if rows.highlighted is not None:
            rows.action_select()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say more about the highlighted row."""
        remark = next((choice.remark for choice in self._choices if choice.id == event.option.id), "")
        self.query_one("#choose-remark", Static).update(remark)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer."""
        self.dismiss(event.option.id)

    def action_move(self, by: int) -> None:
        """Move the highlight without leaving the filter."""
        rows = self.query_one(OptionList)
        if rows.option_count:
            at = 0 if rows.highlighted is None else rows.highlighted + by
            rows.highlighted = max(0, min(rows.option_count - 1, at))

    def _fill(self, wanted: str) -> None:
        parts = wanted.casefold().split()
        rows = self.query_one(OptionList)
        rows.clear_options()
        fitting = [c for c in self._choices if all(part in f"{c.label} {c.id} {c.remark}".casefold() for part in parts)]
        rows.add_options([Option(Text(choice.label), id=choice.id, disabled=choice.disabled) for choice in fitting])
        at = next((number for number, choice in enumerate(fitting) if choice.id == self._current), 0)
        rows.highlighted = at if fitting else None
        if not fitting:
            self.query_one("#choose-remark", Static).update("Nothing fits these letters.")
