"""A sweep in an open studio ends with its sheet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.errors import Refused, UsageError
from studio.domain.recipe import SeedPolicy
from studio.workflows.studio import Studio
from studio.workflows.sweep import Sweep
from studio.workflows.sweep_run import SweepWatch, draw_sheet, sweep_of
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider(sandbox=True)


@pytest.fixture
async def studio(tmp_path: Path, provider: FakeProvider) -> AsyncIterator[Studio]:
    opened = fake_studio(tmp_path / "glitch", provider)
    yield opened
    await opened.close()


def grid(studio: Studio, x: str, y: str = "") -> Sweep:
    recipe = replace(studio.project.settings.recipe(), seed_policy=SeedPolicy.FIXED, seed=7, takes=3)
    return sweep_of(studio, x, y, recipe, studio.ticked(), lambda model: ())


async def drawn(studio: Studio, watch: SweepWatch) -> None:
    """Send the grid and hear everything until each cell has ended."""
    events = studio.engine.subscribe()
    await studio.generate(watch.sweep.plan)

    async def listen() -> None:
        async for event in events:
            watch.hear(event)
            if watch.complete:
                return

    await asyncio.wait_for(listen(), 8)


async def test_every_cell_is_heard_of_and_the_sheet_is_drawn(studio: Studio) -> None:
    watch = SweepWatch(grid(studio, "guidance=4,5.5", "pose=running,hero-stance"))
    assert not watch.complete
    await drawn(studio, watch)
    assert watch.pictures == 4
    path = await draw_sheet(studio, watch)
    assert path.is_file() and path.parent == studio.project.folder / "sheets"


async def test_failed_cells_end_it_too(studio: Studio, provider: FakeProvider) -> None:
    provider.fail_with("submit", Refused("The words were refused."))
    watch = SweepWatch(grid(studio, "steps=10,20"))
    await drawn(studio, watch)
    assert watch.pictures == 1
    assert [outcome.trouble for outcome in watch.outcomes.values() if outcome.take is None] == [
        "The words were refused."
    ]


async def test_cells_that_were_there_need_no_event(studio: Studio) -> None:
    first = SweepWatch(grid(studio, "steps=10,20"))
    await drawn(studio, first)
    again = SweepWatch(grid(studio, "steps=10,20"))
    for job, stored in await studio.duplicates(again.sweep.plan):
        take = await studio.engine.desk.hands(studio.engine.desk.shelf.take, stored.take)
        assert take is not None
        again.had(job.id, take)
    assert again.complete and again.pictures == 2
    assert not any(outcome.bought for outcome in again.outcomes.values())


async def test_every_model_of_a_grid_has_the_chosen_seed_and_its_own_values(studio: Studio) -> None:
    found = grid(studio, "model=fal-ai/flux-2-flex,fal-ai/flux/dev")
    assert {job.request.seed for job in found.plan.jobs} == {7}
    assert found.rows[0][1].request.arguments["guidance_scale"] == 3.5
    with pytest.raises(UsageError):
        grid(studio, "colour=red")


async def test_every_model_draws_the_size_of_the_chosen_one(studio: Studio) -> None:
    made = grid(studio, "model=flux-2-flex,flux/schnell,nano-banana")
    flex, schnell, banana = (job.request.arguments for job in made.rows[0])
    assert flex["image_size"] == schnell["image_size"] == "portrait_4_3"
    assert banana["aspect_ratio"] == "3:4"
    assert any("768x1024 became 3:4" in note for note in made.notes)
