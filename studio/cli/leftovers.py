"""What an earlier run left behind, in a sentence, before a new one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.job import Job, JobState

if TYPE_CHECKING:
    from studio.workflows.studio import Studio

OPEN = (JobState.SENT, JobState.QUEUED, JobState.RUNNING, JobState.COMPLETED, JobState.UNKNOWN)
"""States of a job that left and has not ended."""


def waiting_sentence(studio: Studio) -> str:
    """That sent jobs wait to be fetched, and how; empty when none does."""
    number = sum(job.sandbox == studio.sandbox for job in _sent_and_open(studio))
    if not number:
        return ""
    what = "1 earlier job has" if number == 1 else f"{number} earlier jobs have"
    return f"{what} not arrived yet: studio rescue {studio.project.folder} fetches what is there."


def out_of_reach_sentence(studio: Studio) -> str:
    """That jobs are on the other side, at fal or in the sandbox, than the one this studio talks to."""
    number = sum(job.sandbox != studio.sandbox for job in _sent_and_open(studio))
    if not number:
        return ""
    jobs = "1 job" if number == 1 else f"{number} jobs"
    if studio.sandbox:
        return f"{jobs} at fal cannot be asked for without a key: set FAL_KEY and run studio rescue again."
    return f"{jobs} in the sandbox: studio rescue --sandbox fetches them."


def _sent_and_open(studio: Studio) -> list[Job]:
    return studio.engine.desk.journal.jobs(OPEN)
