"""What the engine tells its front ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.job import Job
from studio.domain.take import Take
from studio.engine.ports import LogLine

if TYPE_CHECKING:
    from studio.domain.lora import Weights


@dataclass(frozen=True, slots=True)
class Planned:
    """Jobs were written to the journal; none has been sent yet."""

    jobs: Sequence[Job]


@dataclass(frozen=True, slots=True)
class Moved:
    """A job came into another state, or its queue position changed."""

    job: Job


@dataclass(frozen=True, slots=True)
class Logged:
    """fal logged lines for a job. May be dropped when a reader is slow."""

    job: Job
    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A take is on the disk with its recipe inside."""

    job: Job
    take: Take


@dataclass(frozen=True, slots=True)
class Brought:
    """What a job made is on the disk, verified, and is no take: trained weights."""

    job: Job
    weights: Weights


@dataclass(frozen=True, slots=True)
class Ended:
    """A job failed, was cancelled, or is unknown; the job says which and why."""

    job: Job


@dataclass(frozen=True, slots=True)
class Held:
    """A completed job's picture could not be brought to disk yet; it will be tried again. Nothing is lost."""

    job: Job
    why: str
    remedy: str
    aside: bool = False
    """True when it is tried again only when somebody asks for it, or at the next start."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A sentence about the engine itself, such as what rescue found."""

    text: str


Event = Planned | Moved | Logged | Stored | Brought | Ended | Held | Noticed

DROPPABLE = (Logged,)
"""Only progress may be lost; everything else is delivered."""
