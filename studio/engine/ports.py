"""What the engine needs from the world. Providers and the library implement these without knowing the engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from studio.domain.job import Handle, Job, JobState
from studio.domain.request import Json, Request
from studio.domain.spent import Spent
from studio.domain.take import Take, Verdict

if TYPE_CHECKING:
    from studio.domain.lora import Weights


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of fal's log, made harmless. `at` is fal's own timestamp text, possibly empty."""

    message: str
    level: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """The job waits at fal; `position` 0 is next, None when fal does not say."""

    position: int | None


@dataclass(frozen=True, slots=True)
class Running:
    """The job is being worked on; `lines` are the log lines not yielded before, possibly none."""

    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """fal finished: the whole result, and the billable units of its header where the answer had one."""

    result: dict[str, Json]
    units: Decimal | None
    lines: tuple[LogLine, ...] = ()
    seconds: float | None = None
    """Inference time fal reported."""


Progress = Queued | Running | Completed


class CancelAnswer(StrEnum):
    """What fal said to a cancel."""

    REMOVED = "removed"
    ASKED = "asked"
    TOO_LATE = "too late"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Download:
    """A file fetched to disk: its size in bytes and the type its content says it has."""

    path: Path
    size: int
    content_type: str


@dataclass(frozen=True, slots=True)
class PastRequest:
    """One of the account's own recent requests at fal, as its history lists it."""

    request_id: str
    endpoint: str
    sent_at: float
    arguments: dict[str, Json] | None
    """None when the listing leaves the payload out."""
    succeeded: bool | None
    output: dict[str, Json] | None = None
    """Its result, where the listing has it; it stays there longer than at the result's own address."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One endpoint as fal's own list has it. Texts are foreign, made harmless."""

    endpoint: str
    title: str = ""
    category: str = ""
    """fal's word for what it does: text-to-image, image-to-image, training, …"""
    about: str = ""
    deprecated: bool = False
    seconds: float | None = None
    """How long fal says a call takes."""
    schema: Mapping[str, object] | None = None
    """Its OpenAPI document as it came, decimals kept exact; None when it was not asked for or is not to be had."""


