"""What the screen knows about the jobs of this run: per pose, in counts, and in money. Pure; knows no screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from studio.domain import money
from studio.domain.charge import CHARGED
from studio.domain.job import ENDED, Failure, Job, JobState
from studio.domain.text import slug
from studio.engine.engine import GIVEN_UP
from studio.engine.events import Brought, Ended, Event, Held, Logged, Moved, Planned, Stored

_STEP = re.compile(r"(?<![\d.])(\d{1,5})\s*/\s*(\d{1,5})(?![\d.])")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,3})\s?%")


class Phase(StrEnum):
    """The most interesting thing that is going on with a pose."""

    IDLE = "idle"
    WAITING = "waiting"
    PAUSED = "paused"
    SENT = "sent"
    QUEUED = "queued"
    RUNNING = "running"
    STORING = "storing"
    HELD = "held"
    """Paid and safe in the journal, but it cannot be brought to disk for now; it is tried again by itself."""
    FAILED = "failed"
    UNKNOWN = "unknown"


ASIDE = "set-aside"
"""Kind of the failure of a paid picture whose file came and was of no use."""

FAULTS = frozenset({Phase.FAILED, Phase.UNKNOWN})
"""Phases of a pose with which something went wrong, so that it has a card to look at."""

_PHASES = {
    JobState.WRITTEN: Phase.WAITING,
    JobState.PAUSED: Phase.PAUSED,
    JobState.SENT: Phase.SENT,
    JobState.QUEUED: Phase.QUEUED,
    JobState.RUNNING: Phase.RUNNING,
    JobState.COMPLETED: Phase.STORING,
    JobState.FAILED: Phase.FAILED,
    JobState.UNKNOWN: Phase.UNKNOWN,
}

_FAULTY = frozenset({JobState.FAILED, JobState.UNKNOWN})

_ORDER = (
    *(Phase.RUNNING, Phase.HELD, Phase.STORING, Phase.QUEUED, Phase.SENT, Phase.WAITING, Phase.PAUSED),
    *(Phase.UNKNOWN, Phase.FAILED),
)
"""Which phase a pose with several jobs shows: work before waiting, waiting before what went wrong."""


_WORDS = {
    Phase.IDLE: "",
    Phase.WAITING: "waiting",
    Phase.PAUSED: "paused",
    Phase.SENT: "sending",
    Phase.QUEUED: "queued",
    Phase.RUNNING: "▶ running",
    Phase.STORING: "storing",
    Phase.HELD: "safe, not on disk yet",
    Phase.FAILED: "✗ failed",
    Phase.UNKNOWN: "? unknown",
}


@dataclass(frozen=True, slots=True)
class PoseState:
    """What the pose list shows of a pose's jobs."""

    phase: Phase = Phase.IDLE
    fraction: float | None = None
    """How far the running job is, 0 to 1; None when its log says nothing of the kind."""
    position: int | None = None
    live: int = 0
    """Jobs of the pose that have not ended."""
    job: Job | None = None

    def words(self) -> str:
        """A few words: `▶ 42 %`, `queued 3rd`, `✗ refused`; empty when nothing is going on."""
        match self.phase:
            case Phase.RUNNING if self.fraction is not None:
                return f"▶ {self.fraction * 100:.0f} %"
            case Phase.QUEUED if self.position is not None:
                return f"queued {ordinal(self.position + 1)}"
            case Phase.FAILED if self.job and self.job.failure:
                return f"✗ {self.job.failure.kind.replace('-', ' ')}"
            case _:
                return _WORDS[self.phase]


IDLE = PoseState()


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def progress_of(message: str) -> float | None:
    """How far a log line says the work is, 0 to 1, from `12/35` or `42%`; None when it says nothing."""
    if found := _STEP.search(message):
        done, whole = int(found[1]), int(found[2])
        return done / whole if 0 <= done <= whole and whole > 1 else None
    if found := _PERCENT.search(message):
        return min(100, int(found[1])) / 100
    return None


