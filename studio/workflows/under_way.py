"""What is being made now: the same thing is not ordered twice because a key repeats or two windows are open."""

from __future__ import annotations

from studio.domain.job import AT_FAL, Job, JobState
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio


async def under_way(studio: Studio, plan: Plan, *, seedless: bool = False) -> list[Job]:
    """The Jobs of a plan that another one, here or in another studio, is having made: the same Request with the same
    seed, or the same training. Nothing is sent. What waits for a key press goes nowhere and does not count.

    `seedless` is for models that give the same answer without a seed.
    """
    desk = studio.engine.desk
    going = [job for job in studio.engine.queue.live if job.state is not JobState.PAUSED]
    going += await desk.pen(desk.journal.jobs, (*AT_FAL, JobState.COMPLETED))
    live = {job.request.digest for job in going if job.sandbox == studio.sandbox and (seedless or _repeatable(job))}
    if not live:
        return []
    from studio.workflows.guide_files import with_guides  # a plan without a guide needs none of it

    found: set[str] = set()
    for form in await studio.uploads.forms(await with_guides(plan, studio.project.folder)):
        found |= {job.id for job in form.jobs if job.request.digest in live}
    return [job for job in plan.jobs if job.id in found]


def _repeatable(job: Job) -> bool:
    """Whether the same Request gives the same result: without a seed every call gives another picture."""
    return job.trains or job.request.seed is not None
