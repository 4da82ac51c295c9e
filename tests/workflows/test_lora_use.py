"""The character's LoRA is sent where it fits, with its trigger word in every prompt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.config.catalogue import load_catalogue
from studio.domain.character import Character, Lora
from studio.domain.errors import UsageError
from studio.domain.job import Job
from studio.domain.pose import Pose
from studio.domain.prompt import Prompt
from studio.domain.recipe import Recipe
from studio.domain.upload import placed
from studio.workflows.local_files import seen
from studio.workflows.lora_files import stand_in
from studio.workflows.lora_use import fitting, safe_scales, takers, with_triggers
from studio.workflows.plan import PlanContext, make_plan
from tests.fakes.weights import fake_safetensors

CATALOGUE = load_catalogue()
MINE = Lora("loras/glchgrl-001.safetensors", "glchgrl", 0.9, "flux1")
GLITCH = Character("Glitch", "A hacker girl.", loras=(MINE,))
FLUX1, FLUX2 = "fal-ai/flux-lora", "fal-ai/flux-2/lora"


def planned(character: Character = GLITCH, recipe: Recipe | None = None, folder: Path | None = None) -> Job:
    recipe = recipe or Recipe(FLUX1)
    model = CATALOGUE.model(recipe.model)
    assert model is not None
    weights = (lambda path: stand_in(folder, path)) if folder else (lambda path: path)
    context = PlanContext("s", True, {}, new_seed=lambda: 7, weights=weights)
    return make_plan(character, [Pose("running", "Running.")], model, recipe, context).jobs[0]


def test_the_trigger_word_comes_first_and_the_weights_are_sent_with_their_scale() -> None:
    job = planned()
    assert job.request.arguments["loras"] == [{"path": MINE.path, "scale": 0.9}]
    assert job.request.prompt == "glchgrl, A hacker girl. Running."


def test_a_word_that_stands_there_already_is_not_said_twice() -> None:
    assert (
        planned(replace(GLITCH, description="Portrait of GLCHGRL.")).request.prompt == "Portrait of GLCHGRL. Running."
    )
    assert with_triggers(Prompt("glchgrlish", "", ""), ["glchgrl"]).text == "glchgrl, glchgrlish"


def test_a_lora_of_another_family_is_not_sent() -> None:
    job = planned(recipe=Recipe(FLUX2))
    assert "loras" not in job.request.arguments
    assert "glchgrl" not in job.request.prompt


def test_a_model_without_loras_gets_neither_weights_nor_trigger() -> None:
    job = planned(recipe=Recipe("fal-ai/flux/dev"))
    assert "loras" not in job.request.arguments
    assert "glchgrl" not in job.request.prompt


def test_of_several_trainings_of_one_word_the_newest_is_sent() -> None:
    older = replace(MINE, path="loras/glchgrl-000.safetensors")
    other = Lora("https://example.org/ink.safetensors", "inkstl", 0.6, "flux1")
    job = planned(replace(GLITCH, loras=(MINE, older, other)))
    assert [entry["path"] for entry in job.request.arguments["loras"]] == [MINE.path, other.path]  # type: ignore[index, union-attr, call-overload]
    assert job.request.prompt.startswith("glchgrl, inkstl, ")


def test_an_empty_list_of_the_artists_own_means_none() -> None:
    job = planned(recipe=Recipe(FLUX1).with_value("loras", []))
    assert "loras" not in job.request.arguments
    assert "glchgrl" not in job.request.prompt


def test_an_address_from_an_earlier_take_is_woken_by_the_same_word() -> None:
    taken = Recipe(FLUX1).with_value("loras", [{"path": "https://v3.fal.media/w.safetensors", "scale": 0.7}])
    assert planned(recipe=taken).request.prompt.startswith("glchgrl, ")


def test_weights_of_the_project_are_sent_by_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "loras").mkdir()
    (tmp_path / MINE.path).write_bytes(fake_safetensors())
    job = planned(folder=tmp_path)
    ((path, digest),) = job.provenance.loras
    assert path == MINE.path
    assert placed(job.request.arguments["loras"][0]["path"]) == digest  # type: ignore[index, call-overload, arg-type]
    found = seen(digest)
    assert found is not None
    assert found.path == tmp_path / MINE.path


def test_weights_that_are_gone_are_said_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"glchgrl-001.safetensors is not in the project"):
        planned(folder=tmp_path)


def test_the_models_that_load_a_lora_are_those_of_its_family() -> None:
    assert {FLUX1, "fal-ai/flux-general"} <= {model.id for model in takers(CATALOGUE, MINE)}
    assert {FLUX2, "fal-ai/flux-2/lora/edit"} == {
        model.id for model in takers(CATALOGUE, replace(MINE, family="flux2"))
    }
    flux1 = CATALOGUE.model(FLUX1)
    assert flux1 is not None
    assert safe_scales(flux1) == (0.5, 1.5)
    assert fitting(GLITCH, flux1) == (MINE,)
