"""A model nobody had read: the studio reads its settings before anything is sent to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.config.catalogue import load_catalogue
from studio.domain.errors import Unavailable, UsageError
from studio.domain.recipe import Recipe
from studio.engine.ports import Listing
from studio.sandbox.schema import openapi_of
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio

NEW = "google/nano-banana-2.1"


def listed() -> Listing:
    like = load_catalogue().model("fal-ai/nano-banana-2")
    assert like is not None
    return Listing(NEW, schema=openapi_of(like))


async def test_a_plan_made_without_the_settings_is_not_sent_and_the_next_one_is(tmp_path: Path) -> None:
    provider = FakeProvider()
    provider.listed = [listed()]
    studio = fake_studio(tmp_path / "p", provider)
    try:
        poses = studio.ticked()[:1]
        with pytest.raises(UsageError, match="were read from fal just now"):
            await studio.generate(studio.plan(poses, Recipe(NEW)))
        assert provider.submitted == []
        plan = studio.plan(poses, Recipe(NEW))
        assert plan.jobs[0].request.arguments["output_format"] == "png"
        await studio.generate(plan)
    finally:
        await studio.close()


async def test_without_an_answer_nothing_is_sent(tmp_path: Path) -> None:
    provider = FakeProvider()
    provider.fail_with("schemas", Unavailable("No network."))
    studio = fake_studio(tmp_path / "p", provider)
    try:
        with pytest.raises(Unavailable):
            await studio.generate(studio.plan(studio.ticked()[:1], Recipe(NEW)))
        assert provider.submitted == []
    finally:
        await studio.close()
