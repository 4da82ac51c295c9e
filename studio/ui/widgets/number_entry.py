"""A number while it is being typed, shared by the slider and the number field. Knows no screen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum, auto

DIGITS = frozenset("0123456789")
LONGEST = 12
"""Characters that can be typed; fal's longest number, a 32-bit seed, has ten."""


class Pressed(Enum):
    """What a key did to the number."""

    IGNORED = auto()
    EDITED = auto()
    TAKEN = auto()
    """Enter: the number wants to be looked at and used."""
    DROPPED = auto()


@dataclass(slots=True)
class NumberEntry:
    """Text being typed, None while nothing is, and what is wrong with it."""

    whole: bool = False
    """Only digits, no decimals."""
    text: str | None = None
    complaint: str = ""

    @property
    def active(self) -> bool:
        """True while a number is being typed."""
        return self.text is not None

    def accepts(self, character: str | None) -> bool:
        """True for a character that belongs to a number; the comma counts as a decimal point."""
        return character is not None and (character in DIGITS or (not self.whole and character in {".", ","}))

    def keeps(self, character: str | None) -> bool:
        """True for a character that must not do anything else now."""
        return self.accepts(character) or (self.active and character is not None and character.isprintable())

    def press(self, key: str, character: str | None) -> Pressed:
        """A key went down. While typing, every printable character is kept from doing anything else."""
        if self.text is None:
            if not self.accepts(character):
                return Pressed.IGNORED
            self.text = ""
        match key:
            case "enter":
                return Pressed.TAKEN
            case "escape":
                self.drop()
                return Pressed.DROPPED
            case "tab" | "shift+tab":
                return Pressed.IGNORED
            case "backspace":
                self.text = self.text[:-1] or None
            case _ if character is not None and self.accepts(character) and len(self.text) < LONGEST:
                self.text += character.replace(",", ".")
            case _:
                return Pressed.EDITED if self.keeps(character) else Pressed.IGNORED
        self.complaint = ""
        return Pressed.EDITED

    def take(self, low: Decimal, high: Decimal, range_text: str) -> Decimal | None:
        """The number, and typing ends; or None, typing goes on and `complaint` says the range."""
        try:
            number = Decimal(self.text or "")
        except InvalidOperation:
            self.complaint = f"a number from {range_text}"
            return None
        if not low <= number <= high:
            self.complaint = f"{self.text} is not in {range_text}"
            return None
        self.drop()
        return number

    def drop(self) -> None:
        """Forget what was typed."""
        self.text, self.complaint = None, ""
