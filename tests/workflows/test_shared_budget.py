"""One budget for all windows on a project: what each of them ordered is spoken for, and none slips past another."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.errors import SpendRefused
from studio.domain.job import JobState
from studio.engine.rescue import UNFINISHED
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio


@pytest.fixture
async def windows(tmp_path: Path) -> AsyncIterator[list[Studio]]:
    """Two windows on one project, whose jobs cost money and stay at fal."""
    opened = [fake_studio(tmp_path / "glitch", FakeProvider(hold=True)) for _ in range(2)]
    yield opened
    for studio in opened:
        await studio.close()


def plan_of(studio: Studio, pictures: int, each: str = "0.03") -> Plan:
    """So many pictures at that price."""
    pose = studio.project.poses[0]
    plan = studio.plan([pose], replace(studio.project.settings.recipe(), takes=pictures))
    return replace(plan, jobs=tuple(replace(job, estimate=Decimal(each)) for job in plan.jobs))


def limit(studios: list[Studio], *, session: str | None = None, day: str | None = None) -> None:
    """A budget for the project, as every window reads it."""
    in_usd = [Decimal(text) if text else None for text in (session, day)]
    for studio in studios:
        settings = replace(studio.project.settings, budget_session=in_usd[0], budget_day=in_usd[1])
        studio.project = replace(studio.project, settings=settings)


async def test_two_windows_cannot_exceed_the_day_together(windows: list[Studio]) -> None:
    limit(windows, day="0.10")
    first, second = windows
    await first.generate(plan_of(first, 3))
    with pytest.raises(SpendRefused, match=r"\$0\.01 is left of the \$0\.10 budget for the day"):
        await second.generate(plan_of(second, 1))


async def test_two_windows_that_order_at_once_cannot_exceed_the_session_together(windows: list[Studio]) -> None:
    limit(windows, session="0.10")
    orders = [studio.generate(plan_of(studio, 2)) for studio in windows for _ in range(3)]
    said = await asyncio.gather(*orders, return_exceptions=True)
    assert sum(answer is None for answer in said) == 1
    assert all(answer is None or isinstance(answer, SpendRefused) for answer in said)
    assert len(windows[0].engine.desk.journal.jobs(UNFINISHED)) == 2


async def test_what_waits_in_the_other_window_is_spoken_for(windows: list[Studio]) -> None:
    limit(windows, session="0.10")
    first, second = windows
    first.engine.queue.set_paused(True)
    await first.generate(plan_of(first, 3))
    with pytest.raises(SpendRefused, match="budget for the session"):
        await second.generate(plan_of(second, 1))
    await first.engine.queue.cancel(first.engine.queue.live[0].id)
    await second.generate(plan_of(second, 1))


async def test_paused_jobs_are_not_sent_past_the_budget(windows: list[Studio], tmp_path: Path) -> None:
    first = windows[0]
    first.engine.queue.set_paused(True)
    await first.generate(plan_of(first, 2))
    await first.close()
    later = fake_studio(tmp_path / "glitch", FakeProvider(hold=True))
    limit([later], session="0.05")
    found = await later.rescue()
    with pytest.raises(SpendRefused):
        await later.resume(found.paused)
    assert [job.state for job in later.engine.desk.journal.jobs(UNFINISHED)] == [JobState.PAUSED] * 2
    await later.resume(found.paused[:1])
    await later.close()


async def test_what_a_dead_studio_wrote_and_nobody_sends_does_not_eat_the_budget(
    windows: list[Studio], tmp_path: Path
) -> None:
    first = windows[0]
    first.engine.queue.set_paused(True)
    await first.generate(plan_of(first, 3))
    for studio in windows:
        await studio.close()
    later = fake_studio(tmp_path / "glitch", FakeProvider(hold=True))
    limit([later], day="0.10")
    await later.generate(plan_of(later, 3))
    await later.close()


def test_two_processes_that_order_as_fast_as_they_can_stay_within_one_budget(tmp_path: Path) -> None:
    fake_studio(tmp_path / "glitch").engine.desk.close()
    command = [sys.executable, "-m", "tests.fakes.spender", str(tmp_path / "glitch"), "0.01", "0.15", "12"]
    pipe = subprocess.PIPE
    spenders = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    sold = [int(spender.stdout.readline()) for spender in spenders if spender.stdout]
    for spender in spenders:
        spender.communicate(timeout=30)
    assert sum(sold) == 15
