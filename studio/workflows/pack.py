"""The plan of a character pack: one Request per view, from one reference or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from studio.config.catalogue import Catalogue
from studio.domain.character import Character, Reference
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.pack import FOLDER, LEAD, SETTING, PackView
from studio.domain.pose import Pose
from studio.domain.prompt import TEMPLATE
from studio.domain.recipe import SEED_LIMIT, Recipe
from studio.domain.text import slug
from studio.workflows.arguments import parse_size, takes_seed
from studio.workflows.plan import Plan, PlanContext, plan_job
from studio.workflows.references import LoadedReference

FIRST_CHOICE = "fal-ai/ideogram/character"
"""One reference in, the same person in any view out; the others are offered beside it."""

KEEPS = ("single-reference", "multi-reference", "lora+multi-reference", "lora+single-reference")
"""What the catalogue says of models that keep the person of a reference picture."""

SIZE = "portrait_4_3"
"""A standing figure fills it."""

REWRITERS = ("expand_prompt", "enable_prompt_expansion", "enhance_prompt")
"""Switches that let an endpoint rewrite the prompt: a view must be exactly the one that was asked for."""

ANGLE, TILT, ZOOM = "horizontal_angle", "vertical_angle", "zoom"
FACE_ZOOM, BODY_ZOOM = 9, 3
"""Of 0 to 10, where 5 is the reference's own distance."""


@dataclass(frozen=True, slots=True)
class PackWish:
    """What a pack is made of."""

    model: Model
    views: tuple[PackView, ...]
    references: tuple[LoadedReference, ...]
    takes: int = 1


def own_references(character: Character) -> list[Reference]:
    """The character's references a pack is drawn from, the front view first; those of style or pose say nothing of
    who it is, and an earlier pack only counts where there is nothing else.
    """
    told = [one for one in character.references if one.role not in {"style", "pose"}]
    first_hand = [one for one in told if not one.path.startswith(f"{FOLDER}/")]
    return sorted(first_hand or told, key=lambda one: one.role != "front")


def by_angles(model: Model) -> bool:
    """Whether a model is steered by camera angles and takes no prompt."""
    return model.param(ANGLE) is not None and model.role("prompt") is None


def can_pack(model: Model) -> bool:
    """Whether a model draws a character again from a reference picture, given nothing else."""
    if model.consistency not in KEEPS or model.deprecated or model.mask or model.role("size") is None:
        return False
    takes = model.role("images") or model.role("image")
    return takes is not None and (by_angles(model) or model.role("prompt") is not None) and not _needs_more(model)


def pack_models(catalogue: Catalogue) -> list[Model]:
    """The models a pack can be made with, the first choice first."""
    fitting = [model for model in catalogue.models if can_pack(model)]
    return sorted(fitting, key=lambda model: (model.id != FIRST_CHOICE, KEEPS.index(model.consistency)))


def pack_plan(character: Character, wish: PackWish, remembered: Callable[[str], Recipe], context: PlanContext) -> Plan:
    """One Job per view and take, all with one seed, priced; its notes say what was left out.

    `remembered` gives the settings an artist chose for a model. Raises UsageError when there is no reference, the
    model cannot draw from one, or no view is left.
    """
    model = wish.model
    if not can_pack(model):
        raise UsageError(
            f"{model.title} does not draw a character from a reference picture.",
            f"Take one that does, such as {FIRST_CHOICE}: studio pack --model ID.",
        )
    if not wish.references:
        raise UsageError("A pack is drawn from a reference picture, and there is none.", "Name one: --reference FILE.")
    references, notes = _fitting(model, wish.references)
    views, more = _possible(model, wish.views)
    if not views:
        raise UsageError(f"{model.title} can draw none of these views.", more[0] if more else "Ask for others.")
    recipe = _recipe(model, remembered(model.id))
    seed = context.new_seed() if takes_seed(model) else None
    packed = replace(character, template=f"{LEAD} {TEMPLATE}", setting=SETTING, references=())
    notes = [*notes, *more]
    jobs = [
        plan_job(
            *(packed, view.pose, model, _of_view(model, recipe, view), context),
            seed=None if seed is None else (seed + number) % SEED_LIMIT,
            references=references,
            notes=notes,
        )
        for view in views
        for number in range(wish.takes)
    ]
    return Plan(tuple(jobs), tuple(notes))


def with_pack_poses(poses: Sequence[Pose], views: Sequence[PackView]) -> tuple[Pose, ...]:
    """The pose list with a pose for every view, so that their takes are reviewed like any others."""
    known = {slug(pose.name) for pose in poses}
    return (*poses, *(view.pose for view in views if slug(view.pose.name) not in known))


def _needs_more(model: Model) -> bool:
    filled = {"prompt", "image", "images"}
    return any(param.required and param.role not in filled for param in model.params)


def _fitting(model: Model, references: Sequence[LoadedReference]) -> tuple[tuple[LoadedReference, ...], list[str]]:
    several = model.role("images")
    most = 1 if several is None else model.reference_max or several.max_items or len(references)
    if len(references) <= most:
        return tuple(references), []
    which = "only the first one" if most == 1 else f"the first {most}"
    return tuple(references[:most]), [f"{model.title} looks at {which} of {len(references)} references."]


def _possible(model: Model, views: Sequence[PackView]) -> tuple[list[PackView], list[str]]:
    """The views a model can draw, and a sentence about the others."""
    if not by_angles(model):
        return list(views), []
    words = model.param("additional_prompt") is not None
    kept: list[PackView] = []
    lost: list[PackView] = []
    for view in views:
        of_its_own = view.role in {"pose", "outfit"} or view.mood
        (kept if words or not of_its_own else lost).append(view)
    names = ", ".join(view.name for view in lost)
    return kept, [f"{model.title} only moves the camera, so {names} cannot be drawn with it."] if lost else []


def _recipe(model: Model, recipe: Recipe) -> Recipe:
    """The remembered values for a model, with the size of a standing figure and the prompt left as it is."""
    for name in REWRITERS:
        if model.param(name) is not None:
            recipe = recipe.with_value(name, False)
    size = model.role("size")
    if size is not None and size.name not in recipe.values:
        with suppress(UsageError):  # an endpoint that only draws squares draws them
            for name, value in parse_size(model, SIZE)[0].items():
                recipe = recipe.with_value(name, value)
    return replace(recipe, model=model.id, takes=1, draft=False)


def _of_view(model: Model, recipe: Recipe, view: PackView) -> Recipe:
    if not by_angles(model):
        return recipe
    low = model.param(TILT)
    tilt = max(view.tilt, int(low.min)) if low is not None and low.min is not None else view.tilt
    recipe = recipe.with_value(ANGLE, view.turn % 360).with_value(TILT, tilt)
    recipe = recipe.with_value(ZOOM, FACE_ZOOM if view.face else BODY_ZOOM)
    if model.param("additional_prompt") is not None and (view.mood or view.role in {"pose", "outfit"}):
        recipe = recipe.with_value("additional_prompt", view.words)
    return recipe
