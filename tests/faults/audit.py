"""The comparison: what the sandbox accepted and billed, against the journal and the pictures on the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from studio.domain.errors import NotFound
from studio.domain.job import ENDED, Job, JobState
from studio.domain.money import ZERO
from studio.domain.request import canonical
from studio.library.journal import Passage, SqliteJournal
from studio.library.metadata import job_in
from studio.library.picture_check import checked
from studio.library.png import BrokenFile

NEVER_LEFT = frozenset({JobState.WRITTEN, JobState.PAUSED})


@dataclass
class Findings:
    """What an audit found. Each entry of the mappings says in words what is wrong with which request."""

    paid: int = 0
    """Requests the sandbox billed."""
    on_disk: int = 0
    """Of those, whose picture lies whole in the project with its recipe inside."""
    lost: dict[str, str] = field(default_factory=dict)
    """Paid, no picture, and the studio has given up on it or never knew."""
    twice: dict[str, str] = field(default_factory=dict)
    """Bought more often than the artist ordered it."""
    half: dict[str, str] = field(default_factory=dict)
    """Files in plain sight that are no whole picture or have no recipe."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Paid or maybe paid, and the studio says that it does not know."""
    pending: dict[str, str] = field(default_factory=dict)
    """Paid, and the studio says that it is still fetching it."""
    pressed: dict[str, str] = field(default_factory=dict)
    """Paused jobs that were sent although nobody pressed a key."""
    doubles: dict[str, str] = field(default_factory=dict)
    """Requests that have more than one take."""
    owed: Decimal = ZERO
    """USD the sandbox bills."""
    booked: Decimal = ZERO
    """USD the journal says were billed, with the estimate where fal forgot the bill."""
    leftovers: int = 0
    """Temporary files that nobody will look at again."""

    def wrong(self) -> dict[str, str]:
        """Everything that breaks the promise."""
        kinds = {"lost": self.lost, "twice": self.twice, "half": self.half, "sent": self.pressed, "two": self.doubles}
        return {f"{kind} {name}": why for kind, found in kinds.items() for name, why in found.items()}


class Auditor:
    """Audits one project again and again; a picture that was whole is looked at again only when its file changed."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._whole: dict[Path, tuple[int, int, str]] = {}

    def audit(self, account: Mapping[str, Any], journal_file: Path) -> Findings:
        """Compare the sandbox's account with the journal and the project folder."""
        found = Findings()
        pictures = self._pictures(found)
        journal = SqliteJournal(journal_file)
        try:
            jobs = journal.jobs()
            lives = {job.id: journal.history(job.id) for job in jobs}
        finally:
            journal.close()
        by_request = {job.request_id: job for job in jobs if job.request_id}
        by_call: dict[str, list[Job]] = {}
        for job in jobs:
            by_call.setdefault(_call(job.request.endpoint, job.request.arguments), []).append(job)
        for order in account["requests"]:
            call = _call(order["endpoint"], order["arguments"])
            known = by_request.get(order["request_id"]) or next(iter(by_call.get(call, [])), None)
            if order["billed"]:
                _judge(found, order, known, pictures)
        _count_purchases(found, account["requests"], by_call)
        for job in jobs:
            if _sent_after_pause(lives[job.id]):
                found.pressed[job.id] = "it was paused and left without a key press"
            if job.billed is None and any(passage.note.startswith(NotFound.kind) for passage in lives[job.id]):
                # fal had forgotten the result, and with it the bill: the books hold the estimate, and say so.
                found.booked += job.estimate or ZERO
        _count_money(found, account["requests"], jobs)
        for request_id, number in Counter(job.request_id for job in jobs if job.take).items():
            if number > 1:
                found.doubles[request_id] = f"{number} takes"
        incoming = self._project / "takes" / ".incoming"
        found.leftovers = len(list(incoming.iterdir())) if incoming.is_dir() else 0
        return found

    def _pictures(self, found: Findings) -> set[str]:
        """The ids of the jobs whose picture lies whole in `takes`."""
        jobs: set[str] = set()
        for folder in ("takes", "picks"):
            for path in sorted((self._project / folder).rglob("*")):
                inside = path.relative_to(self._project)
                if path.is_dir() or any(part.startswith(".") for part in inside.parts):
                    continue
                job = self._job_of(path)
                if job is None:
                    found.half[inside.as_posix()] = "it is no whole picture with a recipe"
                elif folder == "takes":
                    jobs.add(job)
        return jobs

    def _job_of(self, path: Path) -> str | None:
        now = path.stat()
        known = self._whole.get(path)
        if known is not None and known[:2] == (now.st_mtime_ns, now.st_size):
            return known[2]
        data = path.read_bytes()
        try:
            checked(data)
        except BrokenFile:
            return None
        job = job_in(data)
        if job is not None:
            self._whole[path] = (now.st_mtime_ns, now.st_size, job)
        return job


def _call(endpoint: str, arguments: Mapping[str, Any]) -> str:
    return f"{endpoint}\n{canonical(dict(arguments))}"


def _sent_after_pause(life: Sequence[Passage]) -> bool:
    states = [passage.state for passage in life]
    return JobState.PAUSED in states and JobState.SENT in states[states.index(JobState.PAUSED) :]


def _judge(found: Findings, order: Mapping[str, Any], job: Job | None, pictures: set[str]) -> None:
    name = order["request_id"]
    found.paid += 1
    if job is None:
        found.lost[name] = "no job in the journal stands for it"
        return
    why = f"{job.pose}: {job.failure.kind}: {job.failure.message}" if job.failure else job.pose
    if job.state is JobState.STORED and job.id in pictures:
        found.on_disk += 1
    elif job.state is JobState.UNKNOWN:
        found.unknown[name] = why
    elif job.state in ENDED or job.state in NEVER_LEFT:
        found.lost[name] = f"the job is {job.state.value}, {why}"
    else:
        found.pending[name] = f"the job is {job.state.value}, {why}"


def _count_purchases(
    found: Findings, orders: Sequence[Mapping[str, Any]], by_call: Mapping[str, Sequence[Job]]
) -> None:
    bought = Counter(_call(order["endpoint"], order["arguments"]) for order in orders)
    for call, number in bought.items():
        jobs = by_call.get(call, [])
        left = [job for job in jobs if job.state not in NEVER_LEFT]
        if number > len(jobs):
            pose = jobs[0].pose if jobs else call[:80]
            found.twice[pose] = f"accepted {number} times, ordered {len(jobs)} times"
        elif number > len(left):
            found.pressed[jobs[0].id] = "it never left by the journal, yet the sandbox accepted it"


def _count_money(found: Findings, orders: Sequence[Mapping[str, Any]], jobs: Sequence[Job]) -> None:
    for order in orders:
        if order["billed"]:
            found.owed += Decimal(order["units"] or 0) * Decimal(order["unit_price"] or 0)
    found.booked += sum((job.billed for job in jobs if job.billed is not None), start=ZERO)
