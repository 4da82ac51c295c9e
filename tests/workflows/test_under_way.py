"""What is being made already is known, here and in another studio on the project, so that it is not bought twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from studio.domain.recipe import SeedPolicy
from studio.workflows.plan import Plan
from studio.workflows.studio import Studio
from studio.workflows.under_way import under_way
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio


def fixed(studio: Studio, seed: int) -> Plan:
    recipe = replace(studio.project.settings.recipe(), seed_policy=SeedPolicy.FIXED, seed=seed)
    return studio.plan(studio.project.poses[:1], recipe)


async def until_at_fal(studio: Studio) -> None:
    async with asyncio.timeout(8):
        while not any(job.handle for job in studio.engine.queue.live):
            await asyncio.sleep(0)


async def test_the_same_request_at_fal_is_found_and_another_seed_is_not(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path, FakeProvider(hold=True))
    await studio.generate(fixed(studio, 7))
    await until_at_fal(studio)
    again = fixed(studio, 7)
    assert await under_way(studio, again) == list(again.jobs)
    assert await under_way(studio, fixed(studio, 8)) == []
    await studio.close()


async def test_another_studio_on_the_project_knows_it_from_the_journal(tmp_path: Path) -> None:
    first = fake_studio(tmp_path, FakeProvider(hold=True))
    await first.generate(fixed(first, 7))
    await until_at_fal(first)
    second = fake_studio(tmp_path, FakeProvider(hold=True))
    assert len(await under_way(second, fixed(second, 7))) == 1
    await second.close()
    await first.close()


async def test_a_picture_of_the_sandbox_stands_in_the_way_of_no_real_one(tmp_path: Path) -> None:
    played = fake_studio(tmp_path, FakeProvider(sandbox=True, hold=True))
    await played.generate(fixed(played, 7))
    await until_at_fal(played)
    real = fake_studio(tmp_path, FakeProvider(hold=True))
    assert await under_way(real, fixed(real, 7)) == []
    await real.close()
    await played.close()


async def test_without_a_seed_every_call_is_another_picture(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path, FakeProvider(hold=True))
    plan = fixed(studio, 7)
    seedless = replace(plan, jobs=tuple(replace(job, request=replace(job.request, seed=None)) for job in plan.jobs))
    await studio.generate(seedless)
    await until_at_fal(studio)
    assert await under_way(studio, seedless) == []
    await studio.close()
