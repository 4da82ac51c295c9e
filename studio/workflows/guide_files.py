"""Drawing the guides of a plan: every stand-in becomes a picture in the project before the plan is sent."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from studio.workflows.plan import Plan
from studio.workflows.pose_guide import STAND_IN, draw_guide, wish_of
from studio.workflows.references import load_reference
from studio.workflows.uploads import texts_in, with_texts


async def with_guides(plan: Plan, folder: Path) -> Plan:
    """The plan with a data URI, or the stand-in of a file to be uploaded, for every guide. Raises ProjectError when a
    guide cannot be written into the project.
    """
    if not any(STAND_IN in job.request.body for job in plan.jobs):
        return plan
    texts = {text for job in plan.jobs for text in texts_in(job.request.arguments) if wish_of(text)}
    found = {text: await asyncio.to_thread(_drawn, text, folder) for text in sorted(texts)}
    return replace(plan, jobs=tuple(with_texts(job, found) for job in plan.jobs))


def _drawn(text: str, folder: Path) -> str:
    wish = wish_of(text)
    if wish is None:
        return text
    return load_reference(draw_guide(wish, folder)).uri
