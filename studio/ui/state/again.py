"""From a take back to what made it: its recipe, or the same Request once more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from studio.domain.errors import UsageError
from studio.domain.job import Job
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.price import estimate
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.request import Json, Request
from studio.domain.take import Take
from studio.workflows.plan import Plan
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


def once_more(studio: Studio, take: Take, changes: Mapping[str, Json], *, draft: bool) -> Plan:
    """One Job with the exact arguments of a take and only `changes` laid over them, by role.

    Raises UsageError when the take's model is not in the catalogue any more.
    """
    model = studio.catalogue.model(take.endpoint)
    if model is None:
        raise UsageError(f"{take.endpoint} is not in the catalogue any more.", "Choose another model.")
    arguments = arguments_of(take)
    for role, value in changes.items():
        param = model.role(role)
        if param is not None:
            arguments[param.name] = value
    seed_param = model.role("seed")
    seed = arguments.get(seed_param.name) if seed_param else None
    known = next((pose for pose in studio.project.poses if pose.name == take.pose), Pose(take.pose, take.pose))
    job: Job = studio.plan([known], recipe_of(take, model)).jobs[0]
    price = estimate(model, arguments)
    job = replace(
        job,
        request=Request.make(model.id, arguments, seed if isinstance(seed, int) else None),
        provenance=replace(job.provenance, draft=draft, parent=""),
        estimate=price.amount,
        unit_price=price.unit_price,
    )
    return Plan((job,))
