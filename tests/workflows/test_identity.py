"""The hub says of every way how far it has come, what it costs and where it ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.character import Lora, Reference
from studio.domain.recipe import Guide
from studio.domain.take import Take, Verdict
from studio.workflows.identity import Route, routes
from studio.workflows.studio import Studio
from tests.fakes.studio import fake_studio


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    made = fake_studio(tmp_path / "project")
    yield made
    await made.close()


def take(name: str, parent: str = "", verdict: Verdict = Verdict.UNDECIDED) -> Take:
    return Take(name, name, "running", f"{name}.png", 1, 1, 0, "e", None, "", parent=parent, verdict=verdict)


def ways(studio: Studio, *takes: Take) -> dict[str, Route]:
    found = routes(studio, takes, takes[0] if takes else None, lambda word: True)
    return {way.title: way for way in found}


def test_a_new_project_has_its_description_and_nothing_else(studio: Studio) -> None:
    found = ways(studio)
    assert list(found) == [
        *("Description", "References", "Change a take", "Pose by hand", "Guide by a figure", "Character pack"),
        *("LoRA", "Drift"),
    ]
    assert found["Drift"].state == "No anchor yet: pick a take that is right."
    ready = {title for title, way in found.items() if way.ready}
    assert ready == {"Description", "Pose by hand"}
    assert all(
        way.state.endswith(".") and way.holds.endswith(".") and way.limits.endswith(".") for way in found.values()
    )
    assert all(way.cost for way in found.values())


def test_each_way_says_how_far_it_has_come(studio: Studio) -> None:
    character = replace(
        studio.project.character,
        references=(Reference("references/a.png", "front"), Reference("references/b.png")),
        loras=(Lora("loras/a.safetensors", "glchgrl", family="flux2", trained="2026-11-21"),),
    )
    settings = replace(studio.project.settings, guide=Guide.SKELETON)
    studio.project = replace(studio.project, character=character, settings=settings)
    (studio.project.folder / "pack").mkdir()
    (studio.project.folder / "pack" / "front.png").write_bytes(b"")
    found = ways(studio, take("a"), take("b", "a", Verdict.PICKED))
    assert found["References"].state == "2 pictures (front)."
    assert found["Change a take"].state == "1 take was made from others. a is shown."
    assert found["LoRA"].state == "1 is there, flux2, 2026-11-21, trigger glchgrl."
    assert "skeleton goes along" in found["Guide by a figure"].state
    assert found["Character pack"].state == "1 picture lies in pack/."
    assert "1 picked of 2 takes" in found["Drift"].state
    assert all(way.ready for way in found.values())


def test_a_way_that_is_not_there_is_not_listed(studio: Studio) -> None:
    found = routes(studio, (), None, lambda word: word.startswith("refs"))
    assert [way.word for way in found] == ["refs-open"]
