"""From a take back to what made it: its recipe, the same Request once more, a final of a draft."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import cast

from studio.domain.errors import UsageError
from studio.domain.job import Job
from studio.domain.model import Model
from studio.domain.price import picture_size
from studio.domain.prompt import Prompt
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.request import Json, Request
from studio.domain.take import Take
from studio.workflows.arguments import resolve_arguments, takes_seed
from studio.workflows.choices import choose_model
from studio.workflows.plan import Plan, PlanContext, priced_job
from studio.workflows.references import LoadedReference, picture_of_uri
from studio.workflows.size_fit import with_size
from studio.workflows.studio import Studio

SENT_BY_ITSELF = frozenset({"prompt", "negative-prompt", "image", "images", "mask", "seed", "count", "format"})
"""Roles that no recipe holds: the studio fills them in."""


def arguments_of(take: Take) -> dict[str, Json]:
    """The exact arguments a take was made from."""
    return cast("dict[str, Json]", json.loads(take.arguments or "{}"))


def recipe_of(take: Take, model: Model, takes: int = 1) -> Recipe:
    """The recipe that makes this take again: its model, every setting, its seed."""
    recipe = Recipe(model=take.endpoint, takes=takes)
    for name, value in arguments_of(take).items():
        param = model.param(name)
        if param is not None and param.role not in SENT_BY_ITSELF:
            recipe = recipe.with_value(name, value)
    if take.seed is None:
        return recipe
    return replace(recipe, seed_policy=SeedPolicy.FIXED, seed=take.seed)


async def job_of(studio: Studio, take: Take) -> Job:
    """The Job a take came from. Raises UsageError when the journal has none."""
    desk = studio.engine.desk
    job = await desk.pen(desk.journal.job, take.job)
    if job is None:
        raise UsageError(f"The journal does not know what {take.id} was made from.", "Make it again from its pose.")
    return job


async def final_plan(studio: Studio, take: Take, model_id: str = "") -> Plan:
    """The final of a take, by its own model or by another one. Raises UsageError as `final_of` does."""
    job = await job_of(studio, take)
    model = choose_model(studio.catalogue, model_id) if model_id else studio.model(take.endpoint)
    recipe = studio.project.settings.recipe(model.id)
    return final_of(take, job, model, recipe, studio.context(), studio.catalogue.model(take.endpoint))


def once_more(take: Take, job: Job, model: Model, context: PlanContext, changes: Mapping[str, Json]) -> Plan:
    """One new Job with the exact arguments of a take's Job and only `changes` laid over them, by role.

    What the take was made for (pose, references, draft) stays with it, and so does the take an edit was made from;
    `model` is the take's own.
    """
    arguments = job.request.arguments
    for role, value in changes.items():
        if (param := model.role(role)) is not None:
            arguments[param.name] = value
    seed_param = model.role("seed")
    seed = arguments.get(seed_param.name) if seed_param else None
    request = Request.make(model.id, arguments, seed if isinstance(seed, int) else None)
    parent = job.provenance.parent if _was_edited(job) else ""
    provenance = replace(job.provenance, parent=parent, notes=(), cell="")
    return Plan((_priced(replace(job, request=request, provenance=provenance), job, model, context),))


def _was_edited(job: Job) -> bool:
    """Whether a Job changed the picture of its parent; a final only has one."""
    return any(PurePosixPath(path).stem == job.provenance.parent for path, _ in job.provenance.references)


def final_of(
    take: Take, job: Job, model: Model, recipe: Recipe, context: PlanContext, before: Model | None = None
) -> Plan:
    """The final of a take that `job` made: the same words, references and seed, with the steps of a final picture.

    `model` draws it with the values of its `recipe`; where it is the take's own model, every other argument stays as
    it was. `before` is the take's model, if the catalogue still has it. The new take names the old one as its parent.
    Raises UsageError when it would be the same picture, or the model cannot draw it.
    """
    final = replace(job.provenance, draft=False, parent=take.id, notes=(), cell="")
    if model.id != job.request.endpoint:
        return _by_another(take, replace(job, provenance=final), model, recipe, context, before)
    steps, now = model.role("steps"), None
    wanted = final_steps(model, recipe)
    if steps is not None:
        now = job.request.arguments.get(steps.name, steps.default)
    if steps is None or wanted is None:
        raise UsageError(f"{model.title} has no steps, so {take.id} is a final already.", "--model ID takes another.")
    if isinstance(now, int) and now >= wanted:
        raise UsageError(
            f"{take.id} has {now} steps, and a final of {model.title} has {wanted}.",
            "Raise the steps in the model form, or take another model.",
        )
    request = replace(job.request, body=Request.make(model.id, {**job.request.arguments, steps.name: wanted}).body)
    return Plan((_priced(replace(job, request=request, provenance=final), job, model, context),))


def final_steps(model: Model, recipe: Recipe) -> int | None:
    """Steps of a final: those the artist chose for the model, else the catalogue's, else its default; None where it
    has no steps.
    """
    param = model.role("steps")
    if param is None:
        return None
    for value in (recipe.values.get(param.name), model.final_steps, param.default):
        if isinstance(value, int):
            return value
    return None


def _by_another(take: Take, job: Job, model: Model, recipe: Recipe, context: PlanContext, before: Model | None) -> Plan:
    notes = []
    given = job.request.arguments
    negative = before.role("negative-prompt") if before else None
    unwanted = given.get(negative.name) if negative else ""
    prompt = Prompt(job.request.prompt, str(unwanted or ""), job.provenance.template)
    asked = picture_size(before, given) if before else None
    recipe, note = with_size(replace(recipe, draft=False), model, asked or (take.width, take.height))
    notes += [note] if note else []
    steps, wanted = model.role("steps"), final_steps(model, recipe)
    if steps is not None and wanted is not None:
        recipe = recipe.with_value(steps.name, wanted)
    seed = take.seed
    if not takes_seed(model):
        seed = None
        notes.append(f"{model.title} takes no seed, so the picture will differ more.")
    elif seed is None:
        seed = context.new_seed()
    references = _references(job, before)
    arguments = resolve_arguments(model, recipe, prompt, seed, references)
    request = Request.make(model.id, arguments, seed)
    provenance = replace(
        job.provenance,
        references=tuple((reference.path, reference.sha256) for reference in references),
        notes=tuple(notes),
    )
    return Plan((_priced(replace(job, request=request, provenance=provenance), None, model, context),), tuple(notes))


def _priced(wanted: Job, same: Job | None, model: Model, context: PlanContext) -> Job:
    """A new Job; where its references' sizes are not known any more, it costs what the `same` call cost before."""
    references = _references(wanted, model)
    pixels = [reference.width * reference.height for reference in references]
    job = priced_job(model, wanted.request, wanted.provenance, context, pixels)
    if all(pixels):
        return job
    if same is not None:
        return replace(job, estimate=same.estimate, unit_price=same.unit_price)
    sure = model.price.counts == "output" and picture_size(model, wanted.request.arguments) is not None
    return job if sure else replace(job, estimate=None)


def _references(job: Job, model: Model | None) -> list[LoadedReference]:
    """The reference pictures a Job sent; their width and height are 0 where only an address was sent."""
    if model is None:
        return []
    given = job.request.arguments
    sent: list[str] = []
    for role in ("images", "image"):
        param = model.role(role)
        value = given.get(param.name) if param else None
        sent += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    named = [*job.provenance.references, *(("", "") for _ in sent)]
    return [
        LoadedReference(path, digest, uri, *picture_of_uri(uri))
        for (path, digest), uri in zip(named, sent, strict=False)
    ]
