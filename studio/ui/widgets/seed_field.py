"""The seed in one row: new, next, one number or a list; and whether the current pose keeps one of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from studio.ui.widgets.choice import Choice
from studio.ui.widgets.run_line import Run, clipped, justified

LONGEST = 200
"""Characters of a list of seeds."""

LOCK = "◆"
"""Marks a pose that keeps a seed of its own."""


class SeedField(Choice):
    """A Choice that can be typed into: digits and commas open typing, enter posts `Typed`, escape forgets it.

    Backspace goes back to new seeds. With `locked` it says that the current pose keeps that seed whatever is chosen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "forget", "New seeds", show=False, id="seed.new"),
    ]

    class Typed(Message):
        """Seeds were typed; whether they are any is for somebody else to say."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, label: str, *, utf8: bool = True, **options: Any) -> None:
        super().__init__(label, **options)
        self._typed: str | None = None
        self._lock = LOCK if utf8 else "="
        self._locked: int | None = None

    def keep_locked(self, seed: int | None) -> None:
        """The seed of the current pose's own, None where it has none."""
        if seed != self._locked:
            self._locked = seed
            self.refresh()

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """What is being typed, else the pose's lock, else the choice."""
        if self._typed is not None:
            room = max(4, width - cell_len(self.label) - 2)
            typed = [Run(self._typed[-room:], "accent"), Run(" ", "chosen")]
            return [justified([Run(self.label, "strong")], typed, width)]
        if self._locked is None or self.has_focus or self.disabled:
            return super().rows(width)
        words = clipped(f"{self._lock} {self._locked}", width - cell_len(self.label) - 2)
        return [justified([Run(self.label, "muted")], [Run(words, "accent", "next"), Run(" ")], width)]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits open typing, and while typing is open every character belongs to it."""
        return character is not None and (character.isdigit() or (self._typed is not None and character.isprintable()))

    def action_forget(self) -> None:
        """New seeds from now on."""
        self.value = "new"

    def on_key(self, event: events.Key) -> None:
        """Digits, and commas between them."""
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
            case _ if character.isdigit() or character in {",", " "}:
                self._typed = (text + character)[:LONGEST]
            case _ if not character.isprintable():
                return
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_blur(self) -> None:
        """What was left open is forgotten."""
        self._typed = None
        self.refresh()
