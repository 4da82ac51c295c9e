"""The character: the words, colours and proportions that every call repeats."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.domain.skeleton import Proportions


@dataclass(frozen=True, slots=True)
class PaletteColour:
    """A named colour tied to the object that wears it: models ignore a hex value that hangs in the air."""

    name: str
    hex: str
    """`#RRGGBB`."""
    on: str
    """What has this colour: "circuit lines", "hair"."""

    def phrase(self) -> str:
        """The words for the prompt: `hot pink #FF1493 circuit lines`."""
        return f"{self.name} {self.hex} {self.on}".strip()


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference picture of the character, path relative to the project."""

    path: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Lora:
    """LoRA weights of the character."""

    path: str
    trigger: str = ""
    scale: float = 1.0
    family: str = ""


@dataclass(frozen=True, slots=True)
class Character:
    """Who is drawn. Everything here is repeated in every call: the model has no memory."""

    name: str
    description: str
    palette: tuple[PaletteColour, ...] = ()
    proportions: Proportions = field(default_factory=Proportions)
    style: str = ""
    """Name of a style preset, or a style sentence of the artist's own."""
    setting: str = ""
    """Background and framing, the last words of the prompt."""
    negative: str = ""
    """Unwanted things; sent only where a model takes a negative prompt."""
    template: str = ""
    """The artist's own prompt template; empty means the studio's."""
    references: tuple[Reference, ...] = ()
    loras: tuple[Lora, ...] = ()