class Provider(Protocol):
    """fal, or something that speaks like it. Every method raises errors of `domain/errors.py` and nothing else."""

    @property
    def sandbox(self) -> bool:
        """True when nothing is charged."""
        ...

    async def submit(self, request: Request) -> Handle:
        """POST the request once. Raises `Unknown` when it left and no readable answer came."""
        ...

    def watch(self, handle: Handle) -> AsyncIterator[Progress]:
        """Follow a job until it is completed: each log line once, the last item a `Completed`."""
        ...

    async def collect(self, handle: Handle) -> Completed:
        """The result of a job that is already completed."""
        ...

    async def cancel(self, handle: Handle) -> CancelAnswer:
        """Ask fal to cancel a job."""
        ...

    async def download(self, url: str, to: Path, limit: int) -> Download:
        """Fetch a file, at most `limit` bytes, without the key. `to` is complete or absent afterwards."""
        ...

    async def recent(self, endpoint: str, since: float) -> Sequence[PastRequest]:
        """The account's requests of one endpoint since a moment (seconds since the epoch), newest first."""
        ...

    async def prices(self, endpoints: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
        """Unit price in USD and unit, by endpoint, of those fal prices."""
        ...

    async def schemas(self, endpoints: Sequence[str]) -> dict[str, Listing]:
        """What fal lists of these endpoints, each with its schema; those it does not know are left out. No key."""
        ...

    async def search(self, words: str) -> Sequence[Listing]:
        """The endpoints fal finds for some words, without schemas, best first. No key."""
        ...

    async def upload(
        self, path: Path, content_type: str, lifetime: int | None = None, sent: Callable[[int], None] | None = None
    ) -> str:
        """Store a file at fal and give its public URL, good for `lifetime` seconds; None: what the account says.

        `sent` hears now and then how many bytes have left.
        """
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...


class Totals(Protocol):
    """Sums in USD over jobs that left for fal."""

    @property
    def spent(self) -> Decimal:
        """Real jobs that are or may be paid: billed where known, else estimated."""
        ...

    @property
    def would_cost(self) -> Decimal:
        """The same for sandbox jobs, which cost nothing."""
        ...

    @property
    def unpriced(self) -> int:
        """Real jobs that are or may be paid and have no known amount."""
        ...


class PoseCounts(Protocol):
    """How many takes of one pose there are outside the trash."""

    @property
    def takes(self) -> int:
        """All of them."""
        ...

    @property
    def picked(self) -> int:
        """The picked ones."""
        ...


class Journal(Protocol):
    """The durable record of every Job. A method has returned only when its row is on the disk (fsync)."""

    def together(self) -> AbstractContextManager[None]:
        """What one thread reads and writes inside happens wholly or not at all, while no other process writes."""
        ...

    def write(self, jobs: Sequence[Job]) -> None:
        """Add new jobs in state *written*, all or none."""
        ...

    def save(self, job: Job) -> None:
        """Replace a job's row and append its state to the history."""
        ...

    def job(self, job_id: str) -> Job | None:
        """One job, or None when there is none of that id."""
        ...

    def jobs(self, states: Sequence[JobState] = ()) -> list[Job]:
        """Jobs in those states (all when empty), oldest first."""
        ...

    def duplicate(self, digest: str) -> Job | None:
        """A stored job with an identical Request, if there is one."""
        ...

    def claimed(self, besides: Collection[str] = ()) -> set[str]:
        """fal's request ids that belong to jobs, those of the job ids `besides` left out."""
        ...

    def last_seed(self) -> int | None:
        """The seed of the newest job that has one, or None."""
        ...

    def totals(self, since: float | None = None, session: str | None = None) -> Totals:
        """What was spent on the jobs sent since a moment (all when None), of one session where it is given."""
        ...

    def committed(self, since: float, session: str | None = None, besides: Collection[str] = ()) -> Decimal:
        """What a budget counts, in USD: real jobs sent since a moment or ordered in a session, with every written job
        that was not sent yet, whoever ordered it; those of the job ids `besides` left out.
        """
        ...

    def spent(self, since: float | None = None, session: str | None = None) -> Sequence[Spent]:
        """A row for every job that left since a moment (all when None), of one session where given, oldest first."""
        ...

    def touched(self) -> int:
        """A number that is another one after another process wrote into the journal; cheap to ask."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class SenderLock(Protocol):
    """The right to send a project's jobs; it dies with its process."""

    def acquire(self) -> bool:
        """Take it if nobody has it, without waiting; True when this process has it then."""
        ...

    def release(self) -> None:
        """Let go of it."""
        ...

    def holder(self) -> int | None:
        """The process that took it last, as far as anybody knows."""
        ...


class Shelf(Protocol):
    """The takes: their rows and their files in the project folder. Methods block on the disk."""

    def check(self) -> None:
        """Raise ProjectError where new pictures could not be kept, as in a folder that cannot be written to."""
        ...

    def inbox(self, job: Job) -> Path:
        """Where to download a job's file: a temporary path on the project's own file system."""
        ...

    def left(self, job: Job) -> Take | Weights | Download | None:
        """What an earlier try brought to disk for a job: its take or weights, or a whole download not stored yet."""
        ...

    def store(self, job: Job, download: Download, result: Json) -> Take:
        """Check a downloaded picture, write its recipe into it without touching its pixels, and put it in place.

        Raises `Broken` when the file is no whole picture of an allowed type and size, and keeps it aside;
        raises `ProjectError` when the folder cannot be written to. Storing the same job again gives the same take.
        """
        ...

    def keep_weights(self, job: Job, download: Download) -> Weights:
        """Verify downloaded weights, write the record of their making, and put them in place.

        Raises `Broken` when they are no whole safetensors file, and keeps nothing of it; raises `ProjectError` when
        the folder cannot be written to. Keeping the same job's again gives the same weights.
        """
        ...

    def weights(self, job: Job) -> Weights | None:
        """What a training brought home, or None while it is not in place."""
        ...

    def new_weights(self) -> list[Weights]:
        """Weights in place that `character.toml` was never told of, oldest first."""
        ...

    def took_up(self, weights: Weights) -> None:
        """These weights stand in `character.toml`; taken out of there later they stay out."""
        ...

    def note_address(self, job: Job, why: str) -> str:
        """Write down where the file of a completed job lies that is not fetched any more, and why. Gives the path of
        the note in the project. Raises ProjectError when the folder cannot be written to.
        """
        ...

    def take_in(self) -> list[Take]:
        """Make the project's takes known that its journal does not know, from the recipes in their files: those of a
        copied project. Gives them, oldest first; their money is not counted again. Raises ProjectError.
        """
        ...

    def take(self, take_id: str) -> Take | None:
        """One take, or None."""
        ...

    def takes(self, pose: str | None = None, *, trashed: bool = False) -> list[Take]:
        """The takes of a pose, or all, oldest first."""
        ...

    def counts(self) -> Mapping[str, PoseCounts]:
        """How many takes each pose has outside the trash, by the pose's slug."""
        ...

    def decide(self, take_id: str, verdict: Verdict) -> Take:
        """Set a verdict; picking links the file into `picks/`, anything else takes that link away."""
        ...

    def rate(self, take_id: str, stars: int) -> Take:
        """Give 0 to 5 stars."""
        ...

    def trash(self, take_id: str, *, trashed: bool) -> Take:
        """Move a take's file to the project's trash, or back."""
        ...

    def empty_trash(self, take_ids: Sequence[str]) -> None:
        """Delete the pictures of trashed takes for good. Raises UsageError when one of them is not in the trash."""
        ...

    def undo(self) -> Take | None:
        """Take back the last decision (verdict, stars or trash); None when there is nothing to take back."""
        ...

    def redo(self) -> Take | None:
        """Do again what was taken back; None when there is nothing."""
        ...


class Clock(Protocol):
    """Time, as a port, so that tests can set it back."""

    def now(self) -> float:
        """Seconds since the epoch."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...
