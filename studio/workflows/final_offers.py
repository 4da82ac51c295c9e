"""The finals that can be made of a take: by its own model, and by every other one, each with its price."""

from __future__ import annotations

from decimal import Decimal

from studio.domain.errors import UsageError
from studio.domain.take import Take
from studio.workflows.again import final_of, job_of
from studio.workflows.side_by_side import KINDS, PICTURES, UNREAD, Compared
from studio.workflows.studio import Studio


async def final_offers(studio: Studio, take: Take) -> list[Compared]:
    """A row for each model that can make one picture of what a take was made from, the take's own model first, then
    the cheapest. Raises UsageError when the journal does not know what it was made from.
    """
    job = await job_of(studio, take)
    before, context = studio.catalogue.model(take.endpoint), studio.context()
    rows = []
    for model in studio.catalogue.models:
        own = model.id == take.endpoint
        if (model.deprecated and not own) or model.kind not in KINDS or model.output_kind not in PICTURES:
            continue
        try:
            plan = final_of(take, job, model, studio.project.settings.recipe(model.id), context, before)
        except UsageError:
            continue
        notes = (UNREAD, *plan.notes) if model.unread else plan.notes
        rows.append(Compared(model, 1, plan.jobs[0].estimate, notes=notes))
    return sorted(rows, key=lambda row: _order(row, take))


def _order(row: Compared, take: Take) -> tuple[bool, bool, Decimal, str]:
    return row.model.id != take.endpoint, row.each is None, row.each or Decimal(0), row.model.title
