"""The life of a Request: a pure state machine over one table of legal moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from studio.domain.request import Json, Request


class JobState(StrEnum):
    """Where a Job stands. `unknown` means: it left, no answer came, it may be paid."""

    WRITTEN = "written"
    PAUSED = "paused"
    SENT = "sent"
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    STORED = "stored"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


_S = JobState
MOVES: dict[JobState, frozenset[JobState]] = {
    _S.WRITTEN: frozenset({_S.SENT, _S.PAUSED, _S.CANCELLED, _S.FAILED}),
    _S.PAUSED: frozenset({_S.WRITTEN, _S.CANCELLED}),
    # Never back to written: a window that had not heard of the sending yet would make it leave a second time.
    _S.SENT: frozenset({_S.QUEUED, _S.FAILED, _S.UNKNOWN}),
    _S.QUEUED: frozenset({_S.RUNNING, _S.COMPLETED, _S.FAILED, _S.CANCELLED, _S.UNKNOWN}),
    # fal re-queues a job whose runner died, so running may become queued again.
    _S.RUNNING: frozenset({_S.QUEUED, _S.COMPLETED, _S.FAILED, _S.CANCELLED, _S.UNKNOWN}),
    _S.COMPLETED: frozenset({_S.STORED, _S.FAILED}),
    _S.UNKNOWN: frozenset({_S.QUEUED, _S.RUNNING, _S.COMPLETED, _S.FAILED}),
    _S.STORED: frozenset(),
    _S.FAILED: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""Every legal move. Nothing else ever happens to a Job."""

ENDED = frozenset({JobState.STORED, JobState.FAILED, JobState.CANCELLED})
AT_FAL = frozenset({JobState.QUEUED, JobState.RUNNING})
WAITING = frozenset({JobState.WRITTEN, JobState.PAUSED})


class IllegalMove(RuntimeError):
    """The program tried to move a Job against the table: a mistake of ours, never an artist's."""


@dataclass(frozen=True, slots=True)
class Handle:
    """How fal knows a job: its id and the three addresses of fal's own answer, used as given."""

    request_id: str
    status_url: str
    response_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed: the error's kind, what happened, what to do, and what is known about money."""

    kind: str
    message: str
    remedy: str = ""
    charged: str = ""
    field: str = ""
    """The argument fal would not take, dotted; empty when it named none."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the artist had chosen when a Request was made; it goes into the picture beside the arguments."""

    character: str
    pose: str
    pose_text: str = ""
    template: str = ""
    style: str = ""
    draft: bool = False
    parent: str = ""
    """Take id this one was edited from; empty for a new picture."""
    references: tuple[tuple[str, str], ...] = ()
    """Pairs of project-relative path and SHA-256 of each reference that was sent."""
    notes: tuple[str, ...] = ()
    """What the studio adjusted and said so, such as a size turned into the nearest aspect ratio."""
    cell: str = ""
    """Its place in a sweep, such as `guidance 5.5, pose running`; empty for any other picture."""
    loras: tuple[tuple[str, str], ...] = ()
    """Pairs of path, as the project names it, and SHA-256 (empty: unknown) of each LoRA, in the arguments' order."""
    training: tuple[tuple[str, str], ...] = ()
    """What a training was given, name by name (`domain.lora.Training`); empty for a picture."""


@dataclass(frozen=True, slots=True)
class Job:
    """One Request on its way from the journal to the disk. Times are seconds since the epoch, money is USD."""

    id: str
    request: Request
    provenance: Provenance
    created: float
    state: JobState = JobState.WRITTEN
    moved: float = 0.0
    """When it came into this state."""
    session: str = ""
    sandbox: bool = False
    estimate: Decimal | None = None
    unit_price: Decimal | None = None
    """Price of one billing unit that the estimate rests on; None when the catalogue knows none."""
    handle: Handle | None = None
    position: int | None = None
    """Place in fal's queue, 0 is next; None when fal does not say."""
    result: str | None = None
    """fal's result as JSON text, kept from the moment it was seen."""
    units: Decimal | None = None
    """x-fal-billable-units of the result."""
    billed: Decimal | None = None
    failure: Failure | None = None
    take: str = ""
    """Take id, set when stored; for what is no take, its path in the project."""

    @property
    def pose(self) -> str:
        """The pose's name."""
        return self.provenance.pose

    @property
    def trains(self) -> bool:
        """True when it makes LoRA weights and no picture."""
        return bool(self.provenance.training)

    @property
    def request_id(self) -> str:
        """fal's request id, or an empty text before there is one."""
        return self.handle.request_id if self.handle else ""

    @property
    def ended(self) -> bool:
        """True when nothing more will happen to it by itself."""
        return self.state in ENDED

    def move(self, to: JobState, at: float, **changes: Any) -> Job:
        """The Job in state `to`, with `changes` to its other fields. Raises IllegalMove against the table."""
        if to not in MOVES[self.state]:
            raise IllegalMove(f"job {self.id} cannot go from {self.state} to {to}")
        return replace(self, state=to, moved=at, **changes)


def result_pictures(result: Json) -> list[dict[str, Json]]:
    """The picture files of a result: entries of `images`, or the single `image`, each with at least `url`.

    Raises ValueError when the result is not an object, or names no picture.
    """
    if not isinstance(result, dict):
        raise ValueError("the result is not an object")
    listed = result.get("images")
    candidates = listed if isinstance(listed, list) else [result.get("image")]
    found = [entry for entry in candidates if isinstance(entry, dict) and isinstance(entry.get("url"), str)]
    if not found:
        raise ValueError("the result names no picture")
    return found


class ResultKind(StrEnum):
    """What a result brings home."""

    PICTURE = "picture"
    WEIGHTS = "weights"


@dataclass(frozen=True, slots=True)
class ResultFile:
    """The one file of a result that is brought to disk, and where fal keeps it."""

    kind: ResultKind
    url: str


def result_file(result: Json) -> ResultFile:
    """The file of a result: trained weights (`diffusers_lora_file`), else its first picture.

    Raises ValueError when the result names neither.
    """
    weights = result.get("diffusers_lora_file") if isinstance(result, dict) else None
    if isinstance(weights, dict) and isinstance(url := weights.get("url"), str):
        return ResultFile(ResultKind.WEIGHTS, url)
    return ResultFile(ResultKind.PICTURE, str(result_pictures(result)[0]["url"]))


def names_file(result: Json) -> bool:
    """True when a result names a file that can be brought home."""
    try:
        return bool(result_file(result).url)
    except ValueError:
        return False


def result_flagged(result: Json) -> bool:
    """True when fal's safety checker says the picture was blacked out."""
    flags = result.get("has_nsfw_concepts") if isinstance(result, dict) else None
    return isinstance(flags, list) and any(flag is True for flag in flags)
