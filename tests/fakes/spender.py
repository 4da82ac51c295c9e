"""A process that orders one picture after the other until the budget refuses: python -m tests.fakes.spender."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from studio.domain.errors import SpendRefused
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio


async def spend(folder: Path, price: Decimal, budget: Decimal, most: int) -> int:
    """How many of at most `most` pictures at that price the budget of the day let through."""
    studio = fake_studio(folder, FakeProvider(hold=True))
    settings = replace(studio.project.settings, budget_day=budget)
    studio.project = replace(studio.project, settings=settings)
    sold = 0
    try:
        for _ in range(most):
            plan = studio.plan(studio.project.poses[:1], settings.recipe())
            await studio.generate(replace(plan, jobs=tuple(replace(job, estimate=price) for job in plan.jobs)))
            sold += 1
    except SpendRefused:
        pass
    await studio.close()
    return sold


if __name__ == "__main__":
    folder, price, budget, most = sys.argv[1:]
    sys.stdout.write(f"{asyncio.run(spend(Path(folder), Decimal(price), Decimal(budget), int(most)))}\n")
