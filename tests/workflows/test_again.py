"""A take leads back to what made it, and on to its final."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from studio.domain.errors import UsageError
from studio.domain.job import Job
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.take import Take
from studio.workflows.again import final_of, once_more, recipe_of
from studio.workflows.plan import Plan, PlanContext
from studio.workflows.references import LoadedReference
from tests.fakes.picture import tiny_png
from tests.workflows.test_plan import POSES, model, plan, values

FLEX, DEV = "fal-ai/flux-2-flex", "fal-ai/flux/dev"
CONTEXT = PlanContext("later", False, {}, now=lambda: 9.0, new_seed=lambda: 555)
PICTURE = LoadedReference(
    "references/front.png", "ab" * 32, f"data:image/png;base64,{base64.b64encode(tiny_png()).decode()}", 1, 1
)


def draft(model_id: str = FLEX, references: tuple[LoadedReference, ...] = ()) -> tuple[Take, Job]:
    """A draft that came, and the job that made it."""
    chosen = values(guidance_scale=4.5, num_inference_steps=35, image_size="portrait_4_3")
    job = plan(Recipe(model_id, chosen, draft=True), POSES[:1], references).jobs[0]
    take = Take(
        id="hero-stance-001",
        job=job.id,
        pose=job.pose,
        path="takes/hero-stance-001.png",
        width=768,
        height=1024,
        created=1.0,
        endpoint=model_id,
        seed=job.request.seed,
        request_id="r",
        prompt=job.request.prompt,
        arguments=job.request.body,
        draft=True,
    )
    return take, job


def final(
    take: Take, job: Job, model_id: str = "", recipe: Recipe | None = None, context: PlanContext = CONTEXT
) -> Plan:
    wanted = model(model_id or take.endpoint)
    return final_of(take, job, wanted, recipe or Recipe(wanted.id), context, model(take.endpoint))


def test_the_final_of_a_draft_differs_in_its_steps_alone_and_names_its_parent() -> None:
    take, job = draft()
    made = final(take, job, recipe=Recipe(FLEX, values(num_inference_steps=35, guidance_scale=9))).jobs[0]
    before, after = job.request.arguments, made.request.arguments
    assert before.pop("num_inference_steps") != after.pop("num_inference_steps") == 35
    assert after == before
    assert made.request.seed == take.seed
    assert (made.provenance.parent, made.provenance.draft, made.provenance.pose) == (take.id, False, take.pose)
    assert (made.id != job.id, made.session, made.estimate) == (True, "later", Decimal("0.05"))


def test_without_a_choice_of_the_artist_a_final_takes_the_catalogues_steps() -> None:
    take, job = draft(DEV)
    known = model(DEV)
    assert final(take, job).jobs[0].request.arguments["num_inference_steps"] == known.final_steps or 28


def test_what_is_a_final_already_is_not_bought_again() -> None:
    take, job = draft()
    done = final(take, job).jobs[0]
    with pytest.raises(UsageError, match="and a final of"):
        final(replace(take, arguments=done.request.body), done)
    with pytest.raises(UsageError, match="no steps"):
        final(*draft("fal-ai/flux-2-pro"))


def test_another_model_gets_the_same_words_seed_and_size_and_its_own_values() -> None:
    take, job = draft()
    made = final(take, job, DEV, Recipe(DEV, values(guidance_scale=3.0))).jobs[0]
    arguments = made.request.arguments
    assert made.request.endpoint == DEV
    assert (arguments["prompt"], arguments["seed"]) == (job.request.prompt, take.seed)
    assert (arguments["image_size"], arguments["guidance_scale"]) == ("portrait_4_3", 3.0)
    assert made.provenance.parent == take.id


def test_a_size_becomes_the_nearest_ratio_and_a_model_without_seed_says_so() -> None:
    made = final(*draft(), "fal-ai/nano-banana")
    assert made.jobs[0].request.arguments["aspect_ratio"] == "3:4"
    assert any("became 3:4" in note for note in made.notes)
    if made.jobs[0].request.seed is None:
        assert any("takes no seed" in note for note in made.notes)


def test_references_go_along_and_are_in_the_price() -> None:
    take, job = draft("fal-ai/flux-2-flex/edit", (PICTURE,))
    assert job.estimate == Decimal("0.10")
    same = final(take, job).jobs[0]
    assert same.estimate == job.estimate
    other = final(take, job, "fal-ai/flux-pro/kontext").jobs[0]
    assert other.request.arguments["image_url"] == PICTURE.uri
    assert other.provenance.references == job.provenance.references
    with pytest.raises(UsageError, match="takes no reference"):
        final(take, job, DEV)


def test_a_reference_of_unknown_size_costs_what_it_cost_before() -> None:
    take, job = draft("fal-ai/flux-2-flex/edit", (replace(PICTURE, uri="https://v3.fal.media/a.png"),))
    assert final(take, job).jobs[0].estimate == Decimal("0.10")
    assert final(take, job, "fal-ai/flux-2/edit").jobs[0].estimate is None


def test_once_more_changes_what_is_asked_and_keeps_what_it_was_made_for() -> None:
    take, job = draft()
    again = once_more(take, job, model(FLEX), CONTEXT, {"seed": 42}).jobs[0]
    assert again.request.arguments == {**job.request.arguments, "seed": 42}
    assert (again.request.seed, again.provenance) == (42, job.provenance)
    assert once_more(take, job, model(FLEX), CONTEXT, {}).jobs[0].request == job.request


def test_a_takes_recipe_holds_its_settings_and_its_seed_and_nothing_the_studio_fills_in() -> None:
    take, _ = draft()
    recipe = recipe_of(take, model(FLEX))
    assert (recipe.seed_policy, recipe.seed) == (SeedPolicy.FIXED, take.seed)
    assert set(recipe.values) == {"guidance_scale", "num_inference_steps", "image_size"}
    assert json.loads(take.arguments)["num_inference_steps"] == recipe.values["num_inference_steps"]
