"""One picture (or clip) a Job returned, and what the artist thinks of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What the artist decided."""

    UNDECIDED = "undecided"
    PICKED = "picked"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Take:
    """A picture on disk. Paths are relative to the project; sizes in pixels; money in USD."""

    id: str
    """`<pose>-003`, unique in the project."""
    job: str
    pose: str
    path: str
    width: int
    height: int
    created: float
    endpoint: str
    seed: int | None
    request_id: str
    prompt: str = ""
    arguments: str = "{}"
    """The exact arguments as canonical JSON text."""
    estimate: Decimal | None = None
    billed: Decimal | None = None
    sandbox: bool = False
    draft: bool = False
    flagged: bool = False
    """fal's safety checker blacked it out."""
    parent: str = ""
    verdict: Verdict = Verdict.UNDECIDED
    stars: int = 0
    pick: str = ""
    """Path of the picked copy, empty when not picked."""
    trashed: bool = False
