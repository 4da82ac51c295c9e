"""Another model: which of the chosen values come along, and which do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from studio.domain.errors import UsageError
from studio.domain.model import IMAGE_SIZES, Model, Param
from studio.domain.price import picture_size
from studio.domain.recipe import Guide, Recipe
from studio.domain.request import Json
from studio.workflows.arguments import checked, parse_size, reference_param
from studio.workflows.entry_check import most_entries
from studio.workflows.setting_text import value_text

ALIKE = frozenset({"size", "steps", "guidance", "strength", "negative-prompt", "lora"})
"""Roles that mean the same under another name; everything else only carries over under its own."""


@dataclass(slots=True)
class _Left:
    """What stays behind, in words."""

    words: list[str] = field(default_factory=list)
    adjusted: str = ""


def carried(before: Model, recipe: Recipe, after: Model, references: int = 0) -> tuple[Recipe, str]:
    """The recipe for `after` with every chosen value that means the same there and is legal, and one sentence that
    names what is not taken along; empty when everything is. `references` counts the pictures in the slot.
    """
    left = _Left()
    moved = replace(recipe, model=after.id, values=MappingProxyType({}))
    for name, value in recipe.values.items():
        param = before.param(name)
        if param is not None and value is not None:
            moved = _with(moved, left, (before, param, value), after)
    left.words += _pictures(after, references)
    moved, unguided = with_own_guide(moved, after)
    left.words += unguided
    return moved, _sentence(after, left)


def with_own_guide(recipe: Recipe, model: Model) -> tuple[Recipe, list[str]]:
    """The recipe with a guide the model takes: words, and what is left out, where it takes no such picture."""
    if recipe.guide is Guide.WORDS:
        return recipe, []
    from studio.workflows.pose_guide import guides, strength

    if recipe.guide not in guides(model):
        return replace(recipe, guide=Guide.WORDS, guide_strength=None), [f"the {recipe.guide} as a guide"]
    span = strength(model)
    fits = span is not None and recipe.guide_strength is not None and span[0] <= recipe.guide_strength <= span[2]
    return replace(recipe, guide_strength=recipe.guide_strength if fits else None), []


def without_strange_guide(recipe: Recipe, model: Model) -> tuple[Recipe, str]:
    """The same for a model whose values are known already, with a sentence about what is left out."""
    fitting, words = with_own_guide(recipe, model)
    return fitting, _sentence(model, _Left(words))


def setting_words(param: Param) -> str:
    """A setting in an artist's words: `steps`, `negative prompt`."""
    if param.role in {"guidance", "steps", "strength", "seed", "mask"}:
        return param.role
    if param.role == "lora" or param.name == "image_size":
        return "LoRAs" if param.role == "lora" else "size"
    words = param.name.removeprefix("enable_").removeprefix("num_").removesuffix("_urls").removesuffix("_url")
    return words.replace("_", " ").strip()


def _with(recipe: Recipe, left: _Left, chosen: tuple[Model, Param, Json], after: Model) -> Recipe:
    before, param, value = chosen
    words = setting_words(param)
    target = after.param(param.name)
    if target is None or target.role != param.role:
        target = after.role(param.role) if param.role in ALIKE else None
    if target is None or (param.role not in ALIKE and target.type != param.type):
        left.words.append(words)
        return recipe
    if param.role == "lora" and before.family != after.family:
        left.words.append(f"{words} of another family")
        return recipe
    try:
        if param.role == "size":
            values, note = _size(before, param, value, after)
            left.adjusted = note
        else:
            values = {target.name: checked(after, target, value)}
    except UsageError:
        left.words.append(f"{words} {value_text(value)[:30]}{_range(target)}")
        return recipe
    for name, taken in values.items():
        recipe = recipe.with_value(name, taken)
    return recipe


def _size(before: Model, param: Param, value: Json, after: Model) -> tuple[dict[str, Json], str]:
    target = after.role("size")
    if target is None:
        raise UsageError(f"{after.title} has no size setting.")
    if isinstance(value, str) and value in target.enum:
        return {target.name: value}, ""
    pixels = picture_size(before, {param.name: value})
    if pixels is not None:
        named = next((name for name, size in IMAGE_SIZES.items() if size == pixels and name in target.enum), "")
        return parse_size(after, named or f"{pixels[0]}x{pixels[1]}")
    return {target.name: _named_ratio(str(value), target.enum)}, ""


def _named_ratio(ratio: str, names: Sequence[str]) -> str:
    """The named size of a shape such as 3:4. Raises UsageError when there is none."""
    wide, _, high = ratio.partition(":")
    for name in names:
        shape, *numbers = name.split("_")
        if shape == "square" and wide == high and numbers == ["hd"]:
            return name
        upright = _number(wide) < _number(high)
        if shape == ("portrait" if upright else "landscape") and sorted(numbers) == sorted((wide, high)):
            return name
    raise UsageError(f"There is no size of the shape {ratio}.")


def _number(text: str) -> float:
    return float(text) if text.isdigit() else 0.0


def _range(target: Param) -> str:
    if target.min is not None and target.max is not None:
        return f" ({target.min} to {target.max})"
    return ""


def _pictures(after: Model, references: int) -> list[str]:
    param = reference_param(after)
    if references and param is None:
        return ["reference pictures"]
    most = 1 if param is not None and param.type != "array" else most_entries(after, param) if param else None
    if most is not None and references > most:
        return [f"{references} reference pictures ({most} at most)"]
    return []


def _sentence(after: Model, left: _Left) -> str:
    if not left.words:
        return left.adjusted
    last = left.words[-1]
    named = f"{', '.join(left.words[:-1])} and {last}" if left.words[:-1] else last
    return f"{after.title} does not take {named}; the rest came along."
