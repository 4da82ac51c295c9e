"""A process that orders one picture after the other until the budget refuses: python -m tests.fakes.spender.

It says how many were let through, and keeps the project open until its stdin ends.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from studio.domain.errors import SpendRefused
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio


async def spend(folder: Path, price: Decimal, budget: Decimal, most: int) -> None:
    """Say how many of at most `most` pictures at that price the budget of the day let through."""
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
    sys.stdout.write(f"{sold}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await studio.close()


if __name__ == "__main__":
    folder, price, budget, most = sys.argv[1:]
    asyncio.run(spend(Path(folder), Decimal(price), Decimal(budget), int(most)))
