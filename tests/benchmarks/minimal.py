"""The floor: the least a Textual app with four widgets does."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, Header, Input, Label, ListItem, ListView


class Minimal(App[None]):
    """A header, a prompt, a list of thirty items and a footer."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """The four widgets."""
        yield Header()
        yield Input(placeholder="Prompt")
        yield ListView(*[ListItem(Label(f"Item number {number}")) for number in range(30)])
        yield Footer()


if __name__ == "__main__":
    Minimal().run()
