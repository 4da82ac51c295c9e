"""The money in the header: read from the journal, which knows of every window and of what is still under way."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from studio.engine.budget import DAY
from studio.ui.later import Later

if TYPE_CHECKING:
    from studio.ui.app import StudioApp


async def read_money(app: StudioApp) -> None:
    """Bring the header up to date: today's sums, and those of the day that the budget looks at.

    The journal counts a job from the moment it leaves and the screen when its picture is stored, so this is done
    again after every end; between two readings the screen adds what it sees.
    """
    session, view = app.session, app.view
    midnight = time.mktime((*time.localtime()[:3], 0, 0, 0, 0, 0, -1))
    spent = await session.studio.spending(midnight)
    view.paid_before = spent.paid - session.live.paid
    view.would_before = spent.would_cost - session.live.would_cost
    if session.project.settings.budget_day is not None:
        day = await session.studio.spending(time.time() - DAY)
        session.day_before = day.paid - session.live.paid
    view.standing_changed()


def keep_money(app: StudioApp) -> None:
    """Read it in a worker; a reading that is overtaken by another is dropped."""
    app.run_worker(Later(partial(read_money, app)), group="money", exclusive=True, exit_on_error=False)
