"""The run of jobs as a person sees it: a bar for each job and one for all, and a table at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.cli.tables import console, print_table
from studio.cli.tally import Tally
from studio.cli.terminal_text import say, write_line
from studio.domain import money
from studio.domain.charge import charge_of
from studio.domain.job import Failure, Job
from studio.domain.take import Take
from studio.domain.text import plain
from studio.workflows.local_files import size_words

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from studio.domain.lora import Weights

ROWS_FOR_THE_REST = 4
"""Lines of the screen that are not a job's: the bar for all, the shell's prompt, some air."""

_STEP = re.compile(r"\b(\d{1,5})\s*/\s*(\d{1,5})\b")


class ProgressReport:
    """A Report for a terminal."""

    def __init__(self, *, sandbox: bool) -> None:
        self._sandbox = sandbox
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._all: TaskID | None = None
        self._crowded = False

    def planned(self, jobs: Sequence[Job]) -> None:
        """Draw the bars; with more jobs than lines, only those at work are shown."""
        if not jobs:
            return
        progress = self._start()
        self._crowded = len(jobs) > progress.console.height - ROWS_FOR_THE_REST
        self._all = progress.add_task("all", total=len(jobs), state="")
        for job in jobs:
            self._tasks[job.id] = progress.add_task(
                plain(job.pose, limit=40), total=100, state="waiting", visible=not self._crowded, start=False
            )

    def sent(self, job: Job) -> None:
        """On its way; its clock starts."""
        task = self._tasks.get(job.id)
        if self._progress is not None and task is not None:
            self._progress.start_task(task)
        self._show(job, "sent", visible=True)

    def queued(self, job: Job) -> None:
        """In fal's queue."""
        self._show(job, "queued" if job.position is None else f"queued, {job.position} before it")

    def running(self, job: Job) -> None:
        """At work."""
        self._show(job, "running", completed=1)

    def logged(self, job: Job, message: str) -> None:
        """Move the bar when the line tells a step out of so many."""
        found = _STEP.search(message)
        if found and 0 < int(found[1]) <= int(found[2]):
            self._show(job, f"step {found[1]} of {found[2]}", completed=100 * int(found[1]) // int(found[2]))

    def stored(self, job: Job, take: Take) -> None:
        """Done."""
        self._end(job, plain(take.id, limit=40), completed=100)

    def brought(self, job: Job, weights: Weights) -> None:
        """Done, and no picture."""
        self._end(job, plain(weights.path, limit=60), completed=100)

    def failed(self, job: Job, failure: Failure) -> None:
        """Failed."""
        self._end(job, "failed")

    def unknown(self, job: Job) -> None:
        """Nobody knows."""
        self._end(job, "unknown, maybe paid")

    def done(self, tally: Tally) -> None:
        """Take the bars away and print the table."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
        if tally.stored:
            print_table(
                ("pose", "take", "picture", "seed", "price"),
                [_row(tally.jobs[job_id], take) for job_id, take in tally.stored.items()],
                right=("seed", "price"),
                whole=("take",),
            )
        for weights in tally.brought.values():
            write_line(f"{weights.path}: {size_words(weights.size)}, {weights.tensors} tensors, verified.")
        for job_id, failure in tally.failed.items():
            job = replace(tally.jobs[job_id], failure=failure)
            say(" ".join(filter(None, (f"{job.pose}: {failure.message}", failure.remedy, _charged(job)))))
        for job_id in sorted(tally.unknown):
            say(f"{tally.jobs[job_id].pose}: {_lost(tally.jobs[job_id])} studio rescue looks again.")
        if tally.jobs:
            write_line(self._total(tally))

    def _total(self, tally: Tally) -> str:
        parts = [f"{tally.done} stored"]
        parts += [f"{len(tally.failed)} failed"] if tally.failed else []
        parts += [f"{len(tally.unknown)} unknown"] if tally.unknown else []
        if not tally.done:
            return ", ".join(parts) + "."
        if tally.billed is None:
            cost = f"estimated {money.shown(tally.estimate)}; fal did not say what it billed"
        else:
            cost = f"{'would cost' if self._sandbox else 'billed'} {money.shown(tally.billed)}"
            if tally.billed != tally.estimate and all(job.billed is not None for job in tally.jobs.values()):
                cost = f"est. {money.shown(tally.estimate)}, {cost}"
        return f"{', '.join(parts)}; {cost}{' (sandbox: nothing is charged)' if self._sandbox else ''}."

    def _start(self) -> Progress:
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        if self._progress is None:
            self._progress = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=30),
                TextColumn("{task.fields[state]}", markup=False),
                TimeElapsedColumn(),
                console=console(),
                transient=True,
            )
            self._progress.start()
        return self._progress

    def _show(self, job: Job, state: str, *, completed: float | None = None, visible: bool | None = None) -> None:
        task = self._tasks.get(job.id)
        if self._progress is not None and task is not None:
            self._progress.update(task, state=state, completed=completed, visible=visible)

    def _end(self, job: Job, state: str, *, completed: float | None = None) -> None:
        self._show(job, state, completed=completed, visible=False if self._crowded else None)
        if self._progress is not None and self._all is not None:
            self._progress.advance(self._all)


def _row(job: Job, take: Take) -> tuple[object, ...]:
    price = take.billed if take.billed is not None else take.estimate
    shown = money.shown(price) if take.billed is not None else f"~{money.shown(price)}"
    return job.pose, take.id, take.pick or take.path, take.seed, shown


def _lost(job: Job) -> str:
    if job.sandbox:
        return "it left and no answer came; nothing is charged in the sandbox."
    price = f" ({money.shown(job.estimate)})" if job.estimate is not None else ""
    return f"it left and no answer came, so it may be paid{price}."


def _charged(job: Job) -> str:
    return f"({known})" if (known := charge_of(job)) else ""
