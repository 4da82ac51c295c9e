"""The character: the words, colours and proportions that every call repeats."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

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


ROLES = ("front", "three-quarter", "side", "back", "face", "outfit", "style", "pose")
"""What a reference picture shows; others that stand in a file are kept as they are."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference picture of the character, path relative to the project."""

    path: str
    role: str = ""
    """One of ROLES, or a word of the artist's own; empty when nobody said."""


@dataclass(frozen=True, slots=True)
class Lora:
    """LoRA weights of the character, and how they were made where the studio knows."""

    path: str
    """A file of the project, or an address."""
    trigger: str = ""
    scale: float = 1.0
    family: str = ""
    """The family of the models that load it, flux1 or flux2; empty when nobody said."""
    trainer: str = ""
    """The endpoint that trained it."""
    steps: int | None = None
    dataset: str = ""
    """SHA-256 of the archive it was trained on, in hex."""
    trained: str = ""
    """The day, `2026-11-21`."""
    price: Decimal | None = None
    """USD."""


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
