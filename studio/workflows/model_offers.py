"""Every model that makes pictures, each with what one picture would cost at the present settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.price import picture_size
from studio.domain.recipe import Recipe
from studio.workflows.plan import PlanContext, make_plan
from studio.workflows.references import LoadedReference
from studio.workflows.side_by_side import FILLED, KINDS, PICTURES
from studio.workflows.size_fit import with_size
from studio.workflows.studio import Studio

SIDE = 1024
"""Pixels a side of the reference picture that a price is reckoned with where none is chosen: one megapixel."""


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """One model of the picker. Money in USD."""

    model: Model
    each: Decimal | None
    """One picture with the values remembered for the model, at the size of the moment; None when unknown."""
    notes: tuple[str, ...] = ()
    """What is not in the price, what it was reckoned with, and what could not be the same; each a sentence."""


def model_offers(studio: Studio, recipe: Recipe, references: Sequence[LoadedReference] = ()) -> list[ModelOffer]:
    """Every model of the catalogue that draws or edits pictures, deprecated ones too, in the catalogue's order."""
    asked = _asked_size(studio, recipe)
    drawing = (model for model in studio.catalogue.models if model.kind in KINDS)
    return [model_offer(studio, model, recipe, references, asked) for model in drawing]


def model_offer(
    studio: Studio,
    model: Model,
    recipe: Recipe,
    references: Sequence[LoadedReference] = (),
    asked: tuple[int, int] | None = None,
) -> ModelOffer:
    """One row. `asked` are the pixels of the picture that the chosen model would draw."""
    own = recipe if model.id == recipe.model else studio.project.settings.recipe(model.id)
    fitted, said = with_size(replace(own, draft=recipe.draft, takes=1), model, asked)
    sent, more = _sent(model, references)
    context = PlanContext("", sandbox=False, styles=studio.presets.styles, new_seed=lambda: 0, new_id=lambda: "")
    poses = studio.project.poses[:1] or (Pose("", ""),)
    notes = [note for note in (_unfilled(model), said, more) if note]
    try:
        plan = make_plan(studio.project.character, poses, model, fitted, context, sent)
    except UsageError as error:
        return ModelOffer(model, None, (error.happened, *notes))
    return ModelOffer(model, plan.jobs[0].estimate, (*plan.notes, *notes))


def _asked_size(studio: Studio, recipe: Recipe) -> tuple[int, int] | None:
    model = studio.catalogue.model(recipe.model)
    return picture_size(model, recipe.values) if model else None


def _sent(model: Model, references: Sequence[LoadedReference]) -> tuple[list[LoadedReference], str]:
    single, several = model.role("image"), model.role("images")
    if single is None and several is None:
        return [], ""
    most = 1 if several is None else model.reference_max or several.max_items
    if references:
        return list(references[:most] if most else references), ""
    required = any(param is not None and param.required for param in (single, several))
    if not required and model.kind == "text-to-image":
        return [], ""
    return [LoadedReference("", "", "", SIDE, SIDE)], "Reckoned with one reference picture of 1024×1024."


def _unfilled(model: Model) -> str:
    names = [
        param.name
        for param in model.params
        if param.required and param.default is None and param.role not in FILLED and param.role != "seed"
    ]
    if model.output_kind not in PICTURES:
        return "The studio cannot keep what it answers with."
    return f"It wants {', '.join(names)} besides, which no plan fills in." if names else ""
