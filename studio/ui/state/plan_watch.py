"""When everything that was asked for is there. Pure; knows no screen."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.job import JobState
from studio.engine.events import Brought, Ended, Event, Planned, Stored


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything that was planned since the last time has come to an end."""

    stored: int
    failed: int
    """Failed or unknown; what was cancelled counts nowhere."""
    brought: int = 0
    """Trained weights."""

    def words(self) -> str:
        """`6 pictures are ready, 1 failed`; empty when all of it was cancelled."""
        ready = "1 picture is ready" if self.stored == 1 else f"{self.stored} pictures are ready" if self.stored else ""
        weights = "trained weights are ready" if self.brought else ""
        failed = f"{self.failed} failed" if self.failed else ""
        return ", ".join(part for part in (ready, weights, failed) if part)


class PlanWatch:
    """Counts from `Planned` until the last of its jobs has ended. Plans that overlap end together."""

    def __init__(self) -> None:
        self._open: set[str] = set()
        self._stored = self._failed = self._brought = 0

    def take(self, event: Event) -> Finished | None:
        """Take an event in; not None when it was the last one."""
        match event:
            case Planned(jobs):
                self._open.update(job.id for job in jobs)
                return None
            case Stored(job) | Brought(job) | Ended(job) if job.id in self._open:
                self._open.discard(job.id)
                self._stored += isinstance(event, Stored)
                self._brought += isinstance(event, Brought)
                self._failed += job.state in {JobState.FAILED, JobState.UNKNOWN}
            case _:
                return None
        if self._open:
            return None
        finished = Finished(self._stored, self._failed, self._brought)
        self._stored = self._failed = self._brought = 0
        return finished
