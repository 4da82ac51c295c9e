"""From a model and a recipe to what the fields of the form show, and back. Pure; knows no screen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from studio.domain.model import IMAGE_SIZES, Model
from studio.domain.recipe import Guide, Recipe
from studio.domain.request import Json
from studio.ui.widgets.slider_track import Scale
from studio.workflows.arguments import draft_steps, reference_param

NO_SCALE = Scale(Decimal(0), Decimal(20))
TAKES = Scale(Decimal(1), Decimal(100), Decimal(1), Decimal(4), best=Decimal(1))

IN_THE_PANE = ("prompt", "guidance", "steps", "size", "seed", "count")
"""Roles that have a field in the pane, or that the studio fills in."""


def value_of(model: Model, recipe: Recipe, role: str) -> Json:
    """The value a role has now: the artist's, else the model's default."""
    param = model.role(role)
    if param is None:
        return None
    return recipe.values.get(param.name, param.default)


def number_of(model: Model, recipe: Recipe, role: str) -> Decimal | None:
    """The same as a number."""
    value = value_of(model, recipe, role)
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def guidance_scale(model: Model | None) -> tuple[Scale, str]:
    """The slider's range with the sweet spot, or why this model has none."""
    param = model.role("guidance") if model else None
    if model is None or param is None:
        return NO_SCALE, f"{model.title} has no guidance: it decides itself" if model else "no such model"
    sweet = (model.sweet.low, model.sweet.high) if model.sweet else None
    best = model.sweet.best if model.sweet else Decimal(str(param.default)) if param.default is not None else None
    low = param.min if param.min is not None else Decimal(0)
    high = param.max if param.max is not None else Decimal(20)
    return Scale(low, high, Decimal("0.1"), Decimal(1), sweet, best), ""


def steps_scale(model: Model | None) -> tuple[Scale, str]:
    """The range of steps, or that there is none."""
    param = model.role("steps") if model else None
    if model is None or param is None:
        return NO_SCALE, "fixed"
    low = param.min if param.min is not None else Decimal(1)
    high = param.max if param.max is not None else Decimal(50)
    best = model.final_steps if model.final_steps is not None else param.default
    return Scale(low, high, Decimal(1), Decimal(5), best=Decimal(str(best)) if isinstance(best, int) else None), ""


def size_options(model: Model | None, recipe: Recipe) -> tuple[list[tuple[str, str]], str, str]:
    """Options of the size, the chosen one, and why there are none."""
    param = model.role("size") if model else None
    if model is None or param is None:
        return [], "", "the model's own"
    options = [(name, size_words(name)) for name in param.enum]
    chosen = size_text(value_of(model, recipe, "size"))
    if chosen not in param.enum:
        options.append((chosen, size_words(chosen) if chosen else "the model's own"))
    return options, chosen, ""


def size_text(value: Json) -> str:
    """A size as the command line takes it: a name, a ratio, or `900x1200`."""
    if isinstance(value, Mapping):
        return f"{value.get('width')}x{value.get('height')}"
    return value if isinstance(value, str) else ""


def size_words(name: str) -> str:
    """A size in an artist's words: `portrait 3:4`."""
    if name in IMAGE_SIZES:
        shape, *ratio = name.split("_")
        if not ratio or ratio == ["hd"]:
            return f"{shape} {IMAGE_SIZES[name][0]}"
        numbers = ratio if shape == "landscape" else ratio[::-1]
        return f"{shape} {':'.join(numbers)}"
    return name.replace("x", "×") if name[:1].isdigit() else name.replace("_", " ")


def quality_words(model: Model | None, recipe: Recipe) -> str:
    """What the draft switch says: `final`, or `draft · 12 steps`."""
    if not recipe.draft:
        return "final"
    if model is None or model.role("steps") is None:
        return "draft"
    return f"draft · {draft_steps(model, value_of(model, recipe, 'steps'))} steps"


def guide_words(recipe: Recipe) -> str:
    """By what picture the pose is told; empty for words alone."""
    if recipe.guide is Guide.WORDS:
        return ""
    return recipe.guide if recipe.guide_strength is None else f"{recipe.guide} {recipe.guide_strength:g}"


def more_settings(model: Model | None, recipe: Recipe) -> tuple[int, int]:
    """How many settings have no field in the pane, and how many of all are not at their default."""
    if model is None:
        return 0, 0
    shown = {param.name for role in IN_THE_PANE if (param := model.role(role)) is not None}
    if (slot := reference_param(model)) is not None:
        shown.add(slot.name)
    known = [(param, value) for name, value in recipe.values.items() if (param := model.param(name)) is not None]
    changed = sum(value is not None and value != param.default for param, value in known)
    return sum(param.name not in shown for param in model.params), changed