class LiveJobs:
    """Follows the engine's events. Everything asked of it is answered from memory."""

    def __init__(self, jobs: Sequence[Job] = ()) -> None:
        self._live: dict[str, Job] = {}
        self._poses: dict[str, dict[str, Job]] = {}
        self._fractions: dict[str, float] = {}
        self._faults: dict[str, Job] = {}
        self._held: set[str] = set()
        self.paid = money.ZERO
        """USD of the takes stored since the screen opened, billed where known."""
        self.would_cost = money.ZERO
        """The same for pictures of the sandbox, which nobody is charged for."""
        for job in jobs:
            self._keep(job)

    def take(self, event: Event) -> set[str]:
        """Take an event in; gives the slugs of the poses whose state may look different now."""
        match event:
            case Planned(jobs):
                for job in jobs:
                    self._faults.pop(slug(job.pose), None)
                    self._keep(job)
                return {slug(job.pose) for job in jobs}
            case Moved(job):
                self._keep(job)
            case Logged(job, lines):
                found = [fraction for line in lines if (fraction := progress_of(line.message)) is not None]
                if not found:
                    return set()
                self._fractions[job.id] = found[-1]
            case Stored(job, _) | Brought(job, _):
                self._count(job)
                self._mend(job)
                self._drop(job)
            case Ended(job):
                self._drop(job)
                if job.failure is not None and job.failure.kind == GIVEN_UP:
                    self._mend(job)
                elif job.state in _FAULTY:
                    self._blame(job)
            case Held(job, why, remedy, aside=True):
                self._drop(job)
                self._blame(replace(job, failure=Failure(ASIDE, why, remedy, CHARGED)))
            case Held(job):
                self._keep(job)
                self._held.add(job.id)
            case _:
                return set()
        return {slug(event.job.pose)}

    def know(self, job: Job) -> None:
        """A job from an earlier run."""
        self._keep(job)

    def pose(self, name: str) -> PoseState:
        """The state of one pose."""
        key = slug(name)
        jobs = list(self._poses.get(key, {}).values())
        if not jobs:
            fault = self._faults.get(key)
            if fault is None:
                return IDLE
            return PoseState(_PHASES[fault.state] if fault.state in _FAULTY else Phase.FAILED, job=fault)
        first = min(jobs, key=lambda job: _ORDER.index(self._phase(job)))
        return PoseState(
            phase=self._phase(first),
            fraction=self._fractions.get(first.id),
            position=first.position,
            live=len(jobs),
            job=first,
        )

    def forget_fault(self, name: str) -> None:
        """The artist has seen what went wrong with a pose."""
        self._faults.pop(slug(name), None)

    @property
    def live(self) -> list[Job]:
        """Every job that has not ended, in the order they came."""
        return list(self._live.values())

    @property
    def running(self) -> int:
        """Jobs that are being worked on or brought to disk."""
        going = {JobState.RUNNING, JobState.COMPLETED}
        return sum(job.state in going and job.id not in self._held for job in self._live.values())

    @property
    def queued(self) -> int:
        """Jobs that wait, here or at fal."""
        waiting = {JobState.WRITTEN, JobState.SENT, JobState.QUEUED}
        return sum(job.state in waiting for job in self._live.values())

    @property
    def held(self) -> int:
        """Finished and paid jobs whose pictures cannot be brought to disk for now."""
        return len(self._held)

    @property
    def paused(self) -> int:
        """Jobs that came back from an earlier run and wait for a key press."""
        return sum(job.state is JobState.PAUSED for job in self._live.values())

    @property
    def faults(self) -> list[Job]:
        """The newest failed or unknown job of each pose that had one since it was last run; the newest comes last."""
        return list(self._faults.values())

    def fault(self, name: str) -> Job | None:
        """The newest failed or unknown job of one pose since it was last run, whatever else it does now."""
        return self._faults.get(slug(name))

    def _phase(self, job: Job) -> Phase:
        return Phase.HELD if job.id in self._held else _PHASES[job.state]

    def _keep(self, job: Job) -> None:
        if job.state in ENDED or job.state is JobState.UNKNOWN:
            return
        self._mend(job)
        self._live[job.id] = job
        self._poses.setdefault(slug(job.pose), {})[job.id] = job

    def _blame(self, job: Job) -> None:
        self.forget_fault(job.pose)
        self._faults[slug(job.pose)] = job

    def _mend(self, job: Job) -> None:
        """It was lost or of no use, and it goes on after all."""
        fault = self._faults.get(slug(job.pose))
        if fault is not None and fault.id == job.id:
            self.forget_fault(job.pose)

    def _drop(self, job: Job) -> None:
        self._live.pop(job.id, None)
        self._held.discard(job.id)
        self._fractions.pop(job.id, None)
        self._poses.get(slug(job.pose), {}).pop(job.id, None)

    def _count(self, job: Job) -> None:
        amount: Decimal | None = job.billed if job.billed is not None else job.estimate
        if amount is None:
            return
        if job.sandbox:
            self.would_cost += amount
        else:
            self.paid += amount
