"""The size of a picture: one of the model's own names, or typed as `900x1200`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.message import Message

from studio.ui.widgets.choice import Choice
from studio.ui.widgets.run_line import Run, justified

LONGEST = 11
"""Characters of the longest size, `14142x14142`."""


class SizeChoice(Choice):
    """A Choice that can be typed into: a digit opens typing, enter posts `Typed`, escape forgets it."""

    class Typed(Message):
        """A size was typed; whether the model takes it is for somebody else to say."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, **options)
        self._typed: str | None = None

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """What is being typed, else the choice."""
        if self._typed is None:
            return super().rows(width)
        return [justified([Run(self.label, "strong")], [Run(self._typed, "accent"), Run(" ", "chosen")], width)]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits open typing, and while typing is open every character belongs to it."""
        return character is not None and (character.isdigit() or (self._typed is not None and character.isprintable()))

    def on_key(self, event: events.Key) -> None:
        """Digits, and one x between them."""
        character = event.character or ""
        if self._typed is None and not character.isdigit():
            return
        text = self._typed or ""
        match event.key:
            case "enter":
                self._typed = None
                self.post_message(self.Typed(text))
            case "escape":
                self._typed = None
            case "backspace":
                self._typed = text[:-1] or None
            case "tab" | "shift+tab":
                return
            case _ if character.isdigit() or (character in {"x", "*", "×"} and "x" not in text):
                self._typed = (text + ("x" if not character.isdigit() else character))[:LONGEST]
            case _ if not character.isprintable():
                return
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_blur(self) -> None:
        """A size left open is forgotten."""
        self._typed = None
        self.refresh()
