"""What the log says about an event. Pure; knows no screen."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from studio.domain import money
from studio.domain.charge import charge_of
from studio.domain.job import Job, JobState
from studio.domain.text import plain
from studio.engine.events import Brought, Ended, Event, Held, Logged, Moved, Noticed, Planned, Stored
from studio.ui.state.live import ordinal
from studio.ui.widgets.log_lines import Level, LogEntry
from studio.workflows.local_files import size_words

_MOVED = {
    JobState.SENT: "sending",
    JobState.QUEUED: "queued at fal",
    JobState.RUNNING: "running",
    JobState.COMPLETED: "done, fetching the picture",
    JobState.PAUSED: "paused: not sent, waits for a key (Q)",
}
_END_LEVELS = {JobState.CANCELLED: Level.QUIET, JobState.UNKNOWN: Level.WARNING}
_LEVELS = {"ERROR": Level.ERROR, "WARN": Level.WARNING, "WARNING": Level.WARNING}


def clock(at: float) -> str:
    """A moment as the log shows it, in local time."""
    return time.strftime("%H:%M:%S", time.localtime(at))


def entries(event: Event, now: float) -> list[LogEntry]:
    """The lines of an event that happened at `now` (seconds since the epoch); often one, sometimes none."""
    found: list[tuple[str, str, Level]] = []
    match event:
        case Planned(jobs) if jobs:
            found.append(("", _planned(jobs), Level.QUIET))
        case Moved(job) if words := _moved(job):
            found.append((job.pose, words, Level.QUIET))
        case Logged(job, lines):
            levels = [_LEVELS.get(line.level.upper(), Level.INFO) for line in lines]
            found += [(job.pose, line.message, level) for line, level in zip(lines, levels, strict=True)]
        case Stored(job, take):
            found.append((job.pose, f"stored {take.id}, {cost(job)}", Level.GOOD))
        case Brought(job, weights):
            size = f"{size_words(weights.size)}, {weights.tensors} tensors"
            found.append((job.pose, f"stored {weights.path} ({size}), {cost(job)}", Level.GOOD))
        case Ended(job):
            found.append((job.pose, _ended(job), _END_LEVELS.get(job.state, Level.ERROR)))
        case Held(job, why, remedy):
            found.append((job.pose, f"{why} {remedy}", Level.WARNING))
        case Noticed(text):
            found.append(("", text, Level.WARNING))
        case _:
            pass
    return [LogEntry(clock(now), pose, plain(words), level) for pose, words, level in found]


def of_events(events: Iterable[Event], now: float) -> list[LogEntry]:
    """The lines of several events, in order."""
    return [entry for event in events for entry in entries(event, now)]


def cost(job: Job) -> str:
    """`billed $0.05`, `~ $0.05` before it was billed, `would cost $0.05` in the sandbox, `price unknown`; where the
    bill is another one than was expected, `est. $0.045, billed $0.06`.
    """
    amount = job.billed if job.billed is not None else job.estimate
    if amount is None:
        return "price unknown"
    other = job.billed is not None and job.estimate is not None and job.billed != job.estimate
    before = f"est. {money.shown(job.estimate)}, " if other else ""
    if job.sandbox:
        return f"{before}would cost {money.shown(amount)}"
    return f"{before}billed {money.shown(amount)}" if job.billed is not None else f"~ {money.shown(amount)}"


def _planned(jobs: Sequence[Job]) -> str:
    price, unknown = money.total(job.estimate for job in jobs)
    more = f", {unknown} of unknown price" if unknown else ""
    what = "training" if all(job.trains for job in jobs) else "picture"
    return f"{len(jobs)} {what if len(jobs) == 1 else f'{what}s'} planned, ~ {money.shown(price)}{more}"


def _moved(job: Job) -> str:
    if job.state is JobState.QUEUED and job.position is not None:
        return f"queued at fal, {ordinal(job.position + 1)}"
    if job.trains and job.state is JobState.COMPLETED:
        return "trained, fetching the weights"
    return _MOVED.get(job.state, "")


def _ended(job: Job) -> str:
    if (failure := job.failure) is None:
        return str(job.state)
    charged = charge_of(job)
    parts = (failure.message, failure.remedy, f"({charged})" if charged else "")
    return " ".join(part for part in parts if part)
