"""LoRA weights that a training brought home, and what a training was given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FOLDER = "loras"
"""Where a project keeps weights, each with a record of the same name that ends in `.json`."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Training:
    """What a training was given besides its arguments: the words it makes its own, and the pictures."""

    trigger: str
    family: str
    """The family of the endpoints that load the weights: flux1 or flux2."""
    dataset: str
    """SHA-256 of the archive that was sent, in hex."""
    pictures: int
    steps: int

    def pairs(self) -> Pairs:
        """As a Job's provenance keeps it."""
        numbers = (("pictures", str(self.pictures)), ("steps", str(self.steps)))
        return (("trigger", self.trigger), ("family", self.family), ("dataset", self.dataset), *numbers)


def training_of(pairs: Pairs) -> Training:
    """The Training of a Job's provenance; what is missing there is empty or 0."""
    kept = dict(pairs)

    def number(name: str) -> int:
        text = kept.get(name, "")
        return int(text) if text.isascii() and text.isdigit() else 0

    return Training(
        kept.get("trigger", ""), kept.get("family", ""), kept.get("dataset", ""), number("pictures"), number("steps")
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """A verified safetensors file in the project, with all that is known of its making. Money is USD."""

    path: str
    """Relative to the project: `loras/glchgrl-001.safetensors`."""
    job: str
    sha256: str
    size: int
    """Bytes."""
    tensors: int
    trainer: str
    """The endpoint that made it."""
    training: Training
    created: float
    """Seconds since the epoch."""
    request_id: str = ""
    character: str = ""
    price: Decimal | None = None
    """Billed where fal said so, else estimated; None when unknown."""
    sandbox: bool = False

    @property
    def id(self) -> str:
        """What the journal keeps of it: its path."""
        return self.path
